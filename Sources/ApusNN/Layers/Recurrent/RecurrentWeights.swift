import ApusCore

/// The weights of one layer of recurrent units in one direction, laid out as PyTorch's.
struct RecurrentWeights: Sendable {
    /// W_ih: `[gates · width, in]`.
    let input: Parameter
    /// W_hh: `[gates · width, width]`.
    let recurrent: Parameter
    /// b_ih: `[gates · width]`.
    let inputBias: Parameter?
    /// b_hh: `[gates · width]`.
    let recurrentBias: Parameter?

    init(
        _ cell: RecurrentCell, inputs: Int, width: Int, hasBias: Bool, forgetBias: Float?,
        initializer: Initializer?, source: RandomSource
    ) {
        let bound = Initializer.uniform(1 / Float(max(width, 1)).squareRoot())
        let gates = cell.gateCount * width
        func weight(_ columns: Int) -> Parameter {
            Parameter((initializer ?? bound).tensor(Shape(gates, columns), key: source.nextKey()))
        }
        /// `forget` in the place of the second of the four gates.
        func bias(forget: Float?) -> Parameter? {
            guard hasBias else { return nil }
            let values = bound.tensor(Shape(gates), key: source.nextKey())
            guard let forget else { return Parameter(values) }
            return Parameter(
                concatenated(
                    [
                        values.slice(0..<width), Tensor(repeating: forget, shape: Shape(width)),
                        values.slice(2 * width..<4 * width),
                    ], axis: 0))
        }
        input = weight(inputs)
        recurrent = weight(width)
        inputBias = bias(forget: forgetBias)
        // The two biases are added: one of them carries the forget gate's.
        recurrentBias = bias(forget: forgetBias.map { _ in 0 })
    }

    /// The parameters by PyTorch's names, with `suffix` behind them.
    func named(_ suffix: String) -> [(name: String, part: any ModelPart)] {
        var parts: [(name: String, part: any ModelPart)] = [
            ("weight_ih\(suffix)", input), ("weight_hh\(suffix)", recurrent),
        ]
        if let inputBias { parts.append(("bias_ih\(suffix)", inputBias)) }
        if let recurrentBias { parts.append(("bias_hh\(suffix)", recurrentBias)) }
        return parts
    }

    /// The parameters' values, as a ``Recurrence`` takes them.
    var values: [Tensor] {
        [input.value, recurrent.value] + [inputBias, recurrentBias].compactMap { $0?.value }
    }
}
