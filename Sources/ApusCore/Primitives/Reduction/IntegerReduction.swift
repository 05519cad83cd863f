/// Sums and extremes of `int32` and of truth values, which count as 1 and 0.
enum IntegerReduction {
    /// Elements of a task.
    private static let taskSize = 32_768

    /// Sums along an axis, modulo 2³²: right wherever the true sum is an `int32`, in any order.
    static func sum(
        _ input: TensorView, _ around: (outer: Int, size: Int, inner: Int), into output: TensorView
    ) {
        let sums = output.elements(as: Int32.self)
        if input.scalarType == .bool {
            sum(input.elements(as: UInt8.self), around, into: sums) { Int32($0) }
        } else {
            sum(input.elements(as: Int32.self), around, into: sums) { $0 }
        }
    }

    /// Long axes are cut into parts; their sums stand in memory of their own and are added afterwards.
    private static func sum<From>(
        _ x: UnsafePointer<From>, _ around: (outer: Int, size: Int, inner: Int),
        into sums: UnsafeMutablePointer<Int32>, _ value: (From) -> Int32
    ) {
        let (outer, size, inner) = around
        let length = max(taskSize / max(inner, 1), 64)
        let parts = (size + length - 1) / length
        guard parts > 1 else {
            return Parallel.rows(outer, costing: size * inner) { rows in
                for row in rows {
                    addRows(x + row * size * inner, size, inner, sums + row * inner, value)
                }
            }
        }
        let byteCount = outer * parts * inner * MemoryLayout<Int32>.stride
        let memory = MemoryPool.allocate(byteCount: byteCount)
        defer { MemoryPool.release(memory, byteCount: byteCount) }
        let partial = memory.assumingMemoryBound(to: Int32.self)
        Parallel.run(outer * parts) { task in
            let (row, part) = task.quotientAndRemainder(dividingBy: parts)
            let first = part * length
            addRows(
                x + (row * size + first) * inner, min(length, size - first), inner,
                partial + task * inner, value)
        }
        sum(UnsafePointer(partial), (outer, parts, inner), into: sums) { $0 }
    }

    @inline(__always)
    private static func addRows<From>(
        _ x: UnsafePointer<From>, _ rows: Int, _ inner: Int, _ sums: UnsafeMutablePointer<Int32>,
        _ value: (From) -> Int32
    ) {
        if inner == 1 {
            var total: Int32 = 0
            for index in 0..<rows { total &+= value(x[index]) }
            sums.pointee = total
        } else {
            sums.update(repeating: 0, count: inner)
            for row in 0..<rows {
                for column in 0..<inner { sums[column] &+= value(x[row * inner + column]) }
            }
        }
    }

    /// The extreme elements along an axis, and the first places where they stand; −1 where that is no `int32`.
    static func extreme(
        _ input: TensorView, _ around: (outer: Int, size: Int, inner: Int), isMinimum: Bool,
        values: TensorView, positions: TensorView
    ) {
        let places = positions.elements(as: Int32.self)
        if input.scalarType == .bool {
            extreme(
                input.elements(as: UInt8.self), around, isMinimum, values.elements(as: UInt8.self),
                places)
        } else {
            extreme(
                input.elements(as: Int32.self), around, isMinimum,
                values.elements(as: Int32.self), places)
        }
    }

    private static func extreme<Number: FixedWidthInteger>(
        _ x: UnsafePointer<Number>, _ around: (outer: Int, size: Int, inner: Int),
        _ isMinimum: Bool, _ values: UnsafeMutablePointer<Number>,
        _ places: UnsafeMutablePointer<Int32>
    ) {
        let (outer, size, inner) = around
        Parallel.rows(outer, costing: size * inner) { rows in
            for row in rows {
                let start = x + row * size * inner
                if inner == 1 {
                    let best = isMinimum ? least(start, size) : greatest(start, size)
                    values[row] = best
                    places[row] = Int32(exactly: firstPlace(of: best, start, size)) ?? -1
                } else {
                    columnExtremes(
                        start, size, inner, isMinimum, values + row * inner, places + row * inner)
                }
            }
        }
    }

    @inline(__always)
    private static func greatest<Number: FixedWidthInteger>(
        _ x: UnsafePointer<Number>, _ count: Int
    ) -> Number {
        var best = Number.min
        for index in 0..<count { best = max(best, x[index]) }
        return best
    }

    @inline(__always)
    private static func least<Number: FixedWidthInteger>(
        _ x: UnsafePointer<Number>, _ count: Int
    ) -> Number {
        var best = Number.max
        for index in 0..<count { best = min(best, x[index]) }
        return best
    }

    /// Block by block, so that the comparisons of a block need no branch.
    @inline(__always)
    private static func firstPlace<Number: FixedWidthInteger>(
        of value: Number, _ x: UnsafePointer<Number>, _ count: Int
    ) -> Int {
        var first = 0
        while first + 256 <= count {
            var found: Number = 0
            for index in first..<first + 256 { found |= x[index] == value ? 1 : 0 }
            if found != 0 { break }
            first += 256
        }
        while first < count - 1, x[first] != value { first += 1 }
        return first
    }

    @inline(__always)
    private static func columnExtremes<Number: FixedWidthInteger>(
        _ x: UnsafePointer<Number>, _ size: Int, _ inner: Int, _ isMinimum: Bool,
        _ values: UnsafeMutablePointer<Number>, _ places: UnsafeMutablePointer<Int32>
    ) {
        values.update(from: x, count: inner)
        places.update(repeating: 0, count: inner)
        for index in 1..<max(size, 1) {
            let place = Int32(exactly: index) ?? -1
            for column in 0..<inner {
                let value = x[index * inner + column]
                if isMinimum ? value < values[column] : value > values[column] {
                    values[column] = value
                    places[column] = place
                }
            }
        }
    }
}

extension Tensor {
    /// Whether any element is true: not 0, that is; NaN counts. Of nothing it is false.
    public func any() -> Tensor { flattened().any(axis: 0) }

    /// Whether all elements are true: not 0, that is; NaN counts. Of nothing it is true.
    public func all() -> Tensor { flattened().all(axis: 0) }

    /// Whether any element along an axis is true (not 0); of an empty axis false. `bool`.
    public func any(axis: Int, keepingAxis: Bool = false) -> Tensor {
        truth(axis, keepingAxis, isAll: false)
    }

    /// Whether all elements along an axis are true (not 0); of an empty axis true. `bool`.
    public func all(axis: Int, keepingAxis: Bool = false) -> Tensor {
        truth(axis, keepingAxis, isAll: true)
    }

    private func truth(_ axis: Int, _ keepingAxis: Bool, isAll: Bool) -> Tensor {
        let resolved = requireAxis(axis, isAll ? "All" : "Any")
        if shape[resolved] == 0 {
            return .filled(
                isAll ? 1 : 0, shape.removing(axis: resolved, keeping: keepingAxis), .bool)
        }
        let truths = detached().converted(to: .bool)
        return isAll
            ? truths.min(axis: resolved, keepingAxis: keepingAxis)
            : truths.max(axis: resolved, keepingAxis: keepingAxis)
    }
}
