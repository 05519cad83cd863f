/// What can stand between a tensor's brackets for one axis: a position, a range, or `stride(from:to:by:)`.
public protocol AxisIndex: Sendable {
    /// The positions along an axis of `size`; negative ones in the index count from the end.
    func positions(along size: Int) -> AxisPositions
}

/// Regular places along an axis.
public struct AxisPositions: Sendable {
    let start: Int
    let step: Int
    let count: Int
    /// Whether the axis disappears.
    let isSingle: Bool

    /// `count` places from `start` on, `step` apart.
    public init(start: Int, step: Int = 1, count: Int) {
        self.init(start, step, count, isSingle: false)
    }

    init(_ start: Int, _ step: Int, _ count: Int, isSingle: Bool) {
        self.start = start
        self.step = step
        self.count = count
        self.isSingle = isSingle
    }

    /// The places from one to before another, both counted from the end when negative.
    fileprivate init(from lower: Int, upTo upper: Int, size: Int) {
        let start = lower < 0 ? lower + size : lower
        let end = upper < 0 ? upper + size : upper
        self.init(start: start, count: Swift.max(0, end - start))
    }
}

extension Int: AxisIndex {
    /// One position; the axis disappears.
    public func positions(along size: Int) -> AxisPositions {
        AxisPositions(self < 0 ? self + size : self, 1, 1, isSingle: true)
    }
}

extension Range<Int>: AxisIndex {
    /// The positions of the range.
    public func positions(along size: Int) -> AxisPositions {
        // −2..<0 would end before the first: nothing. `(-2)...` says "the last two".
        AxisPositions(from: lowerBound, upTo: upperBound, size: size)
    }
}

extension ClosedRange<Int>: AxisIndex {
    /// The positions of the range; −1 is the last.
    public func positions(along size: Int) -> AxisPositions {
        let last = upperBound < 0 ? upperBound + size : upperBound
        return AxisPositions(from: lowerBound, upTo: last + 1, size: size)
    }
}

extension PartialRangeFrom<Int>: AxisIndex {
    /// The positions from one on: `0...` is the whole axis, `(-2)...` its last two.
    public func positions(along size: Int) -> AxisPositions {
        AxisPositions(from: lowerBound, upTo: size, size: size)
    }
}

extension PartialRangeUpTo<Int>: AxisIndex {
    /// The positions in front of one: `..<(-1)` is all but the last.
    public func positions(along size: Int) -> AxisPositions {
        AxisPositions(from: 0, upTo: upperBound, size: size)
    }
}

extension PartialRangeThrough<Int>: AxisIndex {
    /// The positions up to one.
    public func positions(along size: Int) -> AxisPositions {
        let last = upperBound < 0 ? upperBound + size : upperBound
        return AxisPositions(from: 0, upTo: last + 1, size: size)
    }
}

extension StrideTo<Int>: AxisIndex {
    /// The positions that the stride meets.
    public func positions(along size: Int) -> AxisPositions { AxisPositions(Array(self)) }
}

extension StrideThrough<Int>: AxisIndex {
    /// The positions that the stride meets.
    public func positions(along size: Int) -> AxisPositions { AxisPositions(Array(self)) }
}

extension AxisPositions {
    fileprivate init(_ places: [Int]) {
        self.init(
            start: places.first ?? 0, step: places.count > 1 ? places[1] - places[0] : 1,
            count: places.count)
    }
}

extension Tensor {
    /// The elements at an index for each of the first axes; the others whole.
    ///
    /// ```swift
    /// x[0]                                   // the first row: the axis disappears
    /// x[0..., -1]                            // the last column
    /// x[1..<3, (-2)...]                      // rows 1 and 2, the last two columns
    /// x[stride(from: 0, to: 10, by: 2)]      // every other row
    /// ```
    /// Positions outside stop the program with a sentence.
    public subscript(indices: any AxisIndex...) -> Tensor {
        guard indices.count <= rank else {
            fatalError("Slice: \(shape): \(indices.count) indices for \(rank) axes")
        }
        let places = shape.indices.map { axis in
            axis < indices.count
                ? indices[axis].positions(along: shape[axis])
                : AxisPositions(start: 0, count: shape[axis])
        }
        let sliced = apply(
            StridedSlice(
                starts: places.map(\.start), steps: places.map(\.step), sizes: places.map(\.count)),
            self)
        guard places.contains(where: \.isSingle) else { return sliced }
        return sliced.reshaped(to: Shape(places.filter { !$0.isSingle }.map(\.count)))
    }
}
