/// The elements of a tensor: contiguous, row-major, never changed once a tensor holds them.
///
/// `@unchecked Sendable`: `pointer` is written only between `init` and the first `Tensor` made of the storage,
/// by the thread that made it, or through a ``StorageCell`` that proved itself the only holder.
package final class Storage: @unchecked Sendable {
    package let pointer: UnsafeMutableRawPointer
    package let shape: Shape
    package let count: Int
    package let scalarType: ScalarType
    /// The storage whose memory this one shows in another shape; nil when the memory is its own.
    private let owner: Storage?

    /// Memory for a tensor, contents undefined.
    package init(shape: Shape, scalarType: ScalarType) {
        self.shape = shape
        self.scalarType = scalarType
        count = shape.count
        owner = nil
        pointer = MemoryPool.allocate(byteCount: count * scalarType.byteCount)
    }

    /// The same memory in another shape of as many elements.
    package init(_ other: Storage, reshapedTo shape: Shape) {
        self.shape = shape
        scalarType = other.scalarType
        count = other.count
        owner = other.owner ?? other
        pointer = other.pointer
    }

    deinit {
        if owner == nil {
            MemoryPool.release(pointer, byteCount: count * scalarType.byteCount)
        }
    }

    package var byteCount: Int { count * scalarType.byteCount }

    /// Whether the memory is shown by no other storage through this one.
    package var ownsMemory: Bool { owner == nil }

    @inline(__always)
    package var floats: UnsafeMutablePointer<Float> {
        pointer.assumingMemoryBound(to: Float.self)
    }

    @inline(__always)
    package func elements<S>(as type: S.Type) -> UnsafeMutablePointer<S> {
        pointer.assumingMemoryBound(to: S.self)
    }

    /// A copy with memory of its own.
    package func copy() -> Storage {
        let copy = Storage(shape: shape, scalarType: scalarType)
        copy.pointer.copyMemory(from: pointer, byteCount: byteCount)
        return copy
    }
}
