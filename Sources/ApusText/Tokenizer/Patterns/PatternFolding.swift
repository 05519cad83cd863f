import CApusUnicode

/// Where letter case does not count, scalars that fold to several: `(?i:ss)` fits ß, and `(?i:ß)` fits SS.
///
/// As in Oniguruma, letters written one after the other are taken from left to right, at each place the longest that
/// some scalar folds to; a class has the foldings of its members beside it.
enum PatternFolding {
    /// A sequence in which no ``PatternNode/foldedLiteral(_:)`` is left.
    static func joined(_ nodes: [PatternNode]) -> PatternNode {
        guard nodes.contains(where: \.isFolded) else { return .inOrder(nodes) }
        if nodes.count == 1 { return nodes[0] }
        var result: [PatternNode] = []
        var run: [UInt32] = []
        for node in nodes {
            if case .foldedLiteral(let scalar) = node {
                run.append(scalar)
            } else {
                result += expanded(run)
                run = []
                result.append(node)
            }
        }
        return .inOrder(result + expanded(run))
    }

    /// All that one letter fits, when that is single scalars.
    static func singleScalar(_ scalar: UInt32) -> ScalarSet? {
        longFoldings[scalar] == nil ? CaseVariants.of(scalar) : nil
    }

    /// One letter that stands alone.
    static func expanded(_ scalar: UInt32) -> PatternNode { .inOrder(expanded([scalar])) }

    /// A class with what its members fold to. Of very large classes only the scalars.
    static func expanded(_ set: ScalarSet) -> PatternNode {
        guard set.count < 10_000 else { return .scalar(set) }
        let foldings = groups.filter { $0.value.contains(where: set.contains) }.map(\.key)
        guard !foldings.isEmpty else { return .scalar(set) }
        let sequences = foldings.sorted { $0.lexicographicallyPrecedes($1) }.map {
            PatternNode.sequence($0.map { .scalar(CaseVariants.of($0)) })
        }
        return .alternatives([.scalar(set)] + sequences)
    }

    private static func expanded(_ letters: [UInt32]) -> [PatternNode] {
        // What is written may itself fold to several.
        let folded = letters.flatMap { longFoldings[$0] ?? [$0] }
        var result: [PatternNode] = []
        var place = 0
        while place < folded.count {
            var length = min(3, folded.count - place)
            while length > 1 {
                let part = folded[place..<place + length].map(CaseVariants.folded)
                if let others = groups[part] {
                    let written = PatternNode.sequence(
                        part.map { .scalar(CaseVariants.of($0)) })
                    result.append(.alternatives([written, .scalar(ScalarSet(scalars: others))]))
                    break
                }
                length -= 1
            }
            if length <= 1 {
                length = 1
                result.append(.scalar(CaseVariants.of(folded[place])))
            }
            place += length
        }
        return result
    }

    /// The scalars that fold to two or three, with what they fold to.
    private static let longFoldings: [UInt32: [UInt32]] = {
        var foldings: [UInt32: [UInt32]] = [:]
        for scalar in UInt32(0)..<0x1_0000 {
            let fold = apus_unicode_case_of(scalar).pointee.fold
            guard fold >= 0x20_0000, let scalars = apus_unicode_folding_at(fold) else { continue }
            foldings[scalar] = (0..<3).map { scalars[$0] }.filter { $0 != 0 }
        }
        return foldings
    }()

    /// For what is folded to, the scalars that do.
    private static let groups: [[UInt32]: [UInt32]] = {
        var groups: [[UInt32]: [UInt32]] = [:]
        for (scalar, folding) in longFoldings { groups[folding, default: []].append(scalar) }
        return groups.mapValues { $0.sorted() }
    }()
}

extension PatternNode {
    fileprivate var isFolded: Bool {
        if case .foldedLiteral = self { true } else { false }
    }
}
