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

/// The sum of contiguous numbers in the order of all sums.
func orderedSum<S: ReferenceScalar>(_ x: UnsafePointer<S>, count: Int) -> S {
    guard S.self == Float.self else { return laneSum(count: count) { x[$0] } }
    return UnsafeRawPointer(x).withMemoryRebound(to: Float.self, capacity: count) {
        S(Kernels.reduce.pointee.sum($0, Int64(count)))
    }
}
