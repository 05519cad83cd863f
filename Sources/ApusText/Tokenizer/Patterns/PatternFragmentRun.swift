/// How a fragment is run: sets of instructions, from one place of the text to the next.
///
/// Looking ahead goes from the text's end to its start: an instruction is in the set of a place when some way from it
/// there leads to the fragment's match. Looking behind goes from the start: an instruction is in the set when some
/// way leads to it.
struct PatternFragmentRun {
    private let program: PatternProgram
    private let alphabet: PatternAlphabet
    private let fragment: PatternProgram.Fragment
    /// For each instruction those that go on at it without taking a scalar.
    private var sources: [[Int]]
    /// The instructions that take a scalar.
    private var takers: [(place: Int, set: Int, next: Int)] = []
    private var end = 0
    private var stamps: [Int]
    private var stamp = 0
    private var stack: [Int] = []

    init(
        _ program: PatternProgram, _ alphabet: PatternAlphabet,
        _ fragment: PatternProgram.Fragment
    ) {
        self.program = program
        self.alphabet = alphabet
        self.fragment = fragment
        stamps = [Int](repeating: 0, count: program.instructions.count)
        sources = [[Int]](repeating: [], count: program.instructions.count)
        for place in fragment.places {
            switch program.instructions[place] {
            case .scalar(let set, let next): takers.append((place, set, next))
            case .match: end = place
            case let other:
                for next in other.followers { sources[next].append(place) }
            }
        }
    }

    /// Where a run begins.
    var initial: [Int] { [fragment.isBackward ? end : fragment.start] }

    /// Completes the set of a place: all that is reached without taking a scalar.
    ///
    /// - Parameter known: what the scalar on the side from which the run comes has led to.
    mutating func close(_ known: [Int], _ here: PatternPlace) {
        stamp += 1
        stack.removeAll(keepingCapacity: true)
        if fragment.isBackward {
            for place in known { reach(place) }
            while let place = stack.popLast() {
                for source in sources[place] where holds(source, here) { reach(source) }
            }
        } else {
            for place in known { reach(place) }
            while let place = stack.popLast() {
                guard holds(place, here) else { continue }
                for next in program.instructions[place].followers { reach(next) }
            }
        }
    }

    private mutating func reach(_ place: Int) {
        guard stamps[place] != stamp else { return }
        stamps[place] = stamp
        stack.append(place)
    }

    /// Whether an instruction passes on without taking a scalar.
    private func holds(_ place: Int, _ here: PatternPlace) -> Bool {
        switch program.instructions[place] {
        case .split: true
        case .ahead(let set, let orEnd, _):
            here.current.map { alphabet.holds(set: set, class: $0) } ?? orEnd
        case .behind(let set, let orStart, _):
            here.previous.map { alphabet.holds(set: set, class: $0) } ?? orStart
        case .test(let bit, let expected, _): here.bit(bit) == expected
        // Behind the first scalar of a match the search did not begin.
        case .searchStart(let expected, _): !expected
        case .scalar, .match: false
        }
    }

    /// Whether an instruction is in the set that was completed last.
    func contains(_ place: Int) -> Bool { stamps[place] == stamp }

    /// Whether a probe's bit is set at the place that was completed last.
    func isSet(probe index: Int) -> Bool {
        contains(fragment.isBackward ? fragment.probes[index] : end)
    }

    /// What the completed set leads to on the other side of a scalar of this class.
    func known(across scalarClass: Int) -> [Int] {
        var known = initial
        for taker in takers where alphabet.holds(set: taker.set, class: scalarClass) {
            if fragment.isBackward {
                if contains(taker.next) { known.append(taker.place) }
            } else if contains(taker.place), !known.contains(taker.next) {
                known.append(taker.next)
            }
        }
        return known
    }
}
