/// The way back through a ``Recurrence``: the gradients of its operands from those of its states (back-propagation
/// through time, Werbos 1990).
///
/// Step after step, latest first, the gradients of the gates, and from them by a product that of the state before;
/// at the end the gradients of the weights as one product over all places in time.
///
/// Inputs: the gradients of the states, of the last h and (LSTM) c; the states and what the way forward kept; and
/// those operands of the recurrence that it reads: all but the biases. Outputs: the gradients of the initial h and
/// (LSTM) c; for each direction those of W_ih, W_hh and, with biases, of b_ih and (GRU) b_hh; and that of x, if it
/// is wanted.
package struct RecurrenceGradient: ReferencePrimitive {
    package let cell: RecurrentCell
    package let directions: Int
    package let hasBias: Bool
    package let wantsInput: Bool

    package init(_ cell: RecurrentCell, directions: Int, hasBias: Bool = true, wantsInput: Bool) {
        self.cell = cell
        self.directions = directions
        self.hasBias = hasBias
        self.wantsInput = wantsInput
    }

    var layout: RecurrentLayout {
        RecurrentLayout(cell: cell, directions: directions, hasBias: hasBias)
    }

    package var name: String { "\(cell.name)Gradient" }

    private var stateCount: Int { cell.hasCell ? 2 : 1 }
    private var weightCount: Int { hasBias ? (cell.separatesBiases ? 4 : 3) : 2 }
    package var outputCount: Int {
        stateCount + directions * weightCount + (wantsInput ? 1 : 0)
    }

    /// Whether the operand at `index` of the recurrence is an input.
    func reads(_ index: Int) -> Bool {
        index < layout.firstWeight
            || (index - layout.firstWeight) % layout.weightsPerDirection < 2
    }

    /// The output with the gradient of the operand at `index` of the recurrence.
    func output(ofInput index: Int) -> Int? {
        switch index {
        case RecurrentLayout.x: return wantsInput ? outputCount - 1 : nil
        case RecurrentLayout.lengths: return nil
        case ..<layout.firstWeight: return index - RecurrentLayout.hidden
        default:
            let (direction, weight) = (index - layout.firstWeight).quotientAndRemainder(
                dividingBy: layout.weightsPerDirection)
            return stateCount + direction * weightCount + min(weight, weightCount - 1)
        }
    }

    // Inputs.
    static let stateGradients = 0
    static let hiddenGradient = 1
    static let cellGradient = 2
    var states: Int { layout.visibleCount }
    var kept: Int { states + 1 }
    var cells: Int { states + 2 }
    var x: Int { layout.visibleCount + 1 + layout.outputCount - layout.visibleCount }
    var lengths: Int { x + 1 }
    var initialHidden: Int { x + 2 }
    var initialCell: Int { x + 3 }
    func inputWeight(_ direction: Int) -> Int { x + layout.firstWeight + 2 * direction }
    func recurrentWeight(_ direction: Int) -> Int { inputWeight(direction) + 1 }

    // Outputs.
    func inputWeightGradient(_ direction: Int) -> Int { stateCount + direction * weightCount }
    func recurrentWeightGradient(_ direction: Int) -> Int { inputWeightGradient(direction) + 1 }
    func biasGradient(_ direction: Int) -> Int { inputWeightGradient(direction) + 2 }
    func recurrentBiasGradient(_ direction: Int) -> Int { inputWeightGradient(direction) + 3 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = inputs[0].scalarType
        let (x, recurrent) = (inputs[x].shape, inputs[recurrentWeight(0)].shape)
        guard type.isFloating, x.rank == 3, recurrent.rank == 2 else {
            throw mismatch(inputs, "the input must be [batch, time, in] of floats")
        }
        guard inputs[0].shape == Shape([x[0], x[1], directions * recurrent[1]]) else {
            throw mismatch(inputs, "the first must be the gradient of the states")
        }
        if index < stateCount {
            return TensorType(Shape(x[0], directions * recurrent[1]), type)
        }
        if wantsInput, index == outputCount - 1 { return TensorType(x, type) }
        switch (index - stateCount) % weightCount {
        case 0: return TensorType(Shape(recurrent[0], x[2]), type)
        case 1: return TensorType(recurrent, type)
        default: return TensorType(Shape(recurrent[0]), type)
        }
    }

    /// The inputs, steps behind a row's length without what is not finite.
    func realSteps<S: FloatingScalar>(
        _ inputs: Operands, _ sizes: RecurrentSizes, _: S.Type
    ) -> UncountedRows<S> {
        let lengths = inputs[self.lengths].elements(as: Int32.self)
        return UncountedRows(
            inputs[x].elements(as: S.self), rows: sizes.places, depth: sizes.input
        ) { $0 % sizes.time < Int(lengths[$0 / sizes.time]) }
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        guard inputs[0].scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        RecurrentReturn(self, inputs, outputs).run()
    }

    /// Twice the way forward, less one product with W_ih where the gradient of x is not wanted.
    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        let sizes = RecurrentSizes(
            layout, x: inputs[x].shape, recurrentWeight: inputs[recurrentWeight(0)].shape)
        let unwanted = wantsInput ? 0 : sizes.inputFlops
        return 2 * sizes.flops(cell) - unwanted
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        fatalError(
            "\(name): a recurrence is differentiated twice through its composition; ask for backward(recording: true)"
        )
    }
}
