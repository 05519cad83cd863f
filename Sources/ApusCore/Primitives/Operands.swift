/// The shape and the element type of a tensor that is to be.
public struct TensorType: Sendable, Hashable {
    /// The sizes.
    public let shape: Shape
    /// What the elements are.
    public let scalarType: ScalarType

    /// A type.
    @inline(__always)
    public init(_ shape: Shape, _ scalarType: ScalarType = .float32) {
        self.shape = shape
        self.scalarType = scalarType
    }
}

/// What an operation reads, or writes: views, valid during the call they are passed to.
public struct Operands {
    private let base: UnsafePointer<TensorView>
    /// How many there are.
    public let count: Int

    /// Views that lie one after another in memory.
    @inline(__always)
    package init(_ base: UnsafePointer<TensorView>, count: Int) {
        self.base = base
        self.count = count
    }

    /// The view at a position.
    @inline(__always)
    public subscript(index: Int) -> TensorView { base[index] }

    /// The views as an array, for code where speed does not matter.
    public var array: [TensorView] { (0..<count).map { self[$0] } }
}

/// Lends the views of some storages as operands.
@inline(__always)
package func withOperands<Result, Failure: Error>(
    _ storages: [Storage], _ body: (Operands) throws(Failure) -> Result
) throws(Failure) -> Result {
    let views = storages.map(\.view)
    do {
        return try withExtendedLifetime(storages) {
            try views.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else {
                    fatalError("Operands: an operation needs at least one")
                }
                return try body(Operands(base, count: buffer.count))
            }
        }
    } catch let error as Failure {
        throw error
    } catch {
        fatalError("Operands: \(error)")
    }
}
