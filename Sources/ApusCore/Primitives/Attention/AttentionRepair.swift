import CApusKernels

// What is hidden may hold anything, padding that was never computed for instance, and has the weight 0; but 0 · ∞ and
// 0 · NaN are no numbers. Products take everything, which is the fastest way through memory; where a result then is not
// finite, the part is computed again without the terms that have no weight. So nothing is looked at twice but results.

extension AttentionWork {
    /// Computes the results again that a value spoiled although its query does not see it.
    ///
    /// - Parameters:
    ///   - weights: of the part, not divided by their sums.
    ///   - result: the part's rows.
    func repair(
        _ part: Part, weights: UnsafeMutablePointer<Float>,
        _ result: UnsafeMutablePointer<Float>, _ step: Int
    ) {
        if areFinite(result, part.rows, step, sizes.valueSize) { return }
        let values = MatMul.Operand(
            UnsafePointer(self.values(part.batch, part.keyHead)), stride: values.rowStep)
        SparingProduct(right: values, depth: part.keys, columns: sizes.valueSize) {
            isHidden(part, row: $0, key: $1)
        }?.run(
            rows: part.rows, MatMul.Operand(weights, stride: part.stride), into: result, step,
            accumulating: false, with: self
        ) { row in
            Kernels.attention.pointee.divide(
                1, Int64(sizes.valueSize), Int64(step), part.sums + row, result + row * step)
        }
    }

    /// Whether a query of the part does not see a key.
    private func isHidden(_ part: Part, row: Int, key: Int) -> Bool {
        if form.isCausal, key > Int(part.block.position) + row { return true }
        if let visible = part.block.visible, visible[key] == 0 { return true }
        guard let bias = part.block.bias else { return false }
        return bias[row * Int(part.block.bias_row) + key] == -.infinity
    }

    /// A product on this thread in which a factor of 0 on the left leaves its term out, whatever is on the right.
    func multiplySparingly(
        _ rows: Int, _ columns: Int, _ depth: Int, _ left: MatMul.Operand<Float>,
        _ right: MatMul.Operand<Float>, into result: UnsafeMutablePointer<Float>, _ stride: Int,
        accumulating: Bool
    ) {
        let product = SparingProduct(right: right, depth: depth, columns: columns) {
            left.base[$0 * left.rowStep + $1 * left.columnStep] == 0
        }
        guard let product else {
            return multiply(
                rows, columns, depth, left, right, into: result, stride,
                accumulating: accumulating)
        }
        product.run(
            rows: rows, left, into: result, stride, accumulating: accumulating, with: self,
            computesAll: true)
    }
}

/// Whether rows hold finite numbers only.
func areFinite(_ x: UnsafePointer<Float>, _ rows: Int, _ step: Int, _ size: Int) -> Bool {
    (0..<rows).allSatisfy {
        Kernels.reduce.pointee.first_not_finite(x + $0 * step, Int64(size)) < 0
    }
}

/// A product whose right side has rows that are not finite, which some rows of the left have no weight for.
///
/// For those, zeros stand in the rows' places: a chain of multiply-adds has the same bits as with finite numbers there.
private struct SparingProduct: ~Copyable {
    private let right: MatMul.Operand<Float>
    private let depth: Int
    private let columns: Int
    private let spoiled: [Int]
    private let isWithout: (Int, Int) -> Bool
    private let clean: LossMemory<Float>

    /// Nil when the right side is finite.
    ///
    /// - Parameter isWithout: whether a row of the left (first) has no weight for a row of the right (second).
    init?(
        right: MatMul.Operand<Float>, depth: Int, columns: Int,
        _ isWithout: @escaping (Int, Int) -> Bool
    ) {
        let spoiled = (0..<depth).filter {
            !areFinite(right.base + $0 * right.stride, 1, right.stride, columns)
        }
        if spoiled.isEmpty { return nil }
        (self.right, self.depth, self.columns) = (right, depth, columns)
        (self.spoiled, self.isWithout) = (spoiled, isWithout)
        clean = LossMemory(depth * columns, of: Float.self)
        for row in 0..<depth {
            (clean.base + row * columns).update(
                from: right.base + row * right.stride, count: columns)
        }
        for row in spoiled { (clean.base + row * columns).update(repeating: 0, count: columns) }
    }

    /// Computes the rows that have no weight for what is not finite, and, where `computesAll`, the others as they are.
    func run(
        rows: Int, _ left: MatMul.Operand<Float>, into result: UnsafeMutablePointer<Float>,
        _ stride: Int, accumulating: Bool, with work: AttentionWork, computesAll: Bool = false,
        then body: (Int) -> Void = { _ in }
    ) {
        for row in 0..<rows {
            let isClean = spoiled.allSatisfy { isWithout(row, $0) }
            guard isClean || computesAll else { continue }
            work.multiply(
                1, columns, depth,
                MatMul.Operand(
                    left.base + row * left.rowStep, stride: left.stride,
                    isTransposed: left.isTransposed),
                isClean
                    ? MatMul.Operand(UnsafePointer(clean.base), stride: columns) : right,
                into: result + row * stride, stride, accumulating: accumulating)
            body(row)
        }
    }
}
