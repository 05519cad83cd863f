/// The elements of a tensor: contiguous, row-major, never changed once a tensor holds them.
///
/// `@unchecked Sendable`: `pointer` is written only between `init` and the first `Tensor` made of the storage,
/// by the thread that made it, or by a parameter's update that proved itself the only holder.
package final class Storage: @unchecked Sendable {
    /// Where the elements lie, and how.
    package let view: TensorView
    /// The storage whose memory this one shows in another shape; nil when the memory is its own.
    private let owner: Storage?

    /// Memory for a tensor, contents undefined.
    @inline(__always)
    package init(shape: Shape, scalarType: ScalarType) {
        let count = shape.count
        owner = nil
        view = TensorView(
            pointer: MemoryPool.allocate(byteCount: count * scalarType.byteCount), shape: shape,
            count: count, scalarType: scalarType)
    }

    /// The same memory in another shape of as many elements.
    package init(_ other: Storage, reshapedTo shape: Shape) {
        owner = other.owner ?? other
        view = TensorView(
            pointer: other.pointer, shape: shape, count: other.count, scalarType: other.scalarType)
    }

    /// Shape and type of another storage, without its elements: reading them is a mistake.
    init(shapeOf other: Storage) {
        owner = Self.nobody
        view = TensorView(
            pointer: Self.nobody.pointer, shape: other.shape, count: other.count,
            scalarType: other.scalarType)
    }

    private static let nobody = Storage(shape: Shape(0), scalarType: .float32)

    package var pointer: UnsafeMutableRawPointer { view.pointer }
    package var shape: Shape { view.shape }
    package var count: Int { view.count }
    package var scalarType: ScalarType { view.scalarType }
    package var byteCount: Int { view.byteCount }

    @inline(__always)
    package var floats: UnsafeMutablePointer<Float> { view.floats }

    @inline(__always)
    package func elements<S>(as type: S.Type) -> UnsafeMutablePointer<S> { view.elements(as: type) }

    deinit {
        if owner == nil {
            MemoryPool.release(pointer, byteCount: count * scalarType.byteCount)
        }
    }

    /// Whether the memory is shown by no other storage through this one.
    package var ownsMemory: Bool { owner == nil }

    /// A copy with memory of its own.
    package func copy() -> Storage {
        let copy = Storage(shape: shape, scalarType: scalarType)
        copy.pointer.copyMemory(from: pointer, byteCount: byteCount)
        return copy
    }
}
