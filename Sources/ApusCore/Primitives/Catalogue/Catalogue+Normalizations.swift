extension PrimitiveCatalogue {
    static let normalizations: [CatalogueEntry] = [
        rowNormalization(isCentered: true), rowNormalization(isCentered: false),
        rowNormalizationBackward(isCentered: true),
        rowNormalizationBackward(isCentered: false),
    ]

    private static let normalizedShapes: [Shape] = [
        [1], [3], [17], [3, 7], [2, 3, 5], [5, 1], [0, 3], [33, 2], [1, 70], [67, 33], [3, 5000],
        [300, 20],
    ]

    private static func rowNormalization(isCentered: Bool) -> CatalogueEntry {
        // A large ε keeps short rows, whose deviation may be tiny, smooth enough for finite differences.
        let norm = RowNormalization(isCentered: isCentered, epsilon: 0.1)
        var samples: [Sample] = []
        for shape in normalizedShapes {
            let columns = SampleOperand.numbers(Shape(shape[shape.rank - 1]))
            let most = isCentered ? 2 : 1
            for extra in 0...most {
                samples.append(
                    Sample(norm, [.numbers(shape)] + Array(repeating: columns, count: extra)))
            }
        }
        return CatalogueEntry(
            norm.name, samples,
            failures: [
                FailingSample(
                    norm, [TensorType([])], "\(norm.name): []: a last axis with elements is needed"),
                FailingSample(
                    norm, [TensorType([2, 0])],
                    "\(norm.name): [2, 0]: a last axis with elements is needed"),
                FailingSample(
                    norm, [TensorType([2, 3]), TensorType([2])],
                    "\(norm.name): [2, 3] and [2]: gain and bias must have one element for each column: [3]"
                ),
                FailingSample(
                    norm, [TensorType([2, 3], .int32)],
                    "\(norm.name): [2, 3]: the elements are int32; they must be float32 or float64"),
            ])
    }

    private static func rowNormalizationBackward(isCentered: Bool) -> CatalogueEntry {
        let backward = RowNormalizationBackward(isCentered: isCentered)
        var samples: [Sample] = []
        for shape in normalizedShapes {
            let size = shape[shape.rank - 1]
            let rows = SampleOperand.steps(Shape(shape.count / size))
            let operands: [SampleOperand] = [.steps(shape), .steps(shape), rows, rows]
            samples.append(Sample(backward, operands))
            samples.append(Sample(backward, operands + [.steps(Shape(size))]))
        }
        return CatalogueEntry(
            backward.name, samples,
            failures: [
                FailingSample(
                    backward,
                    [TensorType([2, 3]), TensorType([3, 2]), TensorType([2]), TensorType([2])],
                    "\(backward.name): [2, 3] and [3, 2] and [2] and [2]: gradient and input must be alike, with one statistic a row"
                )
            ])
    }
}
