/// Finds all matches of a text in time that grows with its length times the program's, whatever the text.
///
/// Searching from match to match may read far beyond each one, as `a(.*b)?` does. Here the whole expression is run over
/// the text backwards first, which says of every place what leads to a match, so that each match is then walked
/// straight to its end. Only what is known at every 4,096th place is kept; the places between are run once more when
/// the walk comes to them.
struct PatternGuide {
    private let program: PatternProgram
    private let alphabet: PatternAlphabet
    private let text: UnsafeBufferPointer<UInt8>
    private let bits: PatternBits?
    private var run: PatternFragmentRun
    /// For each instruction that takes a scalar, its number among these.
    private var numbers: [Int]
    private let takers: [Int]
    /// What is known at some places, the last one first.
    private var marks: [Mark] = []
    /// The places of which all is known now, and what takes a scalar there and leads to a match.
    private var loaded = 0..<0
    private var alive = PatternBits(places: 1, bits: 1)
    private var seen: [Int]
    private var stamp = 0

    private struct Mark {
        let place: Int
        let known: [Int]
        let read: Int?
    }

    static let interval = 4_096

    /// Reads the text from its end down to `first`, where a scalar begins.
    init(
        _ program: PatternProgram, _ alphabet: PatternAlphabet,
        _ text: UnsafeBufferPointer<UInt8>, from first: Int, _ bits: PatternBits?
    ) {
        self.program = program
        self.alphabet = alphabet
        self.text = text
        self.bits = bits
        let places = program.places(from: program.start)
        takers = places.filter {
            if case .scalar = program.instructions[$0] { true } else { false }
        }
        numbers = [Int](repeating: 0, count: program.instructions.count)
        for (number, place) in takers.enumerated() { numbers[place] = number }
        run = PatternFragmentRun(
            program, alphabet,
            PatternProgram.Fragment(
                start: program.start, places: places, isBackward: true, probes: [], firstBit: 0))
        seen = [Int](repeating: 0, count: program.instructions.count)
        var mark = Mark(place: text.count, known: run.initial, read: nil)
        while true {
            marks.append(mark)
            guard mark.place > first else { break }
            mark = runBack(from: mark, to: max(first, mark.place - Self.interval)) { _, _ in }
        }
    }

    /// Runs from a mark to a place at or before `last`, and calls `note` with what is known of each.
    private mutating func runBack(
        from mark: Mark, to last: Int, _ note: (_ place: Int, _ known: [Int]) -> Void
    ) -> Mark {
        var (place, known, read) = (mark.place, mark.known, mark.read)
        note(place, known)
        while place > last {
            let start = scalarStart(in: text, before: place)
            let unread = alphabet.classOf(decodeScalar(text, at: start).value)
            run.close(known, here(place, current: read, previous: unread))
            known = run.known(across: unread)
            read = unread
            place = start
            note(place, known)
        }
        return Mark(place: place, known: known, read: read)
    }

    private func here(_ place: Int, current: Int?, previous: Int?) -> PatternPlace {
        PatternPlace(
            current: current, previous: previous, bits: bits?.row(at: place),
            stride: bits?.places ?? 1)
    }

    /// Makes `alive` hold a place.
    private mutating func load(_ place: Int) {
        guard !loaded.contains(place) else { return }
        while marks.count > 1, marks[marks.count - 2].place <= place { marks.removeLast() }
        guard marks.count > 1 else {
            // Only the text's end is left, where nothing takes a scalar.
            loaded = text.count..<text.count + 1
            alive = PatternBits(places: 1, bits: 1)
            return
        }
        let (first, end) = (marks[marks.count - 1].place, marks[marks.count - 2].place)
        let found = PatternBits(places: end - first + 1, bits: max(takers.count, 1))
        let numbers = numbers
        let instructions = program.instructions
        _ = runBack(from: marks[marks.count - 2], to: first) { place, known in
            for taker in known {
                guard case .scalar = instructions[taker] else { continue }
                found.set(numbers[taker], at: place - first)
            }
        }
        alive = found
        loaded = first..<end
    }

    /// The leftmost match at or behind `position`, which must not be before that of an earlier call.
    mutating func firstMatch(from position: Int) -> Range<Int>? {
        var start = position
        while start <= text.count {
            if let end = matchEnd(from: start, isSearchStart: start == position) {
                return start..<end
            }
            guard start < text.count else { break }
            start += decodeScalar(text, at: start).length
        }
        return nil
    }

    /// The end of the match that begins at `start`; nil when none does.
    private mutating func matchEnd(from start: Int, isSearchStart: Bool) -> Int? {
        var previous: Int?
        if start > 0 {
            let before = scalarStart(in: text, before: start)
            previous = alphabet.classOf(decodeScalar(text, at: before).value)
        }
        var instruction = program.start
        var place = start
        while true {
            load(place)
            var current: Int?
            var length = 0
            if place < text.count {
                let scalar = decodeScalar(text, at: place)
                (current, length) = (alphabet.classOf(scalar.value), scalar.length)
            }
            var here = here(place, current: current, previous: previous)
            here.isSearchStart = isSearchStart && place == start
            switch next(from: instruction, here, at: place) {
            case .none: return nil
            case .some(-1): return place
            case .some(let next):
                instruction = next
                previous = current
                place += length
            }
        }
    }

    /// Where the preferred way to a match goes on behind the scalar; -1 when it ends here, nil when there is none.
    private mutating func next(from first: Int, _ here: PatternPlace, at place: Int) -> Int? {
        stamp += 1
        var stack = [first]
        while let instruction = stack.popLast() {
            guard seen[instruction] != stamp else { continue }
            seen[instruction] = stamp
            switch program.instructions[instruction] {
            case .match: return -1
            case .scalar(_, let next):
                if here.current != nil,
                    alive.bit(numbers[instruction], at: place - loaded.lowerBound)
                {
                    return next
                }
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .ahead(let set, let orEnd, let next):
                if here.current.map({ alphabet.holds(set: set, class: $0) }) ?? orEnd {
                    stack.append(next)
                }
            case .behind(let set, let orStart, let next):
                if here.previous.map({ alphabet.holds(set: set, class: $0) }) ?? orStart {
                    stack.append(next)
                }
            case .test(let bit, let expected, let next):
                if here.bit(bit) == expected { stack.append(next) }
            case .searchStart(let expected, let next):
                if here.isSearchStart == expected { stack.append(next) }
            }
        }
        return nil
    }
}
