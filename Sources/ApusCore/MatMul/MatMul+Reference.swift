extension MatMul {
    /// The product as its definition says, for any floating-point type: what the kernels are tested against,
    /// and what float64 tensors use.
    ///
    /// Parameters as in ``multiply(rows:columns:depth:_:_:into:resultStride:accumulating:bias:activation:kernels:)``.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    package static func reference<Scalar: BinaryFloatingPoint>(
        rows: Int, columns: Int, depth: Int,
        _ left: Operand<Scalar>, _ right: Operand<Scalar>,
        into result: UnsafeMutablePointer<Scalar>, resultStride: Int,
        accumulating: Bool = false, bias: UnsafePointer<Scalar>? = nil,
        activation: Activation = .none
    ) {
        for i in 0..<rows {
            let row = result + i * resultStride
            if !accumulating {
                for j in 0..<columns { row[j] = 0 }
            }
            // Row by row of B: each element of C still sees its products in ascending order of p.
            for p in 0..<depth {
                let factor = left.base[i * left.rowStep + p * left.columnStep]
                let others = right.base + p * right.rowStep
                for j in 0..<columns {
                    row[j] = row[j].addingProduct(factor, others[j * right.columnStep])
                }
            }
            for j in 0..<columns {
                if let bias { row[j] += bias[j] }
                if activation == .relu, row[j] < 0 { row[j] = 0 }
            }
        }
    }
}
