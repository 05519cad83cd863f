import ApusCore

/// What an ``RNN``, ``LeakyRNN`` or ``GRU`` remembers after (or before) a step: h of each layer.
public struct RecurrentState: Sendable {
    /// h of each layer, lowest first: `[batch, directions · width]`, the directions side by side.
    public var layers: [Tensor]

    /// The state of several layers.
    public init(layers: [Tensor]) { self.layers = layers }

    /// The state of a single layer.
    public init(hidden: Tensor) { layers = [hidden] }

    /// h of the top layer: `[batch, directions · width]`.
    public var hidden: Tensor { layers[layers.count - 1] }

    /// h of all layers as PyTorch stacks them: `[layers · directions, batch, width]`.
    ///
    /// - Parameter width: the units of a layer.
    public func stacked(width: Int) -> Tensor { stackedByDirection(layers, width: width) }
}

/// What an ``LSTM`` remembers after (or before) a step: h and c of each layer.
public struct LSTMState: Sendable {
    /// h of each layer, lowest first: `[batch, directions · width]`, the directions side by side.
    public var hiddenLayers: [Tensor]
    /// c of each layer, likewise.
    public var cellLayers: [Tensor]

    /// The state of several layers.
    public init(hiddenLayers: [Tensor], cellLayers: [Tensor]) {
        self.hiddenLayers = hiddenLayers
        self.cellLayers = cellLayers
    }

    /// The state of a single layer.
    public init(hidden: Tensor, cell: Tensor) {
        self.init(hiddenLayers: [hidden], cellLayers: [cell])
    }

    /// h of the top layer: `[batch, directions · width]`.
    public var hidden: Tensor { hiddenLayers[hiddenLayers.count - 1] }

    /// c of the top layer: `[batch, directions · width]`.
    public var cell: Tensor { cellLayers[cellLayers.count - 1] }

    /// The same values as constants: how far back gradients reach ends here (truncated back-propagation).
    public func detached() -> LSTMState {
        LSTMState(
            hiddenLayers: hiddenLayers.map { $0.detached() },
            cellLayers: cellLayers.map { $0.detached() })
    }

    /// h and c of all layers as PyTorch stacks them: `[layers · directions, batch, width]`.
    ///
    /// - Parameter width: the units of a layer.
    public func stacked(width: Int) -> (hidden: Tensor, cell: Tensor) {
        (
            stackedByDirection(hiddenLayers, width: width),
            stackedByDirection(cellLayers, width: width)
        )
    }
}

extension RecurrentState {
    /// The same values as constants: how far back gradients reach ends here (truncated back-propagation).
    public func detached() -> RecurrentState {
        RecurrentState(layers: layers.map { $0.detached() })
    }
}

extension RecurrentState: CompiledInput, CompiledOutput {
    /// The layers passed on.
    public func passed(to calls: CompiledCalls) -> RecurrentState {
        RecurrentState(layers: layers.passed(to: calls))
    }

    /// Hands out the layers.
    public func write(to results: CompiledResults) { layers.write(to: results) }

    /// The layers of a call.
    public init(from results: CompiledResults) { layers = [Tensor](from: results) }
}

extension LSTMState: CompiledInput, CompiledOutput {
    /// The layers passed on.
    public func passed(to calls: CompiledCalls) -> LSTMState {
        LSTMState(
            hiddenLayers: hiddenLayers.passed(to: calls), cellLayers: cellLayers.passed(to: calls))
    }

    /// Hands out the layers.
    public func write(to results: CompiledResults) {
        hiddenLayers.write(to: results)
        cellLayers.write(to: results)
    }

    /// The layers of a call.
    public init(from results: CompiledResults) {
        hiddenLayers = [Tensor](from: results)
        cellLayers = [Tensor](from: results)
    }
}

/// `[batch, directions · width]` of each layer to `[layers · directions, batch, width]`.
private func stackedByDirection(_ layers: [Tensor], width: Int) -> Tensor {
    concatenated(
        layers.flatMap { layer in
            stride(from: 0, to: layer.shape[1], by: max(width, 1)).map { column in
                layer.slice(column..<column + width, axis: 1)
                    .reshaped(to: Shape([1, layer.shape[0], width]))
            }
        }, axis: 0)
}
