// Results whose size follows from the numbers: constants, and not for compiled code, whose shapes stand beforehand.

extension Tensor {
    /// The different elements in ascending order, where each element stands among them, and how often each occurs.
    ///
    /// ```swift
    /// Tensor([3, 1, 3]).unique()     // values [1, 3], positions [1, 0, 1], counts [1, 2]
    /// ```
    /// −0 and 0 are one number, and so are all NaN, which stand last.
    ///
    /// - Returns: `values` `[different]` of this type, `positions` (`int32`) of this shape, `counts` (`int32`)
    ///   `[different]`.
    public func unique() -> (values: Tensor, positions: Tensor, counts: Tensor) {
        switch scalarType {
        case .float32:
            unique(Float.self) { ($0.isNaN ? 1 : 0, $0) < ($1.isNaN ? 1 : 0, $1) }
        case .float64:
            unique(Double.self) { ($0.isNaN ? 1 : 0, $0) < ($1.isNaN ? 1 : 0, $1) }
        case .int32: unique(Int32.self, <)
        case .bool: unique(Bool.self) { !$0 && $1 }
        }
    }

    private func unique<S: Scalar>(
        _: S.Type, _ isLess: (S, S) -> Bool
    ) -> (values: Tensor, positions: Tensor, counts: Tensor) {
        withElements(of: S.self) { elements in
            let order = elements.indices.sorted {
                isLess(elements[$0], elements[$1])
                    || (!isLess(elements[$1], elements[$0]) && $0 < $1)
            }
            var (values, counts): ([S], [Int32]) = ([], [])
            var positions = [Int32](repeating: 0, count: elements.count)
            for place in order {
                if let last = values.last, !isLess(last, elements[place]) {
                    counts[counts.count - 1] += 1
                } else {
                    values.append(elements[place])
                    counts.append(1)
                }
                positions[place] = Int32(truncatingIfNeeded: values.count - 1)
            }
            return (
                Tensor(values, shape: Shape(values.count)), Tensor(positions, shape: shape),
                Tensor(ids: counts)
            )
        }
    }

    /// Where the elements stand that are not 0, NaN among them, in the order of memory.
    ///
    /// - Returns: `int32` `[found, axes]`: a row of positions for each.
    public func nonzero() -> Tensor {
        switch scalarType {
        case .float32: nonzero(Float.self) { $0 != 0 }
        case .float64: nonzero(Double.self) { $0 != 0 }
        case .int32: nonzero(Int32.self) { $0 != 0 }
        case .bool: nonzero(Bool.self) { $0 }
        }
    }

    private func nonzero<S: Scalar>(_: S.Type, _ isSet: (S) -> Bool) -> Tensor {
        withElements(of: S.self) { elements in
            var rows: [Int32] = []
            var found = 0
            for index in elements.indices where isSet(elements[index]) {
                found += 1
                var (rest, row) = (index, [Int32](repeating: 0, count: rank))
                for axis in shape.indices.reversed() {
                    row[axis] = Int32(truncatingIfNeeded: rest % shape[axis])
                    rest /= shape[axis]
                }
                rows += row
            }
            return Tensor(rows, shape: Shape(found, rank))
        }
    }
}
