/// One axis of a copy: how many elements, and how many elements apart they lie on either side.
struct CopyAxis {
    var size: Int
    var from: Int
    var to: Int
}

/// Elements moved between two orders in memory: what permuting, repeating, slicing, padding and joining come down to.
///
/// Axes that lie one after another on both sides become one. Then whole runs are copied or filled; where the axes
/// cross, blocks of 16 × 16 are transposed in registers, so that both sides are read and written in runs.
enum StridedCopy {
    static func run(
        rank: Int, elementSize: Int, from source: UnsafeRawPointer,
        to target: UnsafeMutableRawPointer, _ axis: (Int) -> CopyAxis
    ) {
        withUnsafeTemporaryAllocation(of: CopyAxis.self, capacity: Shape.maximumRank) { axes in
            var count = 0
            for index in 0..<rank {
                let next = axis(index)
                if next.size == 0 { return }
                if next.size == 1 { continue }
                if count > 0, axes[count - 1].from == next.from * next.size,
                    axes[count - 1].to == next.to * next.size
                {
                    axes[count - 1].size *= next.size
                    axes[count - 1].from = next.from
                    axes[count - 1].to = next.to
                } else {
                    axes.initializeElement(at: count, to: next)
                    count += 1
                }
            }
            let merged = UnsafeBufferPointer(rebasing: axes[..<count])
            switch elementSize {
            case 1: copy(UInt8.self, merged, source, target)
            case 4: copy(UInt32.self, merged, source, target)
            default: copy(UInt64.self, merged, source, target)
            }
        }
    }

    private static func copy<Word: FixedWidthInteger>(
        _: Word.Type, _ axes: UnsafeBufferPointer<CopyAxis>, _ source: UnsafeRawPointer,
        _ target: UnsafeMutableRawPointer
    ) {
        let x = source.assumingMemoryBound(to: Word.self)
        let y = target.assumingMemoryBound(to: Word.self)
        guard let last = axes.last else {
            y.pointee = x.pointee
            return
        }
        if last.to == 1, last.from != 0, last.from != 1,
            let across = axes.indices.dropLast().first(where: { axes[$0].from == 1 })
        {
            return transpose(axes, across: across, x, y)
        }
        let runs = axes.dropLast().reduce(1) { $0 * $1.size }
        Parallel.rows(runs, costing: last.size) { range in
            forEachRun(range, axes, axes.count - 1) { from, to in
                copyRun(last, x + from, y + to)
            }
        }
    }

    @inline(__always)
    private static func copyRun<Word: FixedWidthInteger>(
        _ axis: CopyAxis, _ x: UnsafePointer<Word>, _ y: UnsafeMutablePointer<Word>
    ) {
        if axis.to == 1 && axis.from == 1 && axis.size > 8 {
            y.update(from: x, count: axis.size)
        } else if axis.to == 1 && axis.from == 0 {
            y.update(repeating: x.pointee, count: axis.size)
        } else {
            for index in 0..<axis.size { y[index * axis.to] = x[index * axis.from] }
        }
    }

    /// The axis `across` is contiguous in the source, the last one in the target.
    private static func transpose<Word: FixedWidthInteger>(
        _ axes: UnsafeBufferPointer<CopyAxis>, across: Int, _ x: UnsafePointer<Word>,
        _ y: UnsafeMutablePointer<Word>
    ) {
        let last = axes[axes.count - 1]
        let crossing = axes[across]
        withUnsafeTemporaryAllocation(of: CopyAxis.self, capacity: Shape.maximumRank) { outer in
            var count = 0
            for index in 0..<axes.count - 1 where index != across {
                outer.initializeElement(at: count, to: axes[index])
                count += 1
            }
            let others = UnsafeBufferPointer(rebasing: outer[..<count])
            let runs = others.reduce(1) { $0 * $1.size }
            // A task is a band of a multiple of 16 rows of the result.
            let band = Swift.max(16, 32_768 / last.size / 16 * 16)
            let bands = (crossing.size + band - 1) / band
            Parallel.rows(runs * bands, costing: Swift.min(band, crossing.size) * last.size) {
                tasks in
                for task in tasks {
                    let first = task % bands * band
                    let height = Swift.min(band, crossing.size - first)
                    forEachRun(task / bands..<task / bands + 1, others, count) { from, to in
                        transposeBlock(
                            x + from + first, last.from, y + to + first * crossing.to, crossing.to,
                            rows: last.size, columns: height)
                    }
                }
            }
        }
    }

    /// y[j, i] = x[i, j].
    private static func transposeBlock<Word: FixedWidthInteger>(
        _ x: UnsafePointer<Word>, _ xStride: Int, _ y: UnsafeMutablePointer<Word>, _ yStride: Int,
        rows: Int, columns: Int
    ) {
        if Word.self == UInt32.self {
            let source = UnsafeRawPointer(x).assumingMemoryBound(to: Float.self)
            let target = UnsafeMutableRawPointer(y).assumingMemoryBound(to: Float.self)
            Kernels.reduce.pointee.transpose(
                source, Int64(xStride), Int64(rows), Int64(columns), target, Int64(yStride))
            return
        }
        for top in stride(from: 0, to: rows, by: 8) {
            for left in stride(from: 0, to: columns, by: 8) {
                for column in left..<Swift.min(left + 8, columns) {
                    for row in top..<Swift.min(top + 8, rows) {
                        y[column * yStride + row] = x[row * xStride + column]
                    }
                }
            }
        }
    }

    /// Calls `body` with where each run of the range starts on either side; `count` axes are walked, the last fastest.
    @inline(__always)
    private static func forEachRun(
        _ range: Range<Int>, _ axes: UnsafeBufferPointer<CopyAxis>, _ count: Int,
        _ body: (Int, Int) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Shape.maximumRank) { position in
            var (rest, from, to) = (range.lowerBound, 0, 0)
            for axis in stride(from: count - 1, through: 0, by: -1) {
                position.initializeElement(at: axis, to: rest % axes[axis].size)
                rest /= axes[axis].size
                from += position[axis] * axes[axis].from
                to += position[axis] * axes[axis].to
            }
            for _ in range {
                body(from, to)
                var axis = count - 1
                while axis >= 0 {
                    position[axis] += 1
                    from += axes[axis].from
                    to += axes[axis].to
                    if position[axis] < axes[axis].size { break }
                    from -= axes[axis].size * axes[axis].from
                    to -= axes[axis].size * axes[axis].to
                    position[axis] = 0
                    axis -= 1
                }
            }
        }
    }
}

extension Shape {
    /// How many elements apart neighbours along an axis lie.
    @inline(__always)
    func stride(_ axis: Int) -> Int {
        var product = 1
        for index in axis + 1..<Swift.max(rank, axis + 1) { product *= self[index] }
        return product
    }
}
