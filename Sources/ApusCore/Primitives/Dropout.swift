/// Each element set to 0 with a probability, the others scaled up so that the expectation stays (Srivastava et
/// al. 2014): x · m, with m = 0 or 1/(1 − p).
///
/// - Parameters:
///   - x: any shape.
///   - probability: of an element to be dropped, in 0..<1.
///   - key: the mask follows from the key alone: the same key drops the same elements.
public func dropout(_ x: Tensor, probability: Float, key: RandomKey) -> Tensor {
    guard probability >= 0 && probability < 1 else {
        fatalError("Dropout: the probability is \(probability); it must be at least 0 and below 1")
    }
    if probability == 0 { return x }
    let mask = Tensor.dropoutMask(x.shape, probability: probability, key: key)
    return x * (x.scalarType == .float32 ? mask : mask.converted(to: x.scalarType))
}
