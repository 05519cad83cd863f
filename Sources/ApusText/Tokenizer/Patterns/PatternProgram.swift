/// A regular expression as instructions, in the order in which a backtracking matcher would try them (Thompson 1968;
/// Cox 2009, "Regular expression matching: the virtual machine approach").
///
/// What looks further than one scalar is a ``Fragment``: it is run over the text beforehand, once, and leaves bits at
/// each place, which are only tested here. So is an atomic group: in it every choice is made by whether the preferred
/// branch leads to the group's end, which a fragment says.
struct PatternProgram: Sendable {
    /// One step.
    enum Instruction: Sendable {
        /// Takes one scalar of a set, then goes on at `next`.
        case scalar(set: Int, next: Int)
        /// Goes on in both places, the first one preferred.
        case split(Int, Int)
        /// Goes on when the next scalar is in the set, or at the end of the text.
        case ahead(set: Int, orEnd: Bool, next: Int)
        /// Goes on when the scalar before is in the set, or at the start of the text.
        case behind(set: Int, orStart: Bool, next: Int)
        /// Goes on when a bit of this place is as expected.
        case test(bit: Int, expected: Bool, next: Int)
        /// Goes on where the search began, or only elsewhere.
        case searchStart(expected: Bool, next: Int)
        case match

        /// The same, going on elsewhere.
        func goingOn(_ at: (Int) -> Int) -> Instruction {
            switch self {
            case .scalar(let set, let next): .scalar(set: set, next: at(next))
            case .split(let first, let second): .split(at(first), at(second))
            case .ahead(let set, let orEnd, let next):
                .ahead(set: set, orEnd: orEnd, next: at(next))
            case .behind(let set, let orStart, let next):
                .behind(set: set, orStart: orStart, next: at(next))
            case .test(let bit, let expected, let next):
                .test(bit: bit, expected: expected, next: at(next))
            case .searchStart(let expected, let next):
                .searchStart(expected: expected, next: at(next))
            case .match: .match
            }
        }

        /// Where it goes on.
        var followers: [Int] {
            switch self {
            case .split(let first, let second): [first, second]
            case .scalar(_, let next), .ahead(_, _, let next), .behind(_, _, let next),
                .test(_, _, let next), .searchStart(_, let next):
                [next]
            case .match: []
            }
        }
    }

    /// An expression that is run over the whole text beforehand.
    struct Fragment: Sendable {
        /// Where it starts.
        let start: Int
        /// Its instructions.
        let places: [Int]
        /// From the text's end to its start, as looking ahead needs; else from the start.
        let isBackward: Bool
        /// Backward: the instructions of which it is noted whether they lead to the match.
        let probes: [Int]
        /// The bit of the first probe; the others follow. Forward: the bit that says that a match ends.
        let firstBit: Int
    }

    private(set) var instructions: [Instruction] = []
    /// The sets that the instructions name.
    private(set) var sets: [ScalarSet] = []
    /// Where it starts.
    private(set) var start = 0
    /// Whether anything outside fragments looks behind.
    private(set) var looksBehind = false
    /// Whether anything asks for the start of the search.
    private(set) var asksForSearchStart = false
    /// The expressions to be run beforehand, each after those that it tests itself.
    private(set) var fragments: [Fragment] = []
    /// How many bits they leave at each place.
    private(set) var bitCount = 0

    static let maximumCount = 20_000
    static let maximumBits = 256

    /// Builds from the end to the start, so that every step knows the next one.
    ///
    /// - Throws: ``PatternError/tooLarge(pattern:states:)``.
    init(_ node: PatternNode, pattern: String) throws(PatternError) {
        do {
            let end = try add(.match)
            start = try add(node, then: end)
        } catch {
            throw .tooLarge(pattern: pattern, states: Self.maximumCount)
        }
        for place in places(from: start) {
            if case .behind = instructions[place] { looksBehind = true }
            if case .searchStart = instructions[place] { asksForSearchStart = true }
        }
    }

    private struct TooLarge: Error {}

    private mutating func add(_ instruction: Instruction) throws(TooLarge) -> Int {
        guard instructions.count < Self.maximumCount else { throw TooLarge() }
        instructions.append(instruction)
        return instructions.count - 1
    }

    private mutating func number(of set: ScalarSet) -> Int {
        if let known = sets.firstIndex(of: set) { return known }
        sets.append(set)
        return sets.count - 1
    }

    private mutating func add(_ node: PatternNode, then next: Int) throws(TooLarge) -> Int {
        switch node {
        case .empty:
            return next
        case .scalar(let set):
            return try add(.scalar(set: number(of: set), next: next))
        case .foldedLiteral(let scalar):
            return try add(PatternFolding.expanded(scalar), then: next)
        case .ahead(let set, let orEnd):
            return try add(.ahead(set: number(of: set), orEnd: orEnd, next: next))
        case .behind(let set, let orStart):
            return try add(.behind(set: number(of: set), orStart: orStart, next: next))
        case .searchStart(let isNegative):
            return try add(.searchStart(expected: !isNegative, next: next))
        case .look(let inner, let isAhead, let isNegative):
            let bit = try addLook(inner, isAhead: isAhead)
            return try add(.test(bit: bit, expected: !isNegative, next: next))
        case .atomic(let inner):
            return try addAtomic(inner, then: next)
        case .sequence(let nodes):
            var following = next
            for node in nodes.reversed() { following = try add(node, then: following) }
            return following
        case .alternatives(let nodes):
            var first = try add(nodes[nodes.count - 1], then: next)
            for node in nodes.dropLast().reversed() {
                let branch = try add(node, then: next)
                first = try add(.split(branch, first))
            }
            return first
        case .repetition(let node, let minimum, let maximum, let preference):
            var following = next
            if let maximum {
                // x{2,4} is xx(x(x)?)?.
                for _ in minimum..<maximum {
                    let body = try add(node, then: following)
                    following = try addChoice(of: body, or: next, preference)
                }
            } else {
                let choice = try add(.split(0, 0))
                let body = try addBody(node, then: choice, whenEmpty: next)
                instructions[choice] = choiceInstruction(of: body, or: next, preference)
                following = choice
            }
            for _ in 0..<minimum { following = try add(node, then: following) }
            return following
        }
    }

    /// What is repeated without end: it goes on at `next` when it took a scalar, and leaves at `leave` when not.
    private mutating func addBody(
        _ node: PatternNode, then next: Int, whenEmpty leave: Int
    ) throws(TooLarge) -> Int {
        guard node.canBeEmpty else { return try add(node, then: next) }
        let end = try add(.match)
        let start = try add(node, then: end)
        let places = places(from: start)
        let moved = try copy(places, end: end, to: next)
        return try copy(places, end: end, to: leave, scalarsTo: moved)[start] ?? leave
    }

    private mutating func addChoice(
        of body: Int, or next: Int, _ preference: PatternNode.Preference
    ) throws(TooLarge) -> Int {
        try add(choiceInstruction(of: body, or: next, preference))
    }

    private func choiceInstruction(
        of body: Int, or next: Int, _ preference: PatternNode.Preference
    ) -> Instruction {
        preference == .greedy ? .split(body, next) : .split(next, body)
    }

    // MARK: Fragments

    /// The instructions that can be reached from `start`, in the order of their numbers.
    func places(from start: Int) -> [Int] {
        var isReached = [Bool](repeating: false, count: instructions.count)
        var stack = [start]
        while let place = stack.popLast() {
            guard !isReached[place] else { continue }
            isReached[place] = true
            stack += instructions[place].followers
        }
        return isReached.indices.filter { isReached[$0] }
    }

    /// Numbers of bits that nobody has.
    private mutating func newBits(_ count: Int) throws(TooLarge) -> Int {
        guard bitCount + count <= Self.maximumBits else { throw TooLarge() }
        bitCount += count
        return bitCount - count
    }

    private mutating func addLook(
        _ inner: PatternNode, isAhead: Bool
    ) throws(TooLarge) -> Int {
        let end = try add(.match)
        let start = try add(inner, then: end)
        let bit = try newBits(1)
        fragments.append(
            Fragment(
                start: start, places: places(from: start), isBackward: isAhead, probes: [start],
                firstBit: bit))
        return bit
    }

    /// The inner expression's instructions once more, each choice with a test in front of either branch.
    private mutating func addAtomic(
        _ inner: PatternNode, then next: Int
    ) throws(TooLarge) -> Int {
        let end = try add(.match)
        let start = try add(inner, then: end)
        let places = places(from: start)
        var probes: [Int] = []
        for place in places {
            if case .split(let first, _) = instructions[place] { probes.append(first) }
        }
        let firstBit = try newBits(probes.count)
        if !probes.isEmpty {
            fragments.append(
                Fragment(
                    start: start, places: places, isBackward: true, probes: probes,
                    firstBit: firstBit))
        }
        return try copy(places, end: end, to: next, firstTest: firstBit)[start] ?? next
    }

    /// Writes instructions once more.
    ///
    /// - Parameters:
    ///   - end: the one of them whose place `target` takes.
    ///   - moved: the copies in which to go on behind a scalar; nil is these.
    ///   - firstTest: the bit that the first choice's preferred branch is tested with, the others follow; nil is none.
    /// - Returns: the copy of each.
    private mutating func copy(
        _ places: [Int], end: Int, to target: Int, scalarsTo moved: [Int: Int]? = nil,
        firstTest: Int? = nil
    ) throws(TooLarge) -> [Int: Int] {
        var copies = [end: target]
        for place in places where place != end { copies[place] = try add(.match) }
        var bit = firstTest
        for place in places where place != end {
            guard let copy = copies[place] else { continue }
            var copied = instructions[place].goingOn { copies[$0] ?? $0 }
            if case .scalar(let set, let next) = instructions[place], let moved {
                copied = .scalar(set: set, next: moved[next] ?? next)
            }
            if case .split(let first, let second) = copied, let test = bit {
                let preferred = try add(.test(bit: test, expected: true, next: first))
                copied = .split(
                    preferred, try add(.test(bit: test, expected: false, next: second)))
                bit = test + 1
            }
            instructions[copy] = copied
        }
        return copies
    }
}
