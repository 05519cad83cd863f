import ApusCore

/// How a parameter starts.
public enum Initializer: Sendable, Hashable {
    /// All 0.
    case zeros
    /// All the same.
    case constant(Float)
    /// Uniform in −bound..<bound.
    case uniform(Float)
    /// Normal with mean 0 and the given standard deviation.
    case normal(Float)
    /// Uniform in ±√(6 / (in + out)): signals keep their size forward and backward through linear and tanh
    /// layers (Glorot and Bengio 2010).
    case glorotUniform
    /// Normal with deviation √(2 / (in + out)).
    case glorotNormal
    /// Uniform in ±√(6 / in): signals keep their size through rectifiers (He et al. 2015).
    case heUniform
    /// Normal with deviation √(2 / in).
    case heNormal

    /// First values for a parameter `[out, in]` (or `[n]`, which counts as in = out = n).
    public func tensor(_ shape: Shape, key: RandomKey) -> Tensor {
        let fanOut = Float(max(shape.rank > 0 ? shape[0] : 1, 1))
        let fanIn = Float(max(shape.count, 1)) / fanOut
        let (inputs, outputs) = shape.rank < 2 ? (fanOut, fanOut) : (fanIn, fanOut)
        switch self {
        case .zeros: return .zeros(shape)
        case .constant(let value): return Tensor(repeating: value, shape: shape)
        case .uniform(let bound): return .uniform(shape, in: -bound..<bound, key: key)
        case .normal(let deviation): return .normal(shape, deviation: deviation, key: key)
        case .glorotUniform:
            return Initializer.uniform((6 / (inputs + outputs)).squareRoot()).tensor(
                shape, key: key)
        case .glorotNormal:
            return Initializer.normal((2 / (inputs + outputs)).squareRoot()).tensor(shape, key: key)
        case .heUniform:
            return Initializer.uniform((6 / inputs).squareRoot()).tensor(shape, key: key)
        case .heNormal: return Initializer.normal((2 / inputs).squareRoot()).tensor(shape, key: key)
        }
    }
}
