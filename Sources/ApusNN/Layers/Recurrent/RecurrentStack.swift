import ApusCore

/// Layers of recurrent units above one another: what ``RNN``, ``LeakyRNN``, ``LSTM`` and ``GRU`` share.
struct RecurrentStack: Sendable {
    let cell: RecurrentCell
    let inputs: Int
    let width: Int
    let isBidirectional: Bool
    let dropout: Dropout
    /// By layer, then by direction.
    let weights: [[RecurrentWeights]]

    init(
        _ cell: RecurrentCell, _ inputs: Int, _ width: Int, layers: Int, isBidirectional: Bool,
        dropout: Float, hasBias: Bool, forgetBias: Float? = nil, initializer: Initializer?,
        source: RandomSource
    ) {
        guard inputs >= 0, width >= 0, layers >= 1 else {
            fatalError(
                "\(cell.name): \(inputs) inputs, width \(width) and \(layers) layers; sizes must not be negative, and one layer is the least"
            )
        }
        self.cell = cell
        self.inputs = inputs
        self.width = width
        self.isBidirectional = isBidirectional
        self.dropout = Dropout(dropout)
        let directions = isBidirectional ? 2 : 1
        weights = (0..<layers).map { layer in
            (0..<directions).map { _ in
                RecurrentWeights(
                    cell, inputs: layer == 0 ? inputs : directions * width, width: width,
                    hasBias: hasBias, forgetBias: forgetBias, initializer: initializer,
                    source: source)
            }
        }
    }

    var directions: Int { isBidirectional ? 2 : 1 }

    /// `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, `weight_ih_l0_reverse`, …
    var children: Children {
        Children(
            named: weights.enumerated().flatMap { layer, directions in
                directions.enumerated().flatMap { direction, weights in
                    weights.named("_l\(layer)" + (direction == 0 ? "" : "_reverse"))
                }
            })
    }

    /// The states of the top layer and each layer's last h and (LSTM) c.
    func run(
        _ x: Tensor, lengths: Tensor?, hidden: [Tensor]?, cells: [Tensor]?
    ) -> (states: Tensor, hidden: [Tensor], cells: [Tensor]) {
        guard x.rank == 3, x.shape[2] == inputs else {
            fatalError(
                "\(cell.name): the input is \(x.shape); it must be [batch, time, \(inputs)]")
        }
        for states in [hidden, cells] {
            guard let states, states.count != weights.count else { continue }
            fatalError(
                "\(cell.name): the initial state is of \(states.count) layers; there are \(weights.count)"
            )
        }
        let (batch, time) = (x.shape[0], x.shape[1])
        let zeros = Tensor.zeros(Shape(batch, directions * width), x.scalarType)
        let full = Tensor(repeating: Int32(time), shape: Shape(batch))
        var states = lengths.map { x.withoutPadding(lengths: $0, name: cell.name) } ?? x
        var (lastHidden, lastCells): ([Tensor], [Tensor]) = ([], [])
        for (layer, directions) in weights.enumerated() {
            if layer > 0 { states = dropout(states) }
            var operands = [states, lengths ?? full, hidden?[layer] ?? zeros]
            if cell.hasCell { operands.append(cells?[layer] ?? zeros) }
            operands += directions.flatMap(\.values)
            let outputs = apply(
                Recurrence(
                    cell, directions: directions.count, hasBias: directions[0].inputBias != nil),
                operands)
            states = outputs[0]
            lastHidden.append(outputs[1])
            if cell.hasCell { lastCells.append(outputs[2]) }
        }
        return (states, lastHidden, lastCells)
    }

    /// One step of a single layer.
    func step(_ x: Tensor, hidden: Tensor?, cell state: Tensor?) -> (hidden: Tensor, cell: Tensor?)
    {
        guard x.rank == 2, x.shape[1] == inputs else {
            fatalError("\(cell.name)Cell: the input is \(x.shape); it must be [batch, \(inputs)]")
        }
        let last = run(
            x.reshaped(to: Shape([x.shape[0], 1, inputs])), lengths: nil,
            hidden: hidden.map { [$0] }, cells: state.map { [$0] })
        return (last.hidden[0], last.cells.first)
    }
}

extension Tensor {
    /// 0 behind each row's length: whatever stands in the padding, it meets no weight.
    fileprivate func withoutPadding(lengths: Tensor, name: String) -> Tensor {
        let (batch, time) = (shape[0], shape[1])
        guard lengths.scalarType == .int32, lengths.shape == Shape(batch) else {
            fatalError(
                "\(name): \(shape) and lengths \(lengths.shape) of \(lengths.scalarType): the lengths must be int32, one for each row of the batch"
            )
        }
        let places = Tensor(ids: (0..<Int32(time)).map { $0 }).reshaped(to: Shape([1, time, 1]))
        let isText = places .< lengths.reshaped(to: Shape([batch, 1, 1]))
        return isText.select(self, like(0))
    }
}
