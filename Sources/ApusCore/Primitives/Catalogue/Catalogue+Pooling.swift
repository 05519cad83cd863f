extension PrimitiveCatalogue {
    static let pooling: [CatalogueEntry] = [
        maxPooling, meanPooling, spreadMean, kMaxPooling,
    ]

    /// Shapes with the axis and the rule; with lengths where the rule asks for them.
    private static let pooled: [(Shape, Int, PoolingRule, [Int32]?)] = [
        ([2, 7, 3], 1, .sliding(width: 3, stride: 2), nil),
        ([2, 3, 7], 2, .sliding(width: 2, stride: 2), nil),
        ([1, 5, 1], 1, .sliding(width: 5, stride: 1), nil),
        ([2, 5, 17], 1, .adaptive(count: 3), nil), ([3, 2, 4], 2, .adaptive(count: 7), nil),
        ([2, 4, 3, 5], 2, .sliding(width: 2, stride: 1), nil),
        ([2, 7, 3], 1, .sliding(width: 3, stride: 2, padding: 1), nil),
        ([2, 3, 5], 1, .sliding(width: 5, stride: 1, padding: 2, countsPadding: false), nil),
        ([0, 4, 3], 1, .adaptive(count: 1), nil),
        ([4, 6, 3], 1, .withinLengths, [6, 1, 0, 4]), ([2, 5, 1], 1, .withinLengths, [3, 5]),
        ([9, 17, 70], 1, .sliding(width: 4, stride: 3), nil),
        ([9, 23, 33], 1, .withinLengths, [23, 4, 0, 1, 17, 22, 9, 8, 3]),
    ]

    private static func samples(
        _ primitive: (PoolingRule, Int) -> any Primitive
    ) -> [Sample] {
        pooled.map { shape, axis, rule, lengths in
            Sample(
                primitive(rule, axis), [.numbers(shape)] + (lengths.map { [.integers($0)] } ?? []))
        }
    }

    private static func failures(
        _ primitive: (PoolingRule, Int) -> any Primitive
    ) -> [FailingSample] {
        let window = primitive(.sliding(width: 3, stride: 1), 1)
        let lengths = primitive(.withinLengths, 1)
        return [
            FailingSample(
                window, [TensorType([2, 2, 3])],
                "\(window.name): [2, 2, 3]: no window fits into axis 1"),
            FailingSample(
                window, [TensorType([2])], "\(window.name): [2]: there is no axis 1 to pool"),
            FailingSample(
                window, [TensorType([2, 5], .int32)],
                "\(window.name): [2, 5]: the elements are int32; they must be floats"),
            FailingSample(
                lengths, [TensorType([2, 5, 3]), TensorType([3], .int32)],
                "\(window.name): [2, 5, 3] and [3]: one int32 length for each item of the batch is needed"
            ),
        ]
    }

    private static var maxPooling: CatalogueEntry {
        CatalogueEntry(
            "MaxPooling", samples { PooledMaximum(rule: $0, axis: $1) },
            failures: failures { PooledMaximum(rule: $0, axis: $1) })
    }

    private static var meanPooling: CatalogueEntry {
        CatalogueEntry(
            "MeanPooling", samples { PooledMean(rule: $0, axis: $1) },
            failures: failures { PooledMean(rule: $0, axis: $1) })
    }

    private static var spreadMean: CatalogueEntry {
        let spread = SpreadMean(rule: .adaptive(count: 2), axis: 1, size: 5)
        return CatalogueEntry(
            spread.name,
            pooled.map { shape, axis, rule, lengths in
                var windows = shape
                windows[axis] = rule.count(shape[axis]) ?? 0
                return Sample(
                    SpreadMean(rule: rule, axis: axis, size: shape[axis]),
                    [.numbers(windows)] + (lengths.map { [.integers($0)] } ?? []))
            },
            failures: [
                FailingSample(
                    spread, [TensorType([2, 3, 3])],
                    "SpreadMean: [2, 3, 3]: one float for each of the windows of 5 elements is needed"
                )
            ])
    }

    private static var kMaxPooling: CatalogueEntry {
        let three = KMaximum(k: 3)
        return CatalogueEntry(
            three.name,
            [
                Sample(three, [.numbers([2, 7, 3])]),
                Sample(KMaximum(k: 1), [.numbers([1, 1, 1])]),
                Sample(three, [.numbers([4, 5, 2]), .integers([5, 2, 0, 3])]),
                Sample(three, [.numbers([0, 5, 2])]),
                Sample(three, [.numbers([2, 2, 5])]), Sample(three, [.numbers([7, 17, 33])]),
            ],
            failures: [
                FailingSample(
                    KMaximum(k: 0), [TensorType([2, 7, 3])],
                    "KMaxPooling: [2, 7, 3]: k is 0; it must be at least 1"),
                FailingSample(
                    three, [TensorType([3])],
                    "KMaxPooling: [3]: there is no axis 1 to pool"),
            ])
    }
}
