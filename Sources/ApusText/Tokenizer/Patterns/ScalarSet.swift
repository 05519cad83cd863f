/// A set of Unicode scalars as sorted ranges that neither touch nor overlap.
struct ScalarSet: Hashable, Sendable {
    /// The ranges, lowest first.
    private(set) var ranges: [ClosedRange<UInt32>]

    /// The last number that is a code point.
    static let last: UInt32 = 0x10FFFF
    static let empty = ScalarSet(ranges: [])
    static let all = ScalarSet(ranges: [0...last])

    /// The union of ranges in any order.
    init(_ ranges: [ClosedRange<UInt32>]) {
        let sorted = ranges.sorted {
            ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
        }
        var merged: [ClosedRange<UInt32>] = []
        for range in sorted {
            if let previous = merged.last, range.lowerBound <= previous.upperBound &+ 1 {
                merged[merged.count - 1] =
                    previous.lowerBound...max(previous.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    /// A set of single scalars.
    init(scalars: some Sequence<UInt32>) {
        self.init(scalars.map { $0...$0 })
    }

    private init(ranges: [ClosedRange<UInt32>]) {
        self.ranges = ranges
    }

    /// The scalars for which `isMember` is true.
    init(where isMember: (UInt32) -> Bool) {
        var found: [ClosedRange<UInt32>] = []
        var start: UInt32?
        for scalar in 0...ScalarSet.last {
            if isMember(scalar) {
                if start == nil { start = scalar }
            } else if let first = start {
                found.append(first...scalar - 1)
                start = nil
            }
        }
        if let start { found.append(start...ScalarSet.last) }
        ranges = found
    }

    var isEmpty: Bool { ranges.isEmpty }

    /// How many scalars the set holds.
    var count: Int { ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 } }

    /// Whether the scalar is in the set, by bisection.
    func contains(_ scalar: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= scalar
    }

    /// Everything else.
    var inverted: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            if range.upperBound == ScalarSet.last { return ScalarSet(ranges: gaps) }
            next = range.upperBound + 1
        }
        gaps.append(next...ScalarSet.last)
        return ScalarSet(ranges: gaps)
    }

    func union(_ other: ScalarSet) -> ScalarSet {
        ScalarSet(ranges + other.ranges)
    }

    func intersection(_ other: ScalarSet) -> ScalarSet {
        var common: [ClosedRange<UInt32>] = []
        var left = 0
        var right = 0
        while left < ranges.count, right < other.ranges.count {
            let a = ranges[left]
            let b = other.ranges[right]
            let low = max(a.lowerBound, b.lowerBound)
            let high = min(a.upperBound, b.upperBound)
            if low <= high { common.append(low...high) }
            if a.upperBound < b.upperBound { left += 1 } else { right += 1 }
        }
        return ScalarSet(ranges: common)
    }
}
