extension PrimitiveCatalogue {
    static let products: [CatalogueEntry] = [matrixProduct, linearMap]

    /// Rows, depth and columns.
    private static let sizes = [
        (1, 1, 1), (1, 3, 7), (3, 7, 1), (7, 17, 3), (17, 1, 33), (3, 33, 17), (2, 70, 5),
        (3, 0, 2),
        (0, 3, 2), (2, 3, 0), (70, 55, 61),
    ]

    private static var matrixProduct: CatalogueEntry {
        var samples: [Sample] = []
        for (left, right) in [(false, false), (false, true), (true, false), (true, true)] {
            let product = MatrixProduct(transposingLeft: left, transposingRight: right)
            for (rows, depth, columns) in sizes {
                for batch in [[], [3], [2, 1]] where batch.isEmpty || rows * depth * columns < 1000
                {
                    let a = Shape(batch + (left ? [depth, rows] : [rows, depth]))
                    let b = Shape(batch + (right ? [columns, depth] : [depth, columns]))
                    samples.append(Sample(product, [.numbers(a), .numbers(b)]))
                }
            }
        }
        let plain = MatrixProduct(transposingLeft: false, transposingRight: false)
        samples.append(Sample(plain, [.numbers([40, 17, 21]), .numbers([40, 21, 18])]))
        return CatalogueEntry(
            "MatMul", samples,
            failures: [
                FailingSample(
                    plain, [TensorType([2, 3]), TensorType([4, 3])],
                    "MatMul: [2, 3] and [4, 3]: the left's columns must equal the right's rows"),
                FailingSample(
                    MatrixProduct(transposingLeft: true, transposingRight: true),
                    [TensorType([2, 3]), TensorType([4, 3])],
                    "MatMul: [2, 3] and [4, 3]: the left's rows must equal the right's columns"),
                FailingSample(
                    plain, [TensorType([3]), TensorType([3])],
                    "MatMul: [3] and [3]: matrices are needed, with the same number of batch axes"),
                FailingSample(
                    plain, [TensorType([2, 3, 3]), TensorType([4, 3, 3])],
                    "MatMul: [2, 3, 3] and [4, 3, 3]: the batch sizes must be equal"),
                FailingSample(
                    plain, [TensorType([2, 2]), TensorType([2, 2], .float64)],
                    "MatMul: [2, 2] and [2, 2]: the elements are float32 and float64; convert one"),
            ])
    }

    private static var linearMap: CatalogueEntry {
        var samples: [Sample] = []
        for activation in [FusedActivation.none, .relu] {
            for (rows, depth, columns) in sizes {
                let operands: [SampleOperand] = [
                    .numbers(Shape(rows, depth)), .numbers(Shape(columns, depth)),
                ]
                let map = LinearMap(activation: activation)
                samples.append(Sample(map, operands))
                samples.append(Sample(map, operands + [.numbers(Shape(columns))]))
            }
        }
        let map = LinearMap(activation: .none)
        return CatalogueEntry(
            "Linear", samples,
            failures: [
                FailingSample(
                    map, [TensorType([2, 3]), TensorType([3, 4])],
                    "Linear: [2, 3] and [3, 4]: the input's last size must equal the weight's: [rows, in] and [out, in]"
                ),
                FailingSample(
                    map, [TensorType([2, 3]), TensorType([4, 3]), TensorType([3])],
                    "Linear: [2, 3] and [4, 3] and [3]: the bias must have one element for each of the weight's rows"
                ),
                FailingSample(
                    map, [TensorType([2, 3], .int32), TensorType([4, 3])],
                    "Linear: [2, 3] and [4, 3]: the elements are int32; they must be float32 or float64"
                ),
            ])
    }
}
