import ApusCore

/// How a parameter starts.
///
/// A weight is `[out, in]`, or `[out, in, …]` with the sizes of a convolution's kernel behind; a unit's fan-in is the
/// number of numbers that it adds up, its fan-out the number of sums that one input goes to.
public indirect enum Initializer: Sendable, Hashable {
    /// All 0.
    case zeros
    /// All the same.
    case constant(Float)
    /// Uniform in −bound..<bound; all 0 for a bound of 0.
    case uniform(Float)
    /// Normal with mean 0 and the given standard deviation.
    case normal(Float)
    /// Normal, numbers beyond two standard deviations drawn again; what comes out deviates by 0.88 of the given one.
    case truncatedNormal(Float)
    /// Uniform in ±√(6 / (in + out)): signals keep their size forward and backward through linear and tanh
    /// layers (Glorot and Bengio 2010).
    case glorotUniform
    /// Normal with deviation √(2 / (in + out)).
    case glorotNormal
    /// Uniform in ±√(6 / in): signals keep their size through rectifiers (He et al. 2015).
    case heUniform
    /// Normal with deviation √(2 / in).
    case heNormal
    /// Uniform in ±√(3 / in): signals keep their size forward (LeCun et al. 1998); for SELU too (Klambauer et al. 2017).
    case lecunUniform
    /// Normal with deviation √(1 / in).
    case lecunNormal
    /// A random rotation times a factor: rows of length 1 at right angles to each other, or columns where there are
    /// fewer of these (Saxe, McClelland and Ganguli 2014).
    case orthogonal(Float = 1)
    /// A factor on the diagonal, 0 elsewhere: the layer passes on what it gets (Le, Jaitly and Hinton 2015).
    case identity(Float = 1)
    /// So many inputs of each unit with normal weights of the given deviation, the others 0 (Martens 2010).
    case sparse(inputs: Int, deviation: Float = 1)
    /// The first axis in equal parts, each started in its own way: the gates of a recurrent layer.
    case parts([Initializer])

    /// The bias of an LSTM, gates in the order input, forget, cell, output: 1 for the forget gate, so that the cell
    /// remembers before it has learned what to forget (Gers et al. 2000; Józefowicz et al. 2015).
    public static func forgetBias(_ bias: Float = 1) -> Initializer {
        .parts([.zeros, .constant(bias), .zeros, .zeros])
    }

    /// First values for a parameter `[out, in, …]`, or `[n]`, which counts as in = out = n.
    public func tensor(_ shape: Shape, key: RandomKey) -> Tensor {
        shape.requireSizes()
        let (inputs, outputs) = Self.fans(shape)
        func uniform(_ variance: Float) -> Tensor {
            Initializer.uniform((3 * variance).squareRoot()).tensor(shape, key: key)
        }
        func normal(_ variance: Float) -> Tensor {
            .normal(shape, deviation: variance.squareRoot(), key: key)
        }
        switch self {
        case .zeros: return .zeros(shape)
        case .constant(let value): return Tensor(repeating: value, shape: shape)
        case .uniform(let bound):
            guard bound >= 0, (2 * bound).isFinite else {
                fatalError(
                    "Initializer.uniform: the bound is \(bound); it must be at least 0, and finite")
            }
            if bound == 0 { return .zeros(shape) }
            return .uniform(shape, in: -bound..<bound, key: key)
        case .normal(let deviation): return .normal(shape, deviation: deviation, key: key)
        case .truncatedNormal(let deviation):
            return truncatedNormalNumbers(shape, deviation: deviation, key: key)
        case .glorotUniform: return uniform(2 / (inputs + outputs))
        case .glorotNormal: return normal(2 / (inputs + outputs))
        case .heUniform: return uniform(2 / inputs)
        case .heNormal: return normal(2 / inputs)
        case .lecunUniform: return uniform(1 / inputs)
        case .lecunNormal: return normal(1 / inputs)
        case .orthogonal(let gain): return orthogonalMatrix(shape, gain: gain, key: key)
        case .identity(let gain): return identity(shape, gain: gain)
        case .sparse(let count, let deviation):
            return sparseWeights(shape, inputs: count, deviation: deviation, key: key)
        case .parts(let parts): return tensor(of: parts, shape, key: key)
        }
    }

    /// The fan-in and the fan-out of a weight.
    static func fans(_ shape: Shape) -> (inputs: Float, outputs: Float) {
        guard shape.rank >= 2 else {
            let count = Float(max(shape.count, 1))
            return (count, count)
        }
        let kernel = shape.count / max(shape[0] * shape[1], 1)
        return (Float(max(shape[1] * kernel, 1)), Float(max(shape[0] * kernel, 1)))
    }

    private func identity(_ shape: Shape, gain: Float) -> Tensor {
        guard shape.rank == 2 else {
            fatalError("Initializer.identity: the shape \(shape) is not a matrix")
        }
        var values = [Float](repeating: 0, count: shape.count)
        for index in 0..<min(shape[0], shape[1]) { values[index * shape[1] + index] = gain }
        return Tensor(values, shape: shape)
    }

    private func tensor(of parts: [Initializer], _ shape: Shape, key: RandomKey) -> Tensor {
        guard shape.rank > 0, !parts.isEmpty, shape[0] % parts.count == 0 else {
            fatalError(
                "Initializer.parts: the first axis of \(shape) cannot be cut into \(parts.count) equal parts"
            )
        }
        var sizes = Array(shape)
        sizes[0] /= parts.count
        let part = Shape(sizes)
        return concatenated(
            parts.enumerated().map { $1.tensor(part, key: key.folded(in: $0)) }, axis: 0)
    }
}
