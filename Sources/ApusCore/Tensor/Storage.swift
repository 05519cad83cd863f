/// The elements of a tensor: contiguous, row-major, 64-byte aligned, never changed once a tensor holds them.
///
/// A few elements lie in the object itself, which saves a small operation a second allocation; more of them in a
/// block of the ``MemoryPool``.
///
/// `@unchecked Sendable`: `view` and `room` are variables only so that `init` can point into the object itself.
/// The elements are written only between `init` and the first `Tensor` made of the storage, by the thread that
/// made it, or by a parameter's update that proved itself the only holder.
package final class Storage: @unchecked Sendable {
    /// Where the elements lie, and how.
    @exclusivity(unchecked)
    package private(set) final var view: TensorView
    /// The storage whose memory this one shows in another shape; nil when the memory is its own.
    ///
    /// Of no particular class: letting a chain of one's own kind go costs more, and there is never a chain.
    private let owner: AnyObject?
    private let isPooled: Bool
    @exclusivity(unchecked)
    private final var room = Room()
    /// What a ``Tracer`` knows the storage by; 0 for most. Written by the thread that made the storage, before any
    /// other sees it. It stands behind the room, which must begin at a multiple of 16.
    @exclusivity(unchecked)
    final var traceTag: UInt64 = 0

    /// Memory for a tensor, contents undefined.
    @inline(__always)
    package init(shape: Shape, scalarType: ScalarType) {
        let count = shape.count
        let (byteCount, isTooLarge) = count.multipliedReportingOverflow(by: scalarType.byteCount)
        if isTooLarge { fatalError("Tensor: \(shape) of \(scalarType) is more than any memory") }
        owner = nil
        isPooled = byteCount > Room.byteCount
        let block = isPooled ? MemoryPool.allocate(byteCount: byteCount) : Self.nowhere
        view = TensorView(pointer: block, shape: shape, count: count, scalarType: scalarType)
        if !isPooled {
            view.pointer = withUnsafeMutablePointer(to: &room) {
                UnsafeMutableRawPointer($0).alignedUp(toMultipleOf: Room.alignment)
            }
        }
    }

    /// The same memory in another shape of as many elements.
    package init(_ other: Storage, reshapedTo shape: Shape) {
        // A tagged one stands between, so that the trace knows the others by it.
        owner = other.traceTag != 0 ? other : other.owner ?? other
        isPooled = false
        view = TensorView(
            pointer: other.pointer, shape: shape, count: other.count, scalarType: other.scalarType)
    }

    /// Shape and type of another storage, without its elements: reading them is a mistake.
    init(shapeOf other: Storage) {
        owner = nil
        isPooled = false
        view = TensorView(
            pointer: Self.nowhere, shape: other.shape, count: other.count,
            scalarType: other.scalarType)
    }

    /// Whether there are elements, and not a shape alone.
    var hasElements: Bool { view.pointer != Self.nowhere }

    /// An address that nothing is at.
    private static var nowhere: UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(bitPattern: Room.alignment).unsafelyUnwrapped
    }

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
        if isPooled { MemoryPool.release(pointer, byteCount: byteCount) }
    }

    /// Whether the memory is shown by no other storage through this one.
    package var ownsMemory: Bool { owner == nil }

    /// The storage that this one shows in another shape, or itself.
    var root: Storage {
        owner.map { unsafeDowncast($0, to: Storage.self) } ?? self
    }

    /// A copy with memory of its own.
    package func copy() -> Storage {
        let copy = Storage(shape: shape, scalarType: scalarType)
        copy.pointer.copyMemory(from: pointer, byteCount: byteCount)
        return copy
    }

    /// Space for 128 bytes that begin at a multiple of 64, wherever the object itself lies (at one of 16).
    private struct Room {
        typealias Line = (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
        static let byteCount = 128
        static let alignment = 64

        private let first: Line = (0, 0, 0, 0, 0, 0, 0, 0)
        private let second: Line = (0, 0, 0, 0, 0, 0, 0, 0)
        private let slack: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
    }
}
