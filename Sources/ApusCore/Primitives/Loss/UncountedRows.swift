/// Rows of which some do not count, where those hold nothing that is not finite: what they are multiplied with is 0, and
/// 0 · ∞ would be no number. A copy, when there is such a row, with zeros in its place.
struct UncountedRows<S: FloatingScalar>: ~Copyable {
    let base: UnsafePointer<S>
    private let copy: LossMemory<S>?

    /// - Parameters:
    ///   - depth: the numbers of a row.
    ///   - isCounted: whether a row counts.
    init(_ x: UnsafePointer<S>, rows: Int, depth: Int, _ isCounted: (Int) -> Bool) {
        let isClean = (0..<rows).allSatisfy { row in
            isCounted(row) || (0..<depth).allSatisfy { x[row * depth + $0].isFinite }
        }
        if isClean {
            base = x
            copy = nil
            return
        }
        let memory = LossMemory(rows * depth, of: S.self)
        memory.base.update(from: x, count: rows * depth)
        for row in 0..<rows where !isCounted(row) {
            (memory.base + row * depth).update(repeating: 0, count: depth)
        }
        base = UnsafePointer(memory.base)
        copy = consume memory
    }
}
