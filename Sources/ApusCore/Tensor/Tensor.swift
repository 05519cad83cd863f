/// An array of numbers with any number of axes: a value, immutable, free to share between threads.
///
/// The elements are contiguous and row-major. Their type (``ScalarType``) is known at run time; `float32` is the
/// rule. Operations return new tensors. A tensor computed from a tracked one (a parameter, or the result of
/// ``tracked()``) remembers how it was computed, and ``backward(recording:)`` follows that record.
///
/// ```swift
/// let x = Tensor([[1, 2], [3, 4]])
/// print(matmul(x, x.transposed()) + 1)
/// ```
public struct Tensor: Sendable {
    package let storage: Storage
    package let node: Node?
    /// Which output of `node` this is.
    package let output: Int32

    @inline(__always)
    package init(_ storage: Storage, _ node: Node? = nil, output: Int = 0) {
        self.storage = storage
        self.node = node
        self.output = Int32(truncatingIfNeeded: output)
    }

    /// The sizes along the axes.
    public var shape: Shape { storage.shape }

    /// What the elements are.
    public var scalarType: ScalarType { storage.scalarType }

    /// The number of axes.
    public var rank: Int { storage.shape.rank }

    /// The number of elements.
    public var count: Int { storage.count }

    /// Whether gradients flow through this tensor.
    public var isTracked: Bool { node != nil }

    /// The same values as a new leaf, which gradients can be asked for.
    public func tracked() -> Tensor { Tensor(storage, Node()) }

    /// The same values without a record of how they were computed: a constant for gradients.
    public func detached() -> Tensor { Tensor(storage) }
}
