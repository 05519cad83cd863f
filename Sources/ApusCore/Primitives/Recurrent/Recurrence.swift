import CApusKernels

/// A layer of recurrent units over whole sequences, in one or both directions.
///
/// One product for all inputs, then step after step the product with the last state and, while its sums are in the
/// cache, the gates. Blocks of rows go through time independently of one another, so no thread waits for another.
/// Rows end at their lengths: behind them states are 0, and the backward direction starts there.
///
/// Operands: ``RecurrentLayout``.
package struct Recurrence: ReferencePrimitive {
    package let cell: RecurrentCell
    package let directions: Int
    package let hasBias: Bool

    package init(_ cell: RecurrentCell, directions: Int, hasBias: Bool = true) {
        self.cell = cell
        self.directions = directions
        self.hasBias = hasBias
    }

    var layout: RecurrentLayout {
        RecurrentLayout(cell: cell, directions: directions, hasBias: hasBias)
    }

    package var name: String { cell.name }
    package var outputCount: Int { layout.outputCount }
    package var differentiableOutputCount: Int { layout.visibleCount }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let layout = layout
        let type = inputs[0].scalarType
        try requireOperands(inputs)
        let x = inputs[0].shape
        let width = inputs[layout.recurrentWeight(0)].shape[1]
        switch index {
        case RecurrentLayout.states:
            return TensorType(Shape([x[0], x[1], directions * width]), type)
        case ..<layout.visibleCount: return TensorType(Shape(x[0], directions * width), type)
        case layout.kept:
            return TensorType(Shape([directions, x[0], x[1], cell.keptCount * width]), type)
        default: return TensorType(Shape([directions, x[0], x[1], width]), type)
        }
    }

    private func requireOperands(_ inputs: Operands) throws(ShapeError) {
        let layout = layout
        let type = inputs[0].scalarType
        let (x, lengths) = (inputs[0], inputs[RecurrentLayout.lengths])
        guard type.isFloating, x.shape.rank == 3 else {
            throw mismatch(inputs, "the input must be [batch, time, in] of floats")
        }
        guard lengths.scalarType == .int32, lengths.shape == Shape(x.shape[0]) else {
            throw mismatch(inputs, "the lengths must be int32, one for each row of the batch")
        }
        for index in RecurrentLayout.hidden..<layout.inputCount
        where inputs[index].scalarType != type {
            throw mismatch(
                inputs,
                "the elements are \(type) and \(inputs[index].scalarType); convert one")
        }
        let recurrent = inputs[layout.recurrentWeight(0)].shape
        let gates = cell.gateCount
        guard recurrent.rank == 2, recurrent[0] == gates * recurrent[1] else {
            throw mismatch(inputs, "a recurrent weight must be [\(gates) · width, width]")
        }
        let width = recurrent[1]
        for direction in 0..<directions {
            let inputWeight = Shape(gates * width, x.shape[2])
            guard inputs[layout.inputWeight(direction)].shape == inputWeight,
                inputs[layout.recurrentWeight(direction)].shape == recurrent
            else {
                throw mismatch(
                    inputs,
                    "the weights must be \(inputWeight) and \(recurrent) for this input and width")
            }
            guard hasBias else { continue }
            for index in [layout.inputBias(direction), layout.recurrentBias(direction)]
            where inputs[index].shape != Shape(gates * width) {
                throw mismatch(inputs, "the biases must be \(Shape(gates * width))")
            }
        }
        let state = Shape(x.shape[0], directions * width)
        for index in RecurrentLayout.hidden..<layout.firstWeight where inputs[index].shape != state
        {
            throw mismatch(inputs, "the initial state must be \(state)")
        }
    }

    /// Lengths are values, so they are looked at when the operation runs.
    static func requireLengths(_ name: String, _ lengths: TensorView, time: Int) {
        let values = lengths.elements(as: Int32.self)
        for row in 0..<lengths.count where values[row] < 0 || values[row] > time {
            fatalError(
                "\(name): the length of row \(row) is \(values[row]); it must be in 0...\(time), the time axis of the input"
            )
        }
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        RecurrentForward(layout, inputs, outputs).run()
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        RecurrentSizes(
            layout, x: inputs[0].shape, recurrentWeight: inputs[layout.recurrentWeight(0)].shape
        ).flops(cell)
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let layout = layout
        if step.isRecording {
            return step.throughComposition { RecurrentComposition(layout, $0).outputs }
        }
        let inputs = step.inputs
        func gradient(_ index: Int) -> Tensor {
            step.gradient(of: index)
                ?? .zeros(step.outputs[index].shape, step.outputs[index].scalarType)
        }
        let back = RecurrenceGradient(
            cell, directions: directions, hasBias: hasBias, wantsInput: step.wants(0))
        let gradients = apply(
            back,
            (0..<layout.visibleCount).map(gradient)
                + [RecurrentLayout.states].map { step.outputs[$0] }
                + (layout.visibleCount..<layout.outputCount).map { step.outputs[$0] }
                + (0..<layout.inputCount).filter(back.reads).map { inputs[$0] })
        return InputGradients(
            (0..<layout.inputCount).map { index in
                guard step.wants(index), let output = back.output(ofInput: index) else {
                    return nil
                }
                return .dense(gradients[output])
            })
    }
}
