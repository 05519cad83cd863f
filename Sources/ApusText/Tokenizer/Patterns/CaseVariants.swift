import CApusUnicode

/// Scalars that differ in case only, by simple case folding.
enum CaseVariants {
    /// The set with all other cases of its members.
    static func closure(of set: ScalarSet) -> ScalarSet {
        var added: [UInt32] = []
        for group in groups where group.contains(where: set.contains) { added += group }
        return added.isEmpty ? set : set.union(ScalarSet(scalars: added))
    }

    /// A scalar with its other cases.
    static func of(_ scalar: UInt32) -> ScalarSet { closure(of: ScalarSet(scalars: [scalar])) }

    /// The scalar that stands for all cases of one.
    static func folded(_ scalar: UInt32) -> UInt32 { simpleFolding(of: scalar) }

    /// Scalars of one case folding, for all with more than one scalar.
    private static let groups: [[UInt32]] = {
        var positions: [UInt32: Int] = [:]
        var groups: [[UInt32]] = []
        // Cased scripts all lie in the first two planes.
        for scalar in UInt32(0)..<0x20000 {
            let folded = simpleFolding(of: scalar)
            guard folded != scalar else { continue }
            if let known = positions[folded] {
                groups[known].append(scalar)
            } else {
                positions[folded] = groups.count
                groups.append([folded, scalar])
            }
        }
        return groups
    }()

    /// The scalar that stands for all its cases; of one whose folding is longer, its lower case.
    private static func simpleFolding(of scalar: UInt32) -> UInt32 {
        // İ folds to i and a dot above, and is no other case of i.
        if scalar == 0x130 { return scalar }
        let fold = apus_unicode_case_of(scalar).pointee.fold
        guard fold < 0x20_0000 else { return UnicodeTables.lowercased(scalar) }
        return scalar &+ UInt32(bitPattern: fold)
    }
}
