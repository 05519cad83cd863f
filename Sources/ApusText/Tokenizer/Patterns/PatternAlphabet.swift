/// Scalars sorted into the classes that an expression can tell apart.
///
/// Two scalars are in one class when every set of the expression holds both or neither; a page table gives the class
/// of a scalar in two loads.
struct PatternAlphabet: Sendable {
    /// How many classes there are.
    let count: Int
    /// For each 256 scalars the number of their page.
    let pageOf: [UInt16]
    /// Pages of 256 classes.
    let pages: [UInt8]
    /// For each set, for each class: whether it is inside.
    private let members: [Bool]

    /// More classes do not fit a byte; no expression in use comes near.
    static let maximumCount = 250

    /// Whether `set` (its place in the list given to `init`) holds the class.
    func holds(set: Int, class index: Int) -> Bool { members[set * count + index] }

    /// The classes of these sets, numbered by their first scalar; nil when there are too many.
    init?(_ sets: [ScalarSet]) {
        var bounds: [UInt32] = [0, ScalarSet.last + 1]
        for set in sets {
            for range in set.ranges { bounds += [range.lowerBound, range.upperBound + 1] }
        }
        bounds.sort()
        var classes: [[UInt64]: Int] = [:]
        var signatures: [[UInt64]] = []
        var cursors = [Int](repeating: 0, count: sets.count)
        var pageOf: [UInt16] = []
        var pages: [UInt8] = []
        var uniform = [UInt16](repeating: .max, count: Self.maximumCount)
        var page: [UInt8] = []
        for (low, high) in zip(bounds, bounds.dropFirst()) where low < high {
            var signature = [UInt64](repeating: 0, count: (sets.count + 63) / 64)
            for (index, set) in sets.enumerated() {
                while cursors[index] < set.ranges.count,
                    set.ranges[cursors[index]].upperBound < low
                { cursors[index] += 1 }
                if cursors[index] < set.ranges.count, set.ranges[cursors[index]].lowerBound <= low {
                    signature[index >> 6] |= 1 << UInt64(index & 63)
                }
            }
            let found = classes[signature] ?? signatures.count
            if found == signatures.count {
                guard found < Self.maximumCount else { return nil }
                classes[signature] = found
                signatures.append(signature)
            }
            var scalar = low
            while scalar < high {
                // Most pages hold one class only; these are shared.
                if page.isEmpty, high - scalar >= 256 {
                    if uniform[found] == .max {
                        uniform[found] = UInt16(pages.count / 256)
                        pages.append(contentsOf: repeatElement(UInt8(found), count: 256))
                    }
                    pageOf.append(uniform[found])
                    scalar += 256
                    continue
                }
                let step = min(high - scalar, 256 - UInt32(page.count))
                page.append(contentsOf: repeatElement(UInt8(found), count: Int(step)))
                scalar += step
                guard page.count == 256 else { continue }
                pageOf.append(UInt16(pages.count / 256))
                pages += page
                page.removeAll(keepingCapacity: true)
            }
        }
        count = signatures.count
        self.pageOf = pageOf
        self.pages = pages
        members = sets.indices.flatMap { set in
            signatures.map { $0[set >> 6] >> UInt64(set & 63) & 1 == 1 }
        }
    }

    /// The class of a scalar.
    func classOf(_ scalar: UInt32) -> Int {
        Int(pages[Int(pageOf[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)])
    }
}
