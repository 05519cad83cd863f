import CApusKernels

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
        let isDeep = depth > Int(APUS_MATMUL_CHAIN)
        for i in 0..<rows {
            let row = result + i * resultStride
            if isDeep {
                for j in 0..<columns {
                    row[j] = deepSum(
                        depth, left.base + i * left.rowStep, left.columnStep,
                        right.base + j * right.columnStep, right.rowStep,
                        from: accumulating ? row[j] : 0)
                }
            } else {
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
            }
            for j in 0..<columns {
                if let bias { row[j] += bias[j] }
                if activation == .relu, row[j] < 0 { row[j] = 0 }
            }
        }
    }

    /// Chains of 512, eight of them added up in their own precision, and those sums in double.
    @inline(__always)
    private static func deepSum<Scalar: BinaryFloatingPoint>(
        _ depth: Int, _ a: UnsafePointer<Scalar>, _ aStep: Int, _ b: UnsafePointer<Scalar>,
        _ bStep: Int, from old: Scalar
    ) -> Scalar {
        var total = Double(old)
        for part in stride(from: 0, to: depth, by: Int(APUS_MATMUL_CHAIN)) {
            let end = min(part + Int(APUS_MATMUL_CHAIN), depth)
            var sum: Scalar = 0
            for start in stride(from: part, to: end, by: Int(APUS_MATMUL_STRETCH)) {
                var chain: Scalar = 0
                for p in start..<min(start + Int(APUS_MATMUL_STRETCH), end) {
                    chain = chain.addingProduct(a[p * aStep], b[p * bStep])
                }
                sum = start == part ? chain : chain + sum
            }
            total += Double(sum)
        }
        return Scalar(total)
    }
}
