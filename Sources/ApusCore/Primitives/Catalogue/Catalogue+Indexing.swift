extension PrimitiveCatalogue {
    static let indexing: [CatalogueEntry] = [
        stridedSlice, place, split, take, addTaken, gather, scatterAdd, scatter, cumulativeSum,
        linearRecurrence, multinomial,
        sort, top, minimum, spread, .unary(.rootOrZero, 0.1..<4),
        CatalogueEntry(
            "Cleared",
            [([], []), ([17], [17]), ([3, 7], [3, 1]), ([2, 3, 5], [2, 3, 1]), ([0], [0])].map {
                Sample(Pointwise(.cleared), [.numbers($0), .mask($1)])
            }, failures: []),
        CatalogueEntry(
            "SquareScale",
            [Shape([]), [17], [3, 7], [0]].map {
                Sample(
                    Pointwise(.squareScale),
                    [
                        .numbers($0, in: 0.1..<4), .numbers([], in: 1..<1.5),
                        .numbers([], in: 2..<3),
                    ])
            }, failures: []),
    ]

    private static var stridedSlice: CatalogueEntry {
        let slices: [(Shape, [Int], [Int], [Int])] = [
            ([], [], [], []), ([5], [1], [2], [2]), ([5], [4], [-1], [5]),
            ([3, 7], [0, 1], [2, 3], [2, 2]),
            ([3, 7], [2, 6], [-1, -2], [3, 4]), ([2, 3, 5], [0, 1, 0], [1, 1, 1], [2, 1, 5]),
            ([3, 4], [0, 2], [1, 1], [3, 0]), ([70, 33], [3, 1], [2, 1], [30, 31]),
        ]
        return CatalogueEntry(
            "StridedSlice",
            slices.map {
                Sample(StridedSlice(starts: $1, steps: $2, sizes: $3), [.numbers($0)])
            },
            failures: [
                FailingSample(
                    StridedSlice(starts: [0, 2], steps: [1, 1], sizes: [2, 3]),
                    [TensorType([2, 4])],
                    "StridedSlice: [2, 4]: position 4 is not within axis 1 (0..<4)"),
                FailingSample(
                    StridedSlice(starts: [-5], steps: [1], sizes: [1]), [TensorType([4])],
                    "StridedSlice: [4]: position -5 is not within axis 0 (0..<4)"),
                FailingSample(
                    StridedSlice(starts: [0], steps: [1], sizes: [1]), [TensorType([2, 4])],
                    "StridedSlice: [2, 4]: 1 axes are described"),
            ])
    }

    private static var place: CatalogueEntry {
        let places: [(Shape, [Int], [Int], Shape, Double)] = [
            ([], [], [], [], 2), ([3], [1], [1], [5], 0), ([3], [4], [-2], [5], 1.5),
            ([3, 7], [0, 1], [2, 1], [5, 9], -1), ([0, 2], [0, 0], [1, 1], [2, 2], 0),
            ([70, 33], [1, 2], [1, 1], [73, 37], 0),
        ]
        return CatalogueEntry(
            "Pad",
            places.map {
                Sample(Place(starts: $1, steps: $2, shape: $3, value: $4), [.numbers($0)])
            },
            failures: [
                FailingSample(
                    Place(starts: [2], steps: [1], shape: [4], value: 0), [TensorType([3])],
                    "Pad: [3]: position 4 is not within axis 0 of [4]"),
                FailingSample(
                    Place(starts: [2], steps: [1], shape: [4], value: 0), [TensorType([3, 1])],
                    "Pad: [3, 1]: 1 axes are described"),
            ])
    }

    private static var split: CatalogueEntry {
        let parts: [(Shape, Int, [Int])] = [
            ([3], 0, [1, 2]), ([17], 0, [0, 7, 10]), ([3, 7], 1, [3, 4]), ([3, 7], 0, [1, 1, 1]),
            ([2, 3, 5], 1, [2, 1]), ([2, 3, 5], 2, [5]), ([0, 4], 1, [2, 2]),
            ([70, 33], 1, [11, 22]),
        ]
        return CatalogueEntry(
            "Split", parts.map { Sample(Split(axis: $1, sizes: $2), [.numbers($0)]) },
            failures: [
                FailingSample(
                    Split(axis: 0, sizes: [1, 1]), [TensorType([3])],
                    "Split: [3]: the sizes [1, 1] must add up to the 3 along axis 0"),
                FailingSample(
                    Split(axis: 1, sizes: [1, 1]), [TensorType([2])],
                    "Split: [2]: there is no axis 1"),
            ])
    }

    private static var take: CatalogueEntry {
        let cases: [(Shape, Int, Shape)] = [
            ([3], 0, []), ([3], 0, [7]), ([3, 7], 0, [5]), ([3, 7], 1, [2, 3]),
            ([2, 3, 5], 1, [4]),
            ([2, 3, 5], 2, [17]), ([3, 0], 0, [2]), ([3, 2], 0, [0]), ([70, 33], 0, [101]),
        ]
        return CatalogueEntry(
            "Take",
            cases.map { shape, axis, ids in
                Sample(Take(axis: axis), [.numbers(shape), .ids(ids, below: shape[axis])])
            },
            failures: [
                FailingSample(
                    Take(axis: 0), [TensorType([3, 2]), TensorType([2])],
                    "Take: [3, 2] and [2]: the indices are float32; they must be int32"),
                FailingSample(
                    Take(axis: 2), [TensorType([3, 2]), TensorType([2], .int32)],
                    "Take: [3, 2] and [2]: there is no axis 2"),
            ])
    }

    private static var addTaken: CatalogueEntry {
        let cases: [(Shape, Int, Shape)] = [
            ([3], 0, []), ([3], 0, [7]), ([3, 7], 0, [5]), ([3, 7], 1, [2, 3]),
            ([2, 3, 5], 1, [4]),
            ([3, 0], 0, [2]), ([3, 2], 0, [0]), ([7, 333], 0, [101]),
        ]
        return CatalogueEntry(
            "AddTaken",
            cases.map { shape, axis, ids in
                Sample(
                    AddTaken(axis: axis, shape: shape),
                    [
                        .numbers(shape.replacing(axis: axis, with: ids)),
                        .ids(ids, below: shape[axis]),
                    ])
            },
            failures: [
                FailingSample(
                    AddTaken(axis: 0, shape: [3, 2]),
                    [TensorType([4, 2]), TensorType([2], .int32)],
                    "AddTaken: [4, 2] and [2]: slices of [3, 2] along axis 0 need one int32 id each"
                )
            ])
    }

    /// Shapes, an axis and how many are picked along it.
    private static let picks: [(Shape, Int, Int)] = [
        ([3], 0, 7), ([3, 7], 0, 5), ([3, 7], 1, 2), ([2, 3, 5], 1, 4), ([2, 3, 5], 2, 1),
        ([3, 2], 0, 0), ([70, 33], 1, 17),
    ]

    private static func indices(_ shape: Shape, _ axis: Int, _ count: Int) -> Shape {
        var result = shape
        result[axis] = count
        return result
    }

    private static var gather: CatalogueEntry {
        CatalogueEntry(
            "Gather",
            picks.map { shape, axis, count in
                Sample(
                    Gather(axis: axis),
                    [.numbers(shape), .ids(indices(shape, axis, count), below: shape[axis])])
            },
            failures: [
                FailingSample(
                    Gather(axis: 1), [TensorType([3, 2]), TensorType([3], .int32)],
                    "Gather: [3, 2] and [3]: the indices must have the same sizes but along axis 1"),
                FailingSample(
                    Gather(axis: 1), [TensorType([3, 2]), TensorType([3, 1])],
                    "Gather: [3, 2] and [3, 1]: the indices are float32; they must be int32"),
                FailingSample(
                    Gather(axis: 1), [TensorType([3]), TensorType([3], .int32)],
                    "Gather: [3] and [3]: there is no axis 1"),
            ])
    }

    private static var scatterAdd: CatalogueEntry {
        CatalogueEntry(
            "ScatterAdd",
            picks.map { shape, axis, count in
                let values = indices(shape, axis, count)
                return Sample(
                    ScatterAdd(axis: axis, size: shape[axis]),
                    [.numbers(values), .ids(values, below: shape[axis])])
            },
            failures: [
                FailingSample(
                    ScatterAdd(axis: 0, size: 3), [TensorType([2]), TensorType([3], .int32)],
                    "ScatterAdd: [2] and [3]: each value needs one index: the shapes must be equal"),
                FailingSample(
                    ScatterAdd(axis: 0, size: 3),
                    [TensorType([2], .bool), TensorType([2], .int32)],
                    "ScatterAdd: [2] and [2]: the values are bool; they must be float32 or float64"),
            ])
    }

    private static var scatter: CatalogueEntry {
        CatalogueEntry(
            "Scatter",
            picks.map { shape, axis, count in
                let values = indices(shape, axis, count)
                return Sample(
                    Scatter(axis: axis),
                    [.numbers(shape), .numbers(values), .ids(values, below: shape[axis])])
            },
            failures: [
                FailingSample(
                    Scatter(axis: 0), [TensorType([3]), TensorType([2]), TensorType([3], .int32)],
                    "Scatter: [3] and [2] and [3]: each value needs one index: the shapes must be equal"
                ),
                FailingSample(
                    Scatter(axis: 0),
                    [TensorType([3]), TensorType([2], .float64), TensorType([2], .int32)],
                    "Scatter: [3] and [2] and [2]: the elements are float32 and float64; convert one"
                ),
            ])
    }

    private static let withAxis: [(Shape, Int)] = [
        ([1], 0), ([3], 0), ([17], 0), ([3, 7], 0), ([3, 7], 1), ([2, 3, 5], 1), ([0, 3], 0),
        ([3, 0], 0), ([70, 33], 0), ([70, 33], 1),
    ]

    private static func axisFailures(_ primitive: any Primitive) -> [FailingSample] {
        [
            FailingSample(
                primitive, [TensorType([])], "\(primitive.name): []: there is no axis 0"),
            FailingSample(
                primitive, [TensorType([2], .int32)],
                "\(primitive.name): [2]: the elements are int32; they must be float32 or float64"),
        ]
    }

    private static var cumulativeSum: CatalogueEntry {
        CatalogueEntry(
            "CumulativeSum",
            withAxis.flatMap { shape, axis in
                [false, true].map {
                    Sample(CumulativeSum(axis: axis, isReversed: $0), [.numbers(shape)])
                }
            },
            failures: Array(axisFailures(CumulativeSum(axis: 0, isReversed: false)).prefix(1)))
    }

    private static var linearRecurrence: CatalogueEntry {
        CatalogueEntry(
            "LinearRecurrence",
            withAxis.flatMap { shape, axis in
                [false, true].map {
                    Sample(
                        LinearRecurrence(axis: axis, isReversed: $0),
                        [.numbers(shape), .numbers(shape)])
                }
            },
            failures: [
                FailingSample(
                    LinearRecurrence(axis: 0, isReversed: false),
                    [TensorType([2]), TensorType([3])],
                    "LinearRecurrence: [2] and [3]: factors and terms must have one shape"),
                FailingSample(
                    LinearRecurrence(axis: 1, isReversed: false),
                    [TensorType([2]), TensorType([2])],
                    "LinearRecurrence: [2] and [2]: there is no axis 1"),
            ])
    }

    private static var multinomial: CatalogueEntry {
        let draws = [
            Multinomial(count: 1, replaces: false, key: RandomKey(1)),
            Multinomial(count: 5, replaces: true, key: RandomKey(2)),
            Multinomial(count: 9, replaces: false, key: RandomKey(3)),
            Multinomial(count: 0, replaces: true, key: RandomKey(4)),
        ]
        let shapes: [Shape] = [[1], [17], [3, 7], [2, 3, 5], [0, 3], [90, 101]]
        return CatalogueEntry(
            "Multinomial",
            draws.flatMap { draw in shapes.map { Sample(draw, [.positive($0)]) } },
            failures: [
                FailingSample(
                    draws[0], [TensorType([])], "Multinomial: []: rows of weights are needed"),
                FailingSample(
                    Multinomial(count: -1, replaces: true, key: RandomKey(1)), [TensorType([3])],
                    "Multinomial: [3]: -1 positions cannot be drawn"),
            ])
    }

    private static var sort: CatalogueEntry {
        CatalogueEntry(
            "Sort",
            withAxis.flatMap { shape, axis in
                [false, true].map {
                    Sample(Sort(axis: axis, isDescending: $0, count: nil), [.numbers(shape)])
                }
            }, failures: axisFailures(Sort(axis: 0, isDescending: false, count: nil)))
    }

    private static var top: CatalogueEntry {
        let counts: [(Shape, Int, Int)] = [
            ([1], 0, 1), ([17], 0, 3), ([3, 7], 0, 2), ([3, 7], 1, 7), ([2, 3, 5], 1, 1),
            ([3], 0, 0), ([70, 33], 0, 5), ([7, 333], 1, 100),
        ]
        return CatalogueEntry(
            "TopK",
            counts.map { shape, axis, count in
                Sample(Sort(axis: axis, isDescending: true, count: count), [.numbers(shape)])
            },
            failures: axisFailures(Sort(axis: 0, isDescending: true, count: 1)) + [
                FailingSample(
                    Sort(axis: 0, isDescending: true, count: 4), [TensorType([3])],
                    "TopK: [3]: there are not 4 elements along axis 0")
            ])
    }

    private static var minimum: CatalogueEntry {
        func minimum(_ axis: Int) -> MaximumAlong { MaximumAlong(axis: axis, isMinimum: true) }
        return CatalogueEntry(
            "Min",
            withAxis.filter { $0[$1] > 0 }.map { Sample(minimum($1), [.numbers($0)]) },
            failures: axisFailures(minimum(0)).prefix(1) + [
                FailingSample(minimum(1), [TensorType([2, 0])], "Min: [2, 0]: axis 1 is empty")
            ])
    }

    private static var spread: CatalogueEntry {
        let cases: [(Shape, Shape, Int)] = [
            ([], [], 1), ([], [17], 17), ([1], [3, 7], 1), ([1, 1], [2, 3, 5], 30), ([], [0], 1),
            ([], [301, 333], 301 * 333),
        ]
        return CatalogueEntry(
            "Spread",
            cases.map { Sample(Spread(shape: $1, divisor: $2), [.numbers($0)]) },
            failures: [
                FailingSample(
                    Spread(shape: [3], divisor: 3), [TensorType([2])],
                    "Spread: [2]: one number is needed")
            ])
    }
}
