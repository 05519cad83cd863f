extension PrimitiveCatalogue {
    static let reductions: [CatalogueEntry] = [
        .sum(isMean: false), .sum(isMean: true), .maximum, .softmax(isLogarithm: false),
        .softmax(isLogarithm: true), .softmaxCrossEntropy, .perceptronLoss, .jointNorm,
    ]
}

extension CatalogueEntry {
    private static let shapesWithAxis: [(Shape, Int)] = [
        ([1], 0), ([3], 0), ([17], 0), ([70], 0), ([3, 7], 0), ([3, 7], 1), ([7, 33], 1),
        ([33, 3], 0),
        ([2, 3, 5], 0), ([2, 3, 5], 1), ([2, 3, 5], 2), ([2, 3, 1, 5], 2), ([3, 0], 0),
    ]

    fileprivate static func sum(isMean: Bool) -> CatalogueEntry {
        func sum(_ axis: Int) -> Sum { Sum(axis: axis, isMean: isMean) }
        let name = sum(0).name
        // A mean of nothing is NaN, which no comparison of bits can hold.
        let empty: [(Shape, Int)] = isMean ? [] : [([0], 0), ([3, 0], 1), ([0, 3], 0)]
        let large: [(Shape, Int)] = [
            ([9001], 0), ([90, 1001], 1), ([300, 70], 0), ([3, 90, 17], 1),
        ]
        return CatalogueEntry(
            name,
            (shapesWithAxis + empty + large).map { Sample(sum($1), [.numbers($0)]) },
            failures: [
                FailingSample(sum(2), [TensorType([2, 3])], "\(name): [2, 3]: there is no axis 2"),
                FailingSample(sum(-1), [TensorType([2])], "\(name): [2]: there is no axis -1"),
                FailingSample(sum(0), [TensorType([])], "\(name): []: there is no axis 0"),
                FailingSample(
                    sum(0), [TensorType([2], .int32)],
                    "\(name): [2]: the elements are int32; they must be float32 or float64"),
            ])
    }

    fileprivate static var jointNorm: CatalogueEntry {
        let shapes: [[Shape]] = [
            [[3]], [[1], [17]], [[2, 3], [33], [4, 1]], [[70_001], [5], [90, 1001]],
        ]
        return CatalogueEntry(
            "JointNorm",
            shapes.map { Sample(JointNorm(), $0.map { .numbers($0) }) },
            failures: [
                FailingSample(
                    JointNorm(), [TensorType([2]), TensorType([3], .float64)],
                    "JointNorm: [2] and [3]: the elements are float32 and float64; convert one")
            ])
    }

    fileprivate static var maximum: CatalogueEntry {
        func maximum(_ axis: Int) -> MaximumAlong { MaximumAlong(axis: axis) }
        return CatalogueEntry(
            "Max",
            shapesWithAxis.map { Sample(maximum($1), [.numbers($0)]) },
            failures: [
                FailingSample(maximum(1), [TensorType([2])], "Max: [2]: there is no axis 1"),
                FailingSample(
                    maximum(1), [TensorType([2, 0])], "Max: [2, 0]: axis 1 is empty"),
                FailingSample(
                    maximum(0), [TensorType([2], .bool)],
                    "Max: [2]: the elements are bool; they must be float32 or float64"),
            ])
    }

    fileprivate static func softmax(isLogarithm: Bool) -> CatalogueEntry {
        let softmax = Softmax(isLogarithm: isLogarithm)
        let shapes: [Shape] = [
            [1], [3], [17], [70], [3, 1], [3, 7], [7, 33], [2, 3, 5], [2, 3, 1, 17], [0], [3, 0],
            [0, 3],
            [90, 101], [3, 5000],
        ]
        return CatalogueEntry(
            softmax.name,
            shapes.map { Sample(softmax, [.numbers($0, in: -4..<4)]) },
            failures: [
                FailingSample(
                    softmax, [TensorType([])], "\(softmax.name): []: there is no last axis"),
                FailingSample(
                    softmax, [TensorType([3], .int32)],
                    "\(softmax.name): [3]: the elements are int32; they must be float32 or float64"),
            ])
    }

    /// Rows and classes.
    private static let scores = [
        (1, 1), (1, 3), (3, 7), (7, 17), (17, 3), (2, 33), (0, 3), (90, 101),
    ]

    private static func scored(_ loss: any Primitive) -> [Sample] {
        scores.map { rows, classes in
            Sample(
                loss,
                [.numbers(Shape(rows, classes), in: -4..<4), .ids(Shape(rows), below: classes)])
        }
    }

    private static func scoreFailures(_ loss: any Primitive) -> [FailingSample] {
        [
            FailingSample(
                loss, [TensorType([3, 7]), TensorType([7], .int32)],
                "\(loss.name): [3, 7] and [7]: scores [rows, classes] need one label for each row: [rows]"
            ),
            FailingSample(
                loss, [TensorType([3]), TensorType([3], .int32)],
                "\(loss.name): [3] and [3]: scores [rows, classes] need one label for each row: [rows]"
            ),
            FailingSample(
                loss, [TensorType([3, 7]), TensorType([3])],
                "\(loss.name): [3, 7] and [3]: the scores must be floats and the labels int32: Tensor(ids: [0, 2, 1])"
            ),
        ]
    }

    fileprivate static var softmaxCrossEntropy: CatalogueEntry {
        let (hard, smoothed) = (SoftmaxCrossEntropy(), SoftmaxCrossEntropy(smoothing: 0.1))
        return CatalogueEntry(
            hard.name, scored(hard) + scored(smoothed), failures: scoreFailures(hard))
    }

    fileprivate static var perceptronLoss: CatalogueEntry {
        let loss = PerceptronLoss()
        return CatalogueEntry(loss.name, scored(loss), failures: scoreFailures(loss))
    }
}
