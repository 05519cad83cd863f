extension PrimitiveCatalogue {
    static let activations: [CatalogueEntry] = [
        .unary(.hardTanh),
        .unary(.hardSigmoid, -4..<4),
        .binary(.leakyReLU, -2..<2, 0.01..<0.3),
        .binary(.elu, -2..<2, 0.5..<1.5),
        .unary(.selu),
        .unary(.gelu, -4..<4),
        .unary(.geluTanh, -4..<4),
        .unary(.silu, -6..<6),
        .unary(.softsign),
        .unary(.mish, -6..<6),
        .flat(.unitStep),
        .binary(.sigmoidGate, -2..<2, -6..<6),
        .binary(.geluGate, -2..<2, -4..<4),
        .binary(.siluGate, -2..<2, -6..<6),
        .gated(.glu), .gated(.geglu), .gated(.swiglu),
        .softmaxGradient(isLogarithm: false), .softmaxGradient(isLogarithm: true),
        .gatedGradient(.glu), .gatedGradient(.geglu), .gatedGradient(.swiglu),
    ]
}

extension CatalogueEntry {
    /// A formula of one number without a derivative.
    fileprivate static func flat(_ formula: PointwiseFormula) -> CatalogueEntry {
        let shapes: [Shape] = [[], [1], [17], [3, 7], [0], [40_001]]
        return CatalogueEntry(
            formula.name, shapes.map { Sample(Pointwise(formula), [.steps($0)]) }, failures: [])
    }

    private static let doubled: [(Shape, Shape)] = [
        ([2], [1]), ([34], [17]), ([3, 14], [3, 7]), ([2, 3, 10], [2, 3, 5]), ([0, 4], [0, 2]),
        ([3, 0], [3, 0]), ([70, 66], [70, 33]), ([37, 2002], [37, 1001]),
    ]

    fileprivate static func gated(_ unit: GatedUnit) -> CatalogueEntry {
        CatalogueEntry(
            unit.name, doubled.map { x, _ in Sample(unit, [.numbers(x)]) },
            failures: [
                FailingSample(
                    unit, [TensorType([2, 3])],
                    "\(unit.name): [2, 3]: the last axis must have two halves: an even size"),
                FailingSample(
                    unit, [TensorType([])],
                    "\(unit.name): []: the last axis must have two halves: an even size"),
                FailingSample(
                    unit, [TensorType([4], .int32)],
                    "\(unit.name): [4]: the elements are int32; they must be float32 or float64"),
            ])
    }

    fileprivate static func gatedGradient(_ unit: GatedUnit) -> CatalogueEntry {
        let gradient = GatedUnitGradient(unit: unit)
        return CatalogueEntry(
            gradient.name, doubled.map { Sample(gradient, [.numbers($0), .numbers($1)]) },
            failures: [
                FailingSample(
                    gradient, [TensorType([2, 4]), TensorType([2, 4])],
                    "\(gradient.name): [2, 4] and [2, 4]: x [..., 2n] needs a gradient [..., n]")
            ])
    }

    fileprivate static func softmaxGradient(isLogarithm: Bool) -> CatalogueEntry {
        let gradient = SoftmaxGradient(isLogarithm: isLogarithm)
        let shapes: [Shape] = [
            [1], [3], [17], [3, 7], [7, 33], [2, 3, 5], [0], [3, 0], [0, 3], [90, 101], [3, 5000],
        ]
        return CatalogueEntry(
            gradient.name,
            shapes.map { Sample(gradient, [.numbers($0, in: -2..<0), .numbers($0)]) },
            failures: [
                FailingSample(
                    gradient, [TensorType([2, 4]), TensorType([2])],
                    "\(gradient.name): [2, 4] and [2]: output and gradient must have one shape, with a last axis"
                )
            ])
    }
}
