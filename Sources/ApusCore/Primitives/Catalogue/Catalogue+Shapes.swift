extension PrimitiveCatalogue {
    static let shapes: [CatalogueEntry] = [
        reshape, broadcast, permute, concatenate, slice, convert,
    ]

    private static var reshape: CatalogueEntry {
        let shapes: [(Shape, Shape)] = [
            ([], [1, 1]), ([17], [17, 1]), ([3, 7], [21]), ([2, 3, 5], [5, 6]), ([0, 3], [2, 0]),
        ]
        return CatalogueEntry(
            "Reshape", shapes.map { Sample(Reshape(shape: $1), [.numbers($0)]) },
            failures: [
                FailingSample(
                    Reshape(shape: [4]), [TensorType([2, 3])],
                    "Reshape: [2, 3]: 6 elements do not fill [4] (4)")
            ])
    }

    private static var broadcast: CatalogueEntry {
        let shapes: [(Shape, Shape)] = [
            ([], [3]), ([1], [17]), ([7], [3, 7]), ([3, 1], [3, 7]), ([1, 7], [3, 7]),
            ([2, 1, 5], [2, 3, 5]), ([3, 1, 1], [2, 3, 4, 5]), ([1, 1], [1, 1, 1]), ([1], [0]),
            ([4, 1], [4, 0]), ([0], [4, 0]),
        ]
        return CatalogueEntry(
            "Broadcast", shapes.map { Sample(Broadcast(shape: $1), [.numbers($0)]) },
            failures: [
                FailingSample(
                    Broadcast(shape: [4]), [TensorType([3])],
                    "Broadcast: [3]: cannot be repeated to [4]: sizes must be equal or 1, from the last axis"
                ),
                FailingSample(
                    Broadcast(shape: [3]), [TensorType([1, 3])],
                    "Broadcast: [1, 3]: cannot be repeated to [3]: sizes must be equal or 1, from the last axis"
                ),
            ])
    }

    private static var permute: CatalogueEntry {
        let orders: [(Shape, [Int])] = [
            ([], []), ([17], [0]), ([1, 3], [1, 0]), ([3, 7], [1, 0]), ([17, 33], [1, 0]),
            ([2, 3, 5], [2, 0, 1]), ([2, 3, 4, 5], [0, 2, 1, 3]), ([2, 3, 4, 5], [3, 2, 1, 0]),
            ([3, 0], [1, 0]), ([70, 33], [1, 0]),
        ]
        return CatalogueEntry(
            "Transpose", orders.map { Sample(Permute(axes: $1), [.numbers($0)]) },
            failures: [
                FailingSample(
                    Permute(axes: [0, 0]), [TensorType([2, 3])],
                    "Transpose: [2, 3]: [0, 0] must name each of the 2 axes once"),
                FailingSample(
                    Permute(axes: [1, 0]), [TensorType([2])],
                    "Transpose: [2]: [1, 0] must name each of the 1 axes once"),
            ])
    }

    private static var concatenate: CatalogueEntry {
        let parts: [(Int, [Shape])] = [
            (0, [[1], [3]]), (0, [[17], [1], [3]]), (1, [[3, 7], [3, 1]]),
            (0, [[3, 7], [1, 7], [2, 7]]),
            (1, [[2, 3, 5], [2, 1, 5]]), (0, [[1], [2], [3], [4], [5]]), (0, [[0], [3]]),
            (1, [[2, 0], [2, 0]]),
        ]
        return CatalogueEntry(
            "Concatenate",
            parts.map { axis, shapes in
                Sample(Concatenate(axis: axis), shapes.map { .numbers($0) })
            },
            failures: [
                FailingSample(
                    Concatenate(axis: 0), [TensorType([2, 3]), TensorType([2, 4])],
                    "Concatenate: [2, 3] and [2, 4]: must be alike but for the size along axis 0"),
                FailingSample(
                    Concatenate(axis: 0), [TensorType([2]), TensorType([2], .int32)],
                    "Concatenate: [2] and [2]: must be alike but for the size along axis 0"),
                FailingSample(
                    Concatenate(axis: 1), [TensorType([2]), TensorType([2])],
                    "Concatenate: [2] and [2]: there is no axis 1"),
            ])
    }

    private static var slice: CatalogueEntry {
        let ranges: [(Shape, Int, Range<Int>)] = [
            ([3], 0, 1..<2), ([17], 0, 0..<7), ([3, 7], 1, 3..<7), ([3, 7], 0, 2..<3),
            ([2, 3, 5], 1, 0..<1), ([3], 0, 1..<1), ([0, 3], 1, 0..<1),
        ]
        return CatalogueEntry(
            "Slice", ranges.map { Sample(Slice(axis: $1, range: $2), [.numbers($0)]) },
            failures: [
                FailingSample(
                    Slice(axis: 0, range: 1..<4), [TensorType([3])],
                    "Slice: [3]: 1..<4 is not within axis 0"),
                FailingSample(
                    Slice(axis: 1, range: 0..<1), [TensorType([3])],
                    "Slice: [3]: there is no axis 1"),
            ])
    }

    private static var convert: CatalogueEntry {
        CatalogueEntry(
            "Convert",
            [
                Sample(Convert(scalarType: .float64), [.numbers([3, 7])]),
                Sample(Convert(scalarType: .int32), [.steps([17])]),
                Sample(Convert(scalarType: .bool), [.steps([3, 1])]),
                Sample(Convert(scalarType: .float32), [.mask([7])]),
                Sample(Convert(scalarType: .float32), [.ids([0], below: 3)]),
            ],
            failures: [])
    }
}
