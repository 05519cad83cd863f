/// The outer product of two vectors: y[i, j] = a[i] · b[j].
///
/// - Parameters:
///   - a: `[n]`.
///   - b: `[m]`.
/// - Returns: `[n, m]`.
public func outer(_ a: Tensor, _ b: Tensor) -> Tensor {
    guard a.rank == 1, b.rank == 1 else {
        fatalError("Outer: \(a.shape) and \(b.shape): two vectors are needed")
    }
    return a.reshaped(to: Shape(a.count, 1)) * b
}
