extension Sample {
    /// Everything that the operation gives in `float32`: the outputs, and the gradients of a sum over those that have
    /// some, by every operand that it is differentiable by.
    package func results(key: RandomKey) -> [Tensor] {
        var inputs = inputs(.float32, key: key)
        let differentiable = differentiable
        for index in differentiable { inputs[index] = inputs[index].tracked() }
        let outputs = applied(to: inputs)
        let values = outputs.map { $0.detached() }
        guard outputs[0].scalarType == .float32, !differentiable.isEmpty else { return values }
        let gradients = Sample.differentiableSum(outputs, of: primitive).backward()
        return values + differentiable.map { gradients[inputs[$0]] }
    }

    private func applied(to inputs: [Tensor]) -> [Tensor] {
        // Opens the existential.
        apply(primitive, inputs)
    }

    /// One number that depends on every element of the outputs that have gradients, from the given one on.
    package static func differentiableSum(
        _ outputs: [Tensor], from first: Int = 0, of primitive: any Primitive
    ) -> Tensor {
        outputs[first..<max(first, primitive.differentiableOutputCount)].reduce(
            Tensor.zeros([], outputs[0].scalarType)
        ) { $0 + weightedSum($1) }
    }
}

/// The sum of a tensor's elements, each times a fixed random number: one number that depends on every element.
package func weightedSum(_ tensor: Tensor, key: RandomKey = RandomKey(3)) -> Tensor {
    (tensor * weights(like: tensor, key: key)).sum()
}

/// Fixed random numbers of a tensor's shape and type.
package func weights(like tensor: Tensor, key: RandomKey = RandomKey(3)) -> Tensor {
    Tensor.uniform(tensor.shape, in: 0.5..<1.5, key: key).converted(to: tensor.scalarType)
}
