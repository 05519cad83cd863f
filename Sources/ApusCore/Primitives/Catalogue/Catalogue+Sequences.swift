extension PrimitiveCatalogue {
    static let sequences: [CatalogueEntry] = [
        chainLikelihood, chainMarginals, chainBestPath, connectionistTemporal,
    ]

    /// Batch, time, tags, and lengths or none.
    private static let chains: [(Int, Int, Int, [Int32]?)] = [
        (1, 1, 1, nil), (1, 1, 3, nil), (2, 3, 2, nil), (3, 5, 4, [5, 1, 3]), (2, 4, 17, [2, 4]),
        (0, 3, 2, nil), (9, 13, 11, [13, 1, 2, 12, 7, 5, 13, 3, 4]),
    ]

    private static func chain(_ tags: Int, numbers: (Shape) -> SampleOperand) -> [SampleOperand] {
        [numbers([tags]), numbers([tags, tags]), numbers([tags])]
    }

    /// Failures of the operands that all three have.
    private static func failures(_ primitive: any Primitive, paths: [TensorType]) -> [FailingSample]
    {
        let tail = paths.map { " and \($0.shape)" }.joined()
        return [
            FailingSample(
                primitive,
                [TensorType([2, 3]), TensorType([3]), TensorType([3, 3]), TensorType([3])] + paths,
                "\(primitive.name): [2, 3] and [3] and [3, 3] and [3]\(tail): emissions [batch, time, tags] are needed, with a tag at least"
            ),
            FailingSample(
                primitive,
                [TensorType([2, 3, 4]), TensorType([4]), TensorType([3, 3]), TensorType([4])]
                    + paths,
                "\(primitive.name): [2, 3, 4] and [4] and [3, 3] and [4]\(tail): start [tags], transitions [tags, tags] and end [tags] must fit the emissions"
            ),
            FailingSample(
                primitive,
                [TensorType([2, 3, 4]), TensorType([4]), TensorType([4, 4]), TensorType([4])]
                    + paths + [TensorType([3], .int32)],
                "\(primitive.name): [2, 3, 4] and [4] and [4, 4] and [4]\(tail) and [3]: each sequence needs one int32 length: [batch]"
            ),
        ]
    }

    private static var chainLikelihood: CatalogueEntry {
        let likelihood = ChainLikelihood()
        return CatalogueEntry(
            likelihood.name,
            chains.map { batch, time, tags, lengths in
                Sample(
                    likelihood,
                    [.numbers([batch, time, tags])] + chain(tags) { .numbers($0) }
                        + [.ids([batch, time], below: tags)]
                        + (lengths.map { [.integers($0)] } ?? []))
            },
            failures: failures(likelihood, paths: [TensorType([2, 3], .int32)]) + [
                FailingSample(
                    likelihood,
                    [
                        TensorType([2, 3, 4]), TensorType([4]), TensorType([4, 4]), TensorType([4]),
                        TensorType([2], .int32),
                    ],
                    "ChainLikelihood: [2, 3, 4] and [4] and [4, 4] and [4] and [2]: each position needs one int32 tag: [batch, time]"
                )
            ])
    }

    private static var chainMarginals: CatalogueEntry { constant(ChainMarginals()) }
    private static var chainBestPath: CatalogueEntry { constant(ChainBestPath()) }

    /// Of operations without a derivative.
    private static func constant(_ primitive: any Primitive) -> CatalogueEntry {
        CatalogueEntry(
            primitive.name,
            chains.map { batch, time, tags, lengths in
                Sample(
                    primitive,
                    [.steps([batch, time, tags])] + chain(tags) { .steps($0) }
                        + (lengths.map { [.integers($0)] } ?? []))
            },
            failures: failures(primitive, paths: []))
    }

    private static var connectionistTemporal: CatalogueEntry {
        let loss = ConnectionistTemporal()
        func sample(
            _ loss: ConnectionistTemporal, _ time: Int, _ classes: Int, _ width: Int,
            _ targets: [Int32], _ lengths: [Int32], _ counts: [Int32]
        ) -> Sample {
            let batch = lengths.count
            return Sample(
                loss,
                [
                    .numbers([batch, time, classes]), .integers(targets, [batch, width]),
                    .integers(lengths), .integers(counts),
                ])
        }
        return CatalogueEntry(
            loss.name,
            [
                sample(loss, 1, 2, 1, [1], [1], [1]),
                sample(loss, 4, 3, 2, [1, 1, 2, 1, 2, -1], [4, 3, 2], [2, 2, 1]),
                sample(loss, 3, 3, 2, [9, 9], [3], [0]),
                sample(loss, 3, 2, 1, [], [], []),
                sample(
                    ConnectionistTemporal(blank: 2, ignoresImpossible: true), 3, 3, 3,
                    [0, 1, 0, 1, 1, 1], [3, 3], [3, 3]),
                sample(
                    loss, 13, 17, 5, (0..<45).map { Int32($0 * 5 % 16 + 1) },
                    [13, 12, 11, 10, 9, 8, 13, 13, 13], [5, 4, 5, 3, 2, 1, 5, 5, 5]),
            ],
            failures: [
                FailingSample(
                    loss,
                    [
                        TensorType([2, 3, 4]), TensorType([3, 1], .int32), TensorType([2], .int32),
                        TensorType([2], .int32),
                    ],
                    "ConnectionistTemporal: [2, 3, 4] and [3, 1] and [2] and [2]: logits [batch, time, classes] and targets [batch, labels] are needed"
                ),
                FailingSample(
                    loss,
                    [
                        TensorType([2, 3, 4]), TensorType([2, 1], .int32), TensorType([3], .int32),
                        TensorType([2], .int32),
                    ],
                    "ConnectionistTemporal: [2, 3, 4] and [2, 1] and [3] and [2]: each sequence needs a length, and its target too: [batch]"
                ),
                FailingSample(
                    ConnectionistTemporal(blank: 4),
                    [
                        TensorType([2, 3, 4]), TensorType([2, 1], .int32), TensorType([2], .int32),
                        TensorType([2], .int32),
                    ],
                    "ConnectionistTemporal: [2, 3, 4] and [2, 1] and [2] and [2]: the blank 4 is not one of 4 classes"
                ),
            ])
    }
}
