/// Numbers drawn from a key: no inputs, `float32` of a shape.
///
/// An operation of its own, so that a compiled graph can draw anew in every call.
package struct RandomFill: KeyedPrimitive, Hashable {
    /// How the numbers are spread.
    package enum Distribution: Sendable, Hashable {
        /// Evenly over a range.
        case uniform(Range<Float>)
        /// Normally.
        case normal(mean: Float, deviation: Float)
    }

    let shape: Shape
    let distribution: Distribution
    package var key: RandomKey

    package init(_ shape: Shape, _ distribution: Distribution, key: RandomKey) {
        self.shape = shape
        self.distribution = distribution
        self.key = key
    }

    package var name: String {
        switch distribution {
        case .uniform: "Uniform"
        case .normal: "Normal"
        }
    }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        TensorType(shape, .float32)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let buffer = UnsafeMutableBufferPointer(start: outputs[0].floats, count: outputs[0].count)
        switch distribution {
        case .uniform(let range): key.fillUniform(buffer, in: range)
        case .normal(let mean, let deviation):
            key.fillNormal(buffer, mean: mean, deviation: deviation)
        }
    }

    /// Nothing: there are no inputs.
    package func derivative(_ step: BackwardStep) -> InputGradients { InputGradients(nil) }
}
