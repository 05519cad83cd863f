extension PrimitiveCatalogue {
    static let losses: [CatalogueEntry] =
        [
            .softmaxCrossEntropy, .softTargetCrossEntropy, .linearCrossEntropy,
            .labelled(PerceptronLoss()),
            .labelled(MultiClassHinge(.bestWrong), MultiClassHinge(.allWrong, margin: 0.5)),
            .concentration(
                LogVonMisesFisherConstant(dimension: 3), LogVonMisesFisherConstant(dimension: 300)),
            .concentration(MeanResultantLength(dimension: 3), MeanResultantLength(dimension: 300)),
        ] + elements

    /// Losses of each element, with operands that they check.
    private static let elements: [CatalogueEntry] = [
        .checked(.binaryCrossEntropy) { [.numbers($0, in: -4..<4), .numbers($0, in: 0.1..<0.9)] },
        .checked(.binaryCrossEntropyOfProbabilities) {
            [.numbers($0, in: 0.1..<0.9), .numbers($0, in: 0.1..<0.9)]
        },
        .elementwise(.binaryCrossEntropySlope) {
            [.numbers($0, in: 0.1..<0.9), .numbers($0, in: 0.1..<0.9), .numbers($0)]
        },
        .elementwise(.binaryCrossEntropyCurvature) {
            [
                .numbers($0, in: 0.1..<0.9), .numbers($0, in: 0.1..<0.9), .numbers($0),
                .numbers($0),
            ]
        },
        .checked(.hinge) { [.numbers($0), .signs($0)] },
        .checked(.huber) { [.numbers($0), .numbers($0), .numbers([], in: 0.7..<0.8)] },
        .checked(.divergence) { [.numbers($0), .numbers($0, in: 0.1..<0.9)] },
        .checked(.margin) { [.numbers($0), .numbers($0), .numbers([])] },
        .checked(.cosineEmbedding) { [.numbers($0), .signs($0), .numbers([], in: 0.1..<0.2)] },
        .checked(.vonMisesFisher) {
            [
                .numbers($0), .numbers($0, in: 0.9999..<1.0001), .numbers($0), .numbers($0),
                .numbers([]), .numbers([]),
            ]
        },
    ]
}

extension CatalogueEntry {
    /// A loss of scores with a label for each row, in several settings.
    fileprivate static func labelled(_ losses: any Primitive...) -> CatalogueEntry {
        let shapes: [Shape] = [
            [1, 1], [1, 3], [3, 7], [7, 17], [17, 3], [2, 33], [0, 3], [5], [2, 3, 5], [90, 101],
        ]
        return CatalogueEntry(
            losses[0].name,
            losses.flatMap { loss in
                shapes.map { Sample(loss, [.numbers($0, in: -4..<4), labels($0)]) }
            },
            failures: [
                FailingSample(
                    losses[0], [TensorType([3, 7]), TensorType([7], .int32)],
                    "\(losses[0].name): [3, 7] and [7]: scores […, classes] need one label for each row: […]"
                ),
                FailingSample(
                    losses[0], [TensorType([3]), TensorType([3], .int32)],
                    "\(losses[0].name): [3] and [3]: scores […, classes] need one label for each row: […]"
                ),
                FailingSample(
                    losses[0], [TensorType([3, 7]), TensorType([3])],
                    "\(losses[0].name): [3, 7] and [3]: the scores must be floats and the labels int32: Tensor(ids: [0, 2, 1])"
                ),
            ])
    }

    private static func labels(_ scores: Shape) -> SampleOperand {
        .ids(scores.removing(axis: scores.rank - 1), below: scores.last)
    }

    fileprivate static var softmaxCrossEntropy: CatalogueEntry {
        let plain = labelled(
            SoftmaxCrossEntropy(), SoftmaxCrossEntropy(smoothing: 0.1),
            SoftmaxCrossEntropy(smoothing: 0.1, reduction: .sum))
        var samples = plain.samples
        for smoothing: Float in [0, 0.2] {
            for reduction in [LossReduction.mean, .sum, .none] {
                let loss = SoftmaxCrossEntropy(
                    smoothing: smoothing, ignoring: [1, -100], reduction: reduction)
                for scores: Shape in [[4, 3], [2, 2, 17], [90, 101]] {
                    let labels = scores.removing(axis: scores.rank - 1)
                    let ids = (0..<labels.count).map { Int32($0 % 4 == 3 ? -100 : $0 % 3) }
                    let operands: [SampleOperand] = [
                        .numbers(scores, in: -4..<4), .integers(ids, labels),
                        .positive(Shape(scores.last)),
                    ]
                    samples.append(Sample(loss, operands))
                    samples.append(Sample(loss, Array(operands.dropLast())))
                }
            }
        }
        return CatalogueEntry(
            plain.name, samples,
            failures: plain.failures + [
                FailingSample(
                    SoftmaxCrossEntropy(),
                    [TensorType([3, 7]), TensorType([3], .int32), TensorType([3])],
                    "SoftmaxCrossEntropy: [3, 7] and [3] and [3]: the class weights must be one number for each class: [classes]"
                )
            ])
    }

    fileprivate static var softTargetCrossEntropy: CatalogueEntry {
        let shapes: [Shape] = [[1], [17], [3, 7], [2, 3, 5], [2, 33], [90, 101]]
        let losses = [LossReduction.none, .sum, .mean].map {
            SoftTargetCrossEntropy(reduction: $0)
        }
        return CatalogueEntry(
            losses[0].name,
            losses.flatMap { loss in
                shapes.map { Sample(loss, [.numbers($0, in: -4..<4), .distributions($0)]) }
            },
            failures: [
                FailingSample(
                    losses[0], [TensorType([3, 7]), TensorType([3, 1])],
                    "SoftTargetCrossEntropy: [3, 7] and [3, 1]: logits and target probabilities must have equal shapes […, classes]; losses do not broadcast"
                )
            ])
    }

    fileprivate static var linearCrossEntropy: CatalogueEntry {
        func sample(
            _ loss: LinearCrossEntropy, _ rows: Int, _ depth: Int, _ classes: Int
        ) -> Sample {
            let ids = (0..<rows).map { Int32($0 % 4 == 3 ? 2 : $0 * 7 % classes) }
            var operands: [SampleOperand] = [
                .numbers(Shape(rows, depth)), .numbers(Shape(classes, depth)), .integers(ids),
            ]
            if loss.hasBias { operands.append(.numbers(Shape(classes))) }
            if loss.hasWeights { operands.append(.positive(Shape(classes))) }
            return Sample(loss, operands)
        }
        let plain = LinearCrossEntropy(hasBias: true)
        let smoothed = LinearCrossEntropy(
            hasBias: true, smoothing: 0.1, ignoring: [2], rowsPerBlock: 3)
        let weighted = LinearCrossEntropy(
            hasBias: false, hasWeights: true, reduction: .sum, rowsPerBlock: 4)
        let both = LinearCrossEntropy(
            hasBias: true, hasWeights: true, smoothing: 0.2, ignoring: [-1], rowsPerBlock: 2)
        return CatalogueEntry(
            plain.name,
            [plain, smoothed, weighted, both].flatMap { loss in
                [(1, 1, 3), (3, 5, 7), (7, 3, 17), (5, 2, 530), (33, 7, 2100)].map {
                    sample(loss, $0, $1, $2)
                }
            },
            failures: [
                FailingSample(
                    plain,
                    [TensorType([3, 4]), TensorType([7, 5]), TensorType([3], .int32)],
                    "LinearCrossEntropy: [3, 4] and [7, 5] and [3]: the rows' last size must equal the weight's: [rows, in] and [classes, in]"
                ),
                FailingSample(
                    plain,
                    [TensorType([3, 4]), TensorType([7, 4]), TensorType([4], .int32)],
                    "LinearCrossEntropy: [3, 4] and [7, 4] and [4]: each row needs one label: [rows]"
                ),
                FailingSample(
                    plain,
                    [
                        TensorType([3, 4]), TensorType([7, 4]), TensorType([3], .int32),
                        TensorType([6]),
                    ],
                    "LinearCrossEntropy: [3, 4] and [7, 4] and [3] and [6]: bias and class weights must be one number for each class: [classes]"
                ),
            ])
    }

    /// A function of the concentration of a von Mises–Fisher distribution.
    fileprivate static func concentration(_ functions: any Primitive...) -> CatalogueEntry {
        let shapes: [Shape] = [[], [1], [17], [3, 7], [0], [1100]]
        return CatalogueEntry(
            functions[0].name,
            functions.flatMap { function in
                shapes.map { Sample(function, [.numbers($0, in: 0.1..<9)]) }
            },
            failures: [
                FailingSample(
                    functions[0], [TensorType([3], .int32)],
                    "\(functions[0].name): [3]: the elements are int32; they must be float32 or float64"
                )
            ])
    }

    /// A formula that only derivatives are made of.
    fileprivate static func elementwise(
        _ formula: PointwiseFormula, _ operands: (Shape) -> [SampleOperand]
    ) -> CatalogueEntry {
        let shapes: [Shape] = [[], [1], [17], [3, 7], [0], [1100]]
        return CatalogueEntry(
            formula.name, shapes.map { Sample(Pointwise(formula), operands($0)) }, failures: [])
    }

    fileprivate static func checked(
        _ loss: CheckedPointwise, _ operands: (Shape) -> [SampleOperand]
    ) -> CatalogueEntry {
        let shapes: [Shape] = [[], [1], [17], [70], [3, 7], [2, 3, 5], [0], [1100]]
        let others = operands([3]).dropFirst(2)
        return CatalogueEntry(
            loss.name, shapes.map { Sample(loss, operands($0)) },
            failures: [
                FailingSample(
                    loss,
                    [TensorType([3, 1]), TensorType([3])] + others.map { _ in TensorType([]) },
                    "\(loss.name): [3, 1] and [3]\(others.map { _ in " and []" }.joined()): the shapes must be equal; losses do not broadcast"
                )
            ])
    }
}
