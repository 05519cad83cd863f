extension Tensor {
    /// Numbers spread evenly over `range`.
    ///
    /// - Parameters:
    ///   - shape: the sizes.
    ///   - range: from its lower to below its upper bound.
    ///   - key: decides the numbers: the same key gives the same ones.
    public static func uniform(
        _ shape: Shape, in range: Range<Float> = 0..<1, key: RandomKey
    ) -> Tensor {
        apply(RandomFill(shape, .uniform(range), key: key))
    }

    /// Normally distributed numbers.
    ///
    /// - Parameters:
    ///   - shape: the sizes.
    ///   - mean: their mean.
    ///   - deviation: their standard deviation.
    ///   - key: decides the numbers: the same key gives the same ones.
    public static func normal(
        _ shape: Shape, mean: Float = 0, deviation: Float = 1, key: RandomKey
    ) -> Tensor {
        apply(RandomFill(shape, .normal(mean: mean, deviation: deviation), key: key))
    }

    /// 0 with the given probability, 1/(1 − p) elsewhere.
    package static func dropoutMask(_ shape: Shape, probability: Float, key: RandomKey) -> Tensor {
        unsafe(shape: shape) { (buffer: UnsafeMutableBufferPointer<Float>) in
            key.fillMask(buffer, zeroProbability: probability, value: 1 / (1 - probability))
        }
    }
}
