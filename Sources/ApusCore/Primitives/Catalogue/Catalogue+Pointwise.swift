// Formulas of numbers. Ranges keep clear of poles; random numbers do not meet the kinks.
extension PrimitiveCatalogue {
    static let arithmetic: [CatalogueEntry] = [
        .binary(.add),
        .binary(.subtract),
        .binary(.multiply),
        .binary(.divide, -2..<2, 0.5..<2),
        .binary(.power, 0.2..<2, -2..<2),
        .binary(.minimum),
        .binary(.maximum),
        .binary(.squaredDifference),
        .binary(.absoluteDifference),
        .binary(.reluGradient),
        .binary(.logAddExp),
        .three(.logAddExpSlope),
        .three(.logAddExpOtherSlope),
        .three(.clamp, [-2..<2, -1..<(-0.5), 0.5..<1]),
    ]

    static let functions: [CatalogueEntry] = [
        .unary(.negate),
        .unary(.absolute),
        .unary(.sign),
        .unary(.floor),
        .unary(.ceiling),
        .unary(.round),
        .unary(.square),
        .unary(.squareRoot, 0.1..<4),
        .unary(.exp),
        .unary(.log, 0.1..<4),
        .unary(.log1p, -0.8..<4),
        .unary(.expm1),
        .unary(.erf),
        .unary(.sin, -6..<6),
        .unary(.cos, -6..<6),
        .unary(.sigmoid, -6..<6),
        .unary(.tanh, -4..<4),
        .unary(.relu),
        .unary(.softplus, -6..<6),
    ]

    static let comparisons: [CatalogueEntry] = [
        .predicate(.equal),
        .predicate(.notEqual),
        .predicate(.less),
        .predicate(.lessEqual),
        .predicate(.greater),
        .predicate(.greaterEqual),
        .predicate(.and),
        .predicate(.or),
        .predicate(.not),
        .predicate(.isFinite),
        CatalogueEntry(
            "Select",
            [
                .init(Pointwise(.select), [.mask([]), .numbers([]), .numbers([])]),
                .init(Pointwise(.select), [.mask([33]), .numbers([33]), .numbers([33])]),
                .init(Pointwise(.select), [.mask([3, 1]), .numbers([7]), .numbers([])]),
                .init(Pointwise(.select), [.mask([7]), .numbers([2, 3, 1]), .numbers([3, 7])]),
                .init(Pointwise(.select), [.steps([17]), .numbers([17]), .numbers([1])]),
                .init(Pointwise(.select), [.mask([0]), .numbers([0]), .numbers([])]),
            ],
            failures: [
                .init(
                    Pointwise(.select),
                    [TensorType([2], .bool), TensorType([2]), TensorType([3])],
                    "Select: [2] and [2] and [3]: sizes must be equal, or 1 to be repeated, axis by axis from the last"
                )
            ]),
    ]
}

extension CatalogueEntry {
    private static let shapes: [Shape] = [
        [], [1], [3], [17], [33], [70], [3, 7], [2, 3, 1, 5], [0], [2, 0],
    ]

    private static let pairs: [(Shape, Shape)] = [
        ([], []), ([1], []), ([1], [1, 1]), ([17], [17]), ([3, 7], [3, 7]), ([70], []), ([], [33]),
        ([3, 7], [7]), ([3, 1], [7]), ([7], [3, 1]), ([2, 1, 5], [3, 1]),
        ([2, 3, 4, 5], [3, 1, 5]),
        ([2, 3, 1, 5], [1, 1, 4, 1]), ([0], []), ([4, 0], [0]), ([4, 0], [4, 1]), ([0, 3], [3]),
    ]

    /// A differentiable formula of one number.
    static func unary(_ formula: PointwiseFormula, _ range: Range<Float> = -2..<2) -> CatalogueEntry
    {
        // One formula stands for all where only the way through the threads is looked at.
        let large: [Shape] = formula === PointwiseFormula.sigmoid ? [[40_001]] : []
        return CatalogueEntry(
            formula.name,
            (shapes + large).map { Sample(Pointwise(formula), [.numbers($0, in: range)]) },
            failures: [])
    }

    /// A differentiable formula of two numbers.
    static func binary(
        _ formula: PointwiseFormula, _ left: Range<Float> = -2..<2,
        _ right: Range<Float> = -2..<2
    ) -> CatalogueEntry {
        let isLarge = formula === PointwiseFormula.squaredDifference
        let large: [(Shape, Shape)] =
            isLarge ? [([40_001], [40_001]), ([3, 40_001], []), ([190, 1], [211])] : []
        return CatalogueEntry(
            formula.name,
            (pairs + large).map {
                Sample(Pointwise(formula), [.numbers($0, in: left), .numbers($1, in: right)])
            },
            failures: .pair(formula))
    }

    /// A differentiable formula of three numbers.
    static func three(
        _ formula: PointwiseFormula, _ ranges: [Range<Float>] = [-2..<2, -2..<2, -2..<2]
    ) -> CatalogueEntry {
        let shapes: [(Shape, Shape, Shape)] = [
            ([], [], []), ([17], [17], [17]), ([3, 7], [], []), ([3, 7], [7], [3, 1]),
            ([0], [], []),
        ]
        return CatalogueEntry(
            formula.name,
            shapes.map {
                Sample(
                    Pointwise(formula),
                    [
                        .numbers($0, in: ranges[0]), .numbers($1, in: ranges[1]),
                        .numbers($2, in: ranges[2]),
                    ])
            }, failures: [])
    }

    /// A formula that gives truth values.
    static func predicate(_ formula: PointwiseFormula) -> CatalogueEntry {
        if formula.arity == 1 {
            return CatalogueEntry(
                formula.name,
                shapes.map { Sample(Pointwise(formula), [.steps($0)]) }
                    + [Sample(Pointwise(formula), [.mask([33])])],
                failures: [])
        }
        return CatalogueEntry(
            formula.name,
            pairs.map { Sample(Pointwise(formula), [.steps($0), .steps($1)]) }
                + [Sample(Pointwise(formula), [.mask([33]), .mask([33])])],
            failures: .pair(formula))
    }
}

extension [FailingSample] {
    /// Sizes that cannot be broadcast, and numbers of two types.
    fileprivate static func pair(_ formula: PointwiseFormula) -> [FailingSample] {
        [
            FailingSample(
                Pointwise(formula), [TensorType([2, 3]), TensorType([2])],
                "\(formula.name): [2, 3] and [2]: sizes must be equal, or 1 to be repeated, axis by axis from the last"
            ),
            FailingSample(
                Pointwise(formula), [TensorType([2]), TensorType([2], .float64)],
                "\(formula.name): [2] and [2]: the elements are float32 and float64; convert one"
            ),
        ]
    }
}
