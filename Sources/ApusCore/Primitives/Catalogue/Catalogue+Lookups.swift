extension PrimitiveCatalogue {
    static let lookups: [CatalogueEntry] = [
        embedding, embeddingBag, bagNumbers, scatterRows, transposeBags,
    ]

    private static var embedding: CatalogueEntry {
        let lookup = EmbeddingLookup()
        func sample(_ ids: Shape, _ height: Int, _ width: Int) -> Sample {
            Sample(lookup, [.numbers(Shape(height, width)), .ids(ids, below: height)])
        }
        return CatalogueEntry(
            lookup.name,
            [
                sample([], 3, 7), sample([1], 1, 1), sample([17], 3, 7), sample([3, 7], 5, 17),
                sample([7], 33, 70), sample([2, 1, 3], 4, 3), sample([0], 3, 7), sample([3], 4, 0),
                sample([1200], 70, 17),
            ],
            failures: [
                FailingSample(
                    lookup, [TensorType([3]), TensorType([2], .int32)],
                    "Embedding: [3] and [2]: a table [height, width] of floats and int32 ids are needed"
                ),
                FailingSample(
                    lookup, [TensorType([3, 2]), TensorType([2])],
                    "Embedding: [3, 2] and [2]: a table [height, width] of floats and int32 ids are needed"
                ),
            ])
    }

    private static var embeddingBag: CatalogueEntry {
        var samples: [Sample] = []
        for isMean in [false, true] {
            let sum = EmbeddingBagSum(isMean: isMean)
            // Bags of one, two, no and eleven ids; one bag; no bag.
            for (offsets, height, width) in [
                ([0, 1, 3, 3, 14], 5, 7), ([0, 17], 33, 17), ([0], 3, 3), ([0, 0, 0], 3, 3),
                ([0, 3, 6], 4, 33),
            ] as [([Int32], Int, Int)] {
                let total = Int(offsets.last ?? 0)
                samples.append(
                    Sample(
                        sum,
                        [
                            .numbers(Shape(height, width)), .ids(Shape(total), below: height),
                            .integers(offsets),
                        ]))
            }
            samples.append(
                Sample(
                    sum,
                    [
                        .numbers([5, 7]), .ids([14], below: 5), .integers([0, 1, 3, 3, 14]),
                        .steps([14]),
                    ]))
            samples.append(
                Sample(
                    EmbeddingBagSum(isMean: isMean, learnsWeights: true),
                    [
                        .numbers([5, 7]), .ids([9], below: 5), .integers([0, 1, 3, 3, 9]),
                        .numbers([9]),
                    ]))
            samples.append(
                Sample(
                    sum,
                    [
                        .numbers([70, 17]), .ids([3000], below: 70),
                        .integers((0...600).map { $0 * 5 }),
                    ]))
        }
        let sum = EmbeddingBagSum(isMean: false)
        return CatalogueEntry(
            sum.name, samples,
            failures: [
                FailingSample(
                    sum,
                    [TensorType([3, 2]), TensorType([2], .int32), TensorType([0], .int32)],
                    "EmbeddingBag: [3, 2] and [2] and [0]: a table [height, width], int32 ids [total] and offsets [bags + 1] are needed"
                ),
                FailingSample(
                    sum,
                    [
                        TensorType([3, 2]), TensorType([2], .int32), TensorType([2], .int32),
                        TensorType([3]),
                    ],
                    "EmbeddingBag: [3, 2] and [2] and [2] and [3]: each id needs one weight of the table's type"
                ),
            ])
    }

    private static var bagNumbers: CatalogueEntry {
        let numbers = BagNumbers()
        return CatalogueEntry(
            numbers.name,
            [
                Sample(numbers, [.integers([0, 1, 3, 3, 9]), .ids([9], below: 5)]),
                Sample(numbers, [.integers([0]), .integers([])]),
            ],
            failures: [
                FailingSample(
                    numbers, [TensorType([0], .int32), TensorType([2], .int32)],
                    "BagNumbers: [0] and [2]: int32 offsets [bags + 1] and ids [total] are needed")
            ])
    }

    private static var scatterRows: CatalogueEntry {
        let scatter = ScatterRows(height: 7)
        return CatalogueEntry(
            scatter.name,
            [
                Sample(scatter, [.numbers([3, 5]), .integers([0, 2, 6])]),
                Sample(scatter, [.numbers([1, 1]), .integers([4])]),
                Sample(scatter, [.numbers([0, 3]), .integers([])]),
            ],
            failures: [
                FailingSample(
                    scatter, [TensorType([3, 5]), TensorType([2], .int32)],
                    "ScatterRows: [3, 5] and [2]: rows [rows, width] need one int32 number each: [rows]"
                )
            ])
    }

    private static var transposeBags: CatalogueEntry {
        func transpose(offsets: Bool, weights: Bool, mean: Bool) -> TransposeBags {
            TransposeBags(hasOffsets: offsets, hasWeights: weights, isMean: mean)
        }
        let plain = transpose(offsets: false, weights: false, mean: false)
        return CatalogueEntry(
            plain.name,
            [
                Sample(plain, [.ids([7], below: 5)]),
                Sample(plain, [.integers([4, -1, 0, 4, -1])]),
                Sample(plain, [.integers([])]),
                Sample(plain, [.ids([3, 500], below: 90)]),
                Sample(
                    transpose(offsets: true, weights: false, mean: false),
                    [.ids([9], below: 4), .integers([0, 2, 2, 9])]),
                Sample(
                    transpose(offsets: true, weights: false, mean: true),
                    [.ids([9], below: 4), .integers([0, 2, 2, 9])]),
            ],
            failures: [
                FailingSample(
                    plain, [TensorType([3])],
                    "TransposeBags: [3]: ids and offsets must be int32, weights float32")
            ])
    }
}
