import CApusKernels

/// Numbers that a loss needs while it is computed: from the pool, given back at the end.
struct LossMemory<Element>: ~Copyable {
    let base: UnsafeMutablePointer<Element>
    private let byteCount: Int

    /// Memory for so many numbers, contents undefined.
    init(_ count: Int, of type: Element.Type = Element.self) {
        byteCount = max(count, 1) * MemoryLayout<Element>.stride
        base = MemoryPool.allocate(byteCount: byteCount).assumingMemoryBound(to: Element.self)
    }

    deinit { MemoryPool.release(base, byteCount: byteCount) }
}

/// Σ x·y in the order of all sums (``laneSum(count:_:)``), each product fused into its lane.
func laneDot<S: ReferenceScalar>(
    count: Int, _ x: (Int) -> S, _ y: (Int) -> S
) -> S {
    var total: S = 0
    for chunk in stride(from: 0, to: count, by: 4096) {
        var lanes = Array(repeating: S(0), count: 16)
        for index in chunk..<min(chunk + 4096, count) {
            lanes[(index - chunk) % 16].addProduct(x(index), y(index))
        }
        for width in [8, 4, 2, 1] {
            for lane in 0..<width { lanes[lane] += lanes[lane + width] }
        }
        total += lanes[0]
    }
    return total
}

/// The sum of contiguous numbers in the order of all sums.
func orderedSum<S: ReferenceScalar>(_ x: UnsafePointer<S>, count: Int) -> S {
    guard S.self == Float.self else { return laneSum(count: count) { x[$0] } }
    return UnsafeRawPointer(x).withMemoryRebound(to: Float.self, capacity: count) {
        S(Kernels.reduce.pointee.sum($0, Int64(count)))
    }
}
