extension PrimitiveCatalogue {
    static let reductions: [CatalogueEntry] = [
        .sum(isMean: false), .sum(isMean: true), .maximum, .softmax(isLogarithm: false),
        .softmax(isLogarithm: true), .jointNorm,
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
            ]
                + (isMean
                    ? [
                        FailingSample(
                            sum(0), [TensorType([2], .int32)],
                            "\(name): [2]: the elements are int32; they must be float32 or float64")
                    ] : []))
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
}
