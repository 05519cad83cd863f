/// A regular expression, taken apart.
indirect enum PatternNode {
    /// How often a repetition would rather match.
    enum Preference {
        case greedy, lazy
    }

    /// Matches without moving.
    case empty
    /// One scalar of a set.
    case scalar(ScalarSet)
    /// One after the other.
    case sequence([PatternNode])
    /// The first that leads to a match.
    case alternatives([PatternNode])
    /// From `minimum` to `maximum` times; nil is without end.
    case repetition(PatternNode, minimum: Int, maximum: Int?, Preference)
    /// The next scalar is in the set, or the text ends and `orEnd`.
    case ahead(ScalarSet, orEnd: Bool)
    /// The scalar before is in the set, or the text starts and `orStart`.
    case behind(ScalarSet, orStart: Bool)
    /// A match of the inner expression begins here (or ends here, when not `isAhead`), or none does.
    case look(PatternNode, isAhead: Bool, isNegative: Bool)
    /// The search began here, or did not.
    case searchStart(isNegative: Bool)
    /// The preferred match of the inner expression and no other.
    case atomic(PatternNode)
    /// One scalar written out where letter case does not count: ``PatternFolding``.
    case foldedLiteral(UInt32)

    /// The set when this is one scalar of a set, groups around it taken away.
    var singleScalar: ScalarSet? {
        switch self {
        case .scalar(let set): set
        case .sequence(let nodes) where nodes.count == 1: nodes[0].singleScalar
        case .alternatives(let nodes):
            nodes.reduce(ScalarSet.empty as ScalarSet?) { union, node in
                guard let union, let set = node.singleScalar else { return nil }
                return union.union(set)
            }
        case .foldedLiteral(let scalar): PatternFolding.singleScalar(scalar)
        case .empty, .sequence, .repetition, .ahead, .behind, .look, .searchStart, .atomic: nil
        }
    }

    /// Whether it can match without moving.
    var canBeEmpty: Bool {
        switch self {
        case .empty, .ahead, .behind, .look, .searchStart: true
        case .scalar, .foldedLiteral: false
        case .sequence(let nodes): nodes.allSatisfy(\.canBeEmpty)
        case .alternatives(let nodes): nodes.contains(where: \.canBeEmpty)
        case .repetition(let node, let minimum, _, _): minimum == 0 || node.canBeEmpty
        case .atomic(let node): node.canBeEmpty
        }
    }

    /// Whether it only says yes or no, so that repeating it is a mistake.
    var isAssertion: Bool {
        switch self {
        case .ahead, .behind, .look, .searchStart: true
        case .alternatives(let nodes): nodes.contains(where: \.isAssertion)
        case .sequence(let nodes): !nodes.isEmpty && nodes.allSatisfy(\.isAssertion)
        case .empty, .scalar, .repetition, .atomic, .foldedLiteral: false
        }
    }

    /// As a condition on the next scalar alone: the set, and whether the end of the text fits too.
    var nextCondition: (set: ScalarSet, orEnd: Bool)? {
        switch self {
        case .scalar(let set): (set, false)
        case .foldedLiteral(let scalar): PatternFolding.singleScalar(scalar).map { ($0, false) }
        case .ahead(let set, let orEnd): (set, orEnd)
        case .sequence(let nodes) where nodes.count == 1: nodes[0].nextCondition
        case .alternatives(let nodes):
            nodes.reduce((ScalarSet.empty, false) as (ScalarSet, Bool)?) { union, node in
                guard let union, let next = node.nextCondition else { return nil }
                return (union.0.union(next.set), union.1 || next.orEnd)
            }
        // At least once, and what follows does not matter: one is enough.
        case .repetition(let node, let minimum, _, _) where minimum == 1: node.nextCondition
        case .empty, .sequence, .repetition, .behind, .look, .searchStart, .atomic: nil
        }
    }

    /// One after the other, without a list around a single one.
    static func inOrder(_ nodes: [PatternNode]) -> PatternNode {
        switch nodes.count {
        case 0: .empty
        case 1: nodes[0]
        default: .sequence(nodes)
        }
    }

    /// `set` from `minimum` to `maximum` times, as often as possible and never given back.
    ///
    /// A run of one set can only have been cut short where its maximum is reached or where the next scalar is another
    /// one, so that a look at the next scalar says the same without a special kind of repetition.
    static func possessive(_ set: ScalarSet, minimum: Int, maximum: Int?) -> PatternNode {
        let one = PatternNode.scalar(set)
        let stop = PatternNode.ahead(set.inverted, orEnd: true)
        guard let maximum else {
            return .sequence([.repetition(one, minimum: minimum, maximum: nil, .greedy), stop])
        }
        let full = PatternNode.repetition(one, minimum: maximum, maximum: maximum, .greedy)
        guard minimum < maximum else { return full }
        let less = PatternNode.repetition(
            one, minimum: minimum, maximum: maximum - 1, .greedy)
        return .alternatives([full, .sequence([less, stop])])
    }
}
