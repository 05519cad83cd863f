/// A regular expression as instructions, in the order in which a backtracking matcher would try them (Thompson 1968;
/// Cox 2009, "Regular expression matching: the virtual machine approach").
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
        case match
    }

    private(set) var instructions: [Instruction] = []
    /// The sets that the instructions name.
    private(set) var sets: [ScalarSet] = []
    /// Where it starts.
    private(set) var start = 0
    /// Whether any instruction looks behind.
    private(set) var looksBehind = false

    static let maximumCount = 20_000

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
        case .ahead(let set, let orEnd):
            return try add(.ahead(set: number(of: set), orEnd: orEnd, next: next))
        case .behind(let set, let orStart):
            looksBehind = true
            return try add(.behind(set: number(of: set), orStart: orStart, next: next))
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
                let body = try add(node, then: choice)
                instructions[choice] = choiceInstruction(of: body, or: next, preference)
                following = choice
            }
            for _ in 0..<minimum { following = try add(node, then: following) }
            return following
        }
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
}
