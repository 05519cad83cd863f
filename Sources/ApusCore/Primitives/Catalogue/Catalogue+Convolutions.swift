extension PrimitiveCatalogue {
    static let convolutions: [CatalogueEntry] = [
        convolution, transposedConvolution, convolutionWeightGradient, convolutionMaxOverTime,
        convolutionMaxOverTimeBackward,
    ]

    /// An image, a weight and how the one moves over the other.
    private typealias Case = (image: Shape, weight: Shape, geometry: ConvolutionGeometry)

    private static let cases: [Case] = [
        ([2, 7, 3], [5, 3, 3], ConvolutionGeometry()),
        ([1, 1, 1], [1, 1, 1], ConvolutionGeometry()),
        ([3, 8, 2], [4, 2, 3], ConvolutionGeometry(stride: .init(1, 2), padding: .init(0, 1))),
        (
            [2, 9, 4], [6, 2, 2],
            ConvolutionGeometry(padding: .init(0, 2), dilation: .init(1, 3), groups: 2)
        ),
        ([2, 5, 3], [3, 1, 5], ConvolutionGeometry(padding: .init(0, 2), groups: 3)),
        ([0, 5, 3], [2, 3, 2], ConvolutionGeometry()),
        (
            [2, 6, 5, 3], [4, 3, 3, 2],
            ConvolutionGeometry(stride: .init(2, 1), padding: .init(1, 1))
        ),
        (
            [1, 5, 7, 2], [2, 1, 2, 3],
            ConvolutionGeometry(
                stride: .init(1, 2), padding: .init(0, 1), dilation: .init(2, 2), groups: 2)
        ),
        ([3, 300, 7], [17, 7, 3], ConvolutionGeometry()),
        ([5, 19, 33], [35, 33, 5], ConvolutionGeometry(padding: .init(0, 2))),
        ([2, 17, 16, 5], [9, 5, 3, 3], ConvolutionGeometry(padding: .init(1, 1))),
    ]

    private static func result(of item: Case) -> Shape {
        let sizes = requireFit { () throws(ShapeError) in
            try ConvolutionSizes(item.geometry, image: item.image, weight: item.weight) {
                ShapeError(operation: "Convolution", shapes: [], reason: $0)
            }
        }
        return sizes.result(like: item.image)
    }

    private static var convolution: CatalogueEntry {
        var samples: [Sample] = []
        for item in cases {
            let operands: [SampleOperand] = [.numbers(item.image), .numbers(item.weight)]
            let convolution = Convolution(geometry: item.geometry)
            samples.append(Sample(convolution, operands))
            samples.append(
                Sample(convolution, operands + [.numbers(Shape(item.weight[0]))]))
        }
        let plain = Convolution(geometry: ConvolutionGeometry())
        return CatalogueEntry(
            plain.name, samples,
            failures: [
                FailingSample(
                    plain, [TensorType([2, 7, 3]), TensorType([5, 4, 3])],
                    "Convolution: [2, 7, 3] and [5, 4, 3]: the weight's second size must be the input's channels, the last size, divided by the groups (1), which must divide the outputs too"
                ),
                FailingSample(
                    plain, [TensorType([7, 3]), TensorType([5, 3, 3])],
                    "Convolution: [7, 3] and [5, 3, 3]: [batch, time, in] and [out, in / groups, width], or [batch, height, width, in] and [out, in / groups, height, width] are needed"
                ),
                FailingSample(
                    plain, [TensorType([2, 2, 3]), TensorType([5, 3, 3])],
                    "Convolution: [2, 2, 3] and [5, 3, 3]: the window must have a size and fit into the padded input"
                ),
                FailingSample(
                    plain, [TensorType([2, 4, 3]), TensorType([5, 3, 3]), TensorType([4])],
                    "Convolution: [2, 4, 3] and [5, 3, 3] and [4]: the bias must have one element for each output channel"
                ),
            ])
    }

    private static var transposedConvolution: CatalogueEntry {
        let plain = TransposedConvolution(
            geometry: ConvolutionGeometry(), imageShape: [2, 7, 3])
        return CatalogueEntry(
            plain.name,
            cases.map { item in
                Sample(
                    TransposedConvolution(geometry: item.geometry, imageShape: item.image),
                    [.numbers(result(of: item)), .numbers(item.weight)])
            },
            failures: [
                FailingSample(
                    plain, [TensorType([2, 6, 5]), TensorType([5, 3, 3])],
                    "TransposedConvolution: [2, 6, 5] and [5, 3, 3]: a result of [2, 7, 3] needs an input of [2, 5, 5]"
                ),
                FailingSample(
                    plain, [TensorType([2, 5, 5]), TensorType([5, 3, 9])],
                    "TransposedConvolution: [2, 5, 5] and [5, 3, 9]: for a result of [2, 7, 3]: the window must have a size and fit into the padded input"
                ),
            ])
    }

    private static var convolutionWeightGradient: CatalogueEntry {
        let plain = ConvolutionWeightGradient(
            geometry: ConvolutionGeometry(), weightShape: [5, 3, 3])
        return CatalogueEntry(
            plain.name,
            cases.map { item in
                Sample(
                    ConvolutionWeightGradient(geometry: item.geometry, weightShape: item.weight),
                    [.numbers(item.image), .numbers(result(of: item))])
            },
            failures: [
                FailingSample(
                    plain, [TensorType([2, 7, 3]), TensorType([2, 7, 5])],
                    "ConvolutionWeightGradient: [2, 7, 3] and [2, 7, 5]: a weight of [5, 3, 3] needs a gradient of [2, 5, 5]"
                ),
                FailingSample(
                    plain, [TensorType([2, 7, 4]), TensorType([2, 5, 5])],
                    "ConvolutionWeightGradient: [2, 7, 4] and [2, 5, 5]: for a weight of [5, 3, 3]: the weight's second size must be the input's channels, the last size, divided by the groups (1), which must divide the outputs too"
                ),
            ])
    }

    /// Texts, the widths with their outputs, and the true lengths.
    private static let texts: [(Shape, [(width: Int, outputs: Int)], [Int32]?)] = [
        ([2, 7, 3], [(3, 5)], nil), ([1, 1, 1], [(1, 1)], nil),
        ([2, 2, 3], [(4, 3), (1, 2)], nil),
        ([4, 6, 3], [(2, 3), (3, 7)], [6, 3, 1, 0]), ([0, 3, 2], [(2, 3)], nil),
        ([5, 23, 33], [(3, 35), (4, 17), (5, 70)], [23, 4, 17, 22, 0]),
        ([9, 40, 20], [(3, 40), (5, 33)], nil),
    ]

    private static func operands(
        _ text: (Shape, [(width: Int, outputs: Int)], [Int32]?),
        _ numbers: (Shape) -> SampleOperand
    ) -> [SampleOperand] {
        [numbers(text.0)]
            + text.1.flatMap {
                [numbers([$0.outputs, text.0[2], $0.width]), numbers(Shape($0.outputs))]
            } + (text.2.map { [.integers($0)] } ?? [])
    }

    private static var convolutionMaxOverTime: CatalogueEntry {
        let plain = ConvolutionMaxOverTime(hasLengths: false)
        let withLengths = ConvolutionMaxOverTime(hasLengths: true)
        return CatalogueEntry(
            plain.name,
            texts.map { text in
                Sample(
                    ConvolutionMaxOverTime(hasLengths: text.2 != nil),
                    operands(text) { .numbers($0) })
            },
            failures: [
                FailingSample(
                    plain, [TensorType([2, 7, 3]), TensorType([5, 4, 3]), TensorType([5])],
                    "ConvolutionMaxOverTime: [2, 7, 3] and [5, 4, 3] and [5]: weights must be [out, 3, width] and biases [out], of the texts' type"
                ),
                FailingSample(
                    plain, [TensorType([2, 7, 3]), TensorType([5, 3, 3])],
                    "ConvolutionMaxOverTime: [2, 7, 3] and [5, 3, 3]: texts [batch, time, in] with steps, and for each width a weight [out, in, width] and a bias [out] are needed"
                ),
                FailingSample(
                    withLengths,
                    [
                        TensorType([2, 7, 3]), TensorType([5, 3, 3]), TensorType([5]),
                        TensorType([3], .int32),
                    ],
                    "ConvolutionMaxOverTime: [2, 7, 3] and [5, 3, 3] and [5] and [3]: one int32 length for each text is needed"
                ),
            ])
    }

    private static var convolutionMaxOverTimeBackward: CatalogueEntry {
        let plain = ConvolutionMaxOverTimeBackward(hasLengths: false, kernelCount: 1)
        return CatalogueEntry(
            plain.name,
            texts.map { text in
                let outputs = Shape(text.0[0], text.1.reduce(0) { $0 + $1.outputs })
                // Starts from which every window fits.
                let starts = max(1, text.0[1] - (text.1.map(\.width).max() ?? 0) + 1)
                return Sample(
                    ConvolutionMaxOverTimeBackward(
                        hasLengths: text.2 != nil, kernelCount: text.1.count),
                    [.steps(outputs), .steps(outputs), .ids(outputs, below: starts)]
                        + operands(text) { .steps($0) })
            },
            failures: [
                FailingSample(
                    plain,
                    [
                        TensorType([2, 5]), TensorType([2, 5]), TensorType([2, 5]),
                        TensorType([2, 7, 3]), TensorType([5, 3, 3]), TensorType([5]),
                    ],
                    "ConvolutionMaxOverTimeBackward: [2, 5] and [2, 5] and [2, 5] and [2, 7, 3] and [5, 3, 3] and [5]: gradient, output and positions must be [2, 5], for 1 widths"
                )
            ])
    }
}
