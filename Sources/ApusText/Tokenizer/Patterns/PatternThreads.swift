/// Follows all ways through a program at once, from one scalar to the next.
///
/// Conditions on the next scalar are settled when its class is known: a list of places to go on from is turned into the
/// list for the scalar after it, the preferred ones first. A match cuts off everything less preferred.
struct PatternThreads {
    private let program: PatternProgram
    private let alphabet: PatternAlphabet
    private var seen: [Int]
    private var stamp = 0
    private var stack: [Int] = []

    init(_ program: PatternProgram, _ alphabet: PatternAlphabet) {
        self.program = program
        self.alphabet = alphabet
        seen = [Int](repeating: 0, count: program.instructions.count)
    }

    /// Forgets which instructions were visited.
    mutating func startStep() { stamp += 1 }

    /// Goes from `place` as far as this scalar allows.
    ///
    /// - Parameters:
    ///   - here: what the conditions look at.
    ///   - arrive: called for each place behind the scalar, the preferred first.
    /// - Returns: whether a match ends before the scalar; less preferred places must then not be followed.
    mutating func follow(
        _ place: Int, _ here: PatternPlace, _ arrive: (Int) -> Void
    ) -> Bool {
        stack.removeAll(keepingCapacity: true)
        stack.append(place)
        while let instruction = stack.popLast() {
            guard seen[instruction] != stamp else { continue }
            seen[instruction] = stamp
            switch program.instructions[instruction] {
            case .match:
                return true
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .scalar(let set, let next):
                if let current = here.current, alphabet.holds(set: set, class: current) {
                    arrive(next)
                }
            case .ahead(let set, let orEnd, let next):
                let holds = here.current.map { alphabet.holds(set: set, class: $0) } ?? orEnd
                if holds { stack.append(next) }
            case .behind(let set, let orStart, let next):
                let holds = here.previous.map { alphabet.holds(set: set, class: $0) } ?? orStart
                if holds { stack.append(next) }
            case .test(let bit, let expected, let next):
                if here.bit(bit) == expected { stack.append(next) }
            case .searchStart(let expected, let next):
                if here.isSearchStart == expected { stack.append(next) }
            }
        }
        return false
    }
}
