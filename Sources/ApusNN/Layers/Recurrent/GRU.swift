import ApusCore

/// Gated recurrent units: an ``LSTM``'s idea with two gates and one state (Cho et al. 2014).
///
///     r, z = σ(W x + b + U h + d)            reset and update gate
///     n = tanh(W x + b + r · (U h + d))
///     h ← (1 − z) · n + z · h
///
/// r is applied after the product, as cuDNN and PyTorch do. Parameters are named and laid out as PyTorch's: for layer
/// k `weight_ih_lk` `[3 · width, in]`, `weight_hh_lk` `[3 · width, width]`, `bias_ih_lk` and `bias_hh_lk`
/// `[3 · width]`, gates in the order r z n; those of the backward direction end in `_reverse`. They start uniform in
/// ±1/√width.
///
/// ```swift
/// let gru = GRU(100, 200, layers: 2, dropout: 0.2)
/// let (states, last) = gru(embedding(ids), lengths: [5, 3])   // [2, 5, 200]; last.hidden: [2, 200]
/// ```
public struct GRU: RecurrentLayer {
    private let stack: RecurrentStack

    /// `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, …
    public var children: Children { stack.children }

    /// The units of a layer in one direction.
    public var width: Int { stack.width }

    /// Layers of gated units.
    ///
    /// - Parameters:
    ///   - inputs: the size of the input's last axis.
    ///   - width: the units of each layer and direction.
    ///   - layers: how many stand above one another.
    ///   - bidirectional: with a second network that reads from each row's end to its start.
    ///   - dropout: in training, between layers.
    ///   - hasBias: without, b = d = 0.
    ///   - initializer: of the weights; nil for uniform in ±1/√width.
    ///   - source: where the first values come from.
    public init(
        _ inputs: Int, _ width: Int, layers: Int = 1, bidirectional: Bool = false,
        dropout: Float = 0, hasBias: Bool = true, initializer: Initializer? = nil,
        source: RandomSource = .current
    ) {
        stack = RecurrentStack(
            .gru, inputs, width, layers: layers, isBidirectional: bidirectional,
            dropout: dropout, hasBias: hasBias, initializer: initializer, source: source)
    }

    /// The states of the top layer at each step, and each layer's state at the end.
    public func callAsFunction(
        _ x: Tensor, lengths: Tensor?, initial: RecurrentState?
    ) -> (states: Tensor, last: RecurrentState) {
        let run = stack.run(x, lengths: lengths, hidden: initial?.layers, cells: nil)
        return (run.states, RecurrentState(layers: run.hidden))
    }
}

/// One step of ``GRU`` units, for decoders: parameters `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`.
public struct GRUCell: ModelPart {
    private let stack: RecurrentStack

    /// `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`.
    public var children: Children { Children(named: stack.weights[0][0].named("")) }

    /// A cell of `width` units; the arguments are those of ``GRU``.
    public init(
        _ inputs: Int, _ width: Int, hasBias: Bool = true, initializer: Initializer? = nil,
        source: RandomSource = .current
    ) {
        stack = RecurrentStack(
            .gru, inputs, width, layers: 1, isBidirectional: false, dropout: 0, hasBias: hasBias,
            initializer: initializer, source: source)
    }

    /// The state `[batch, width]` after a step with the input x `[batch, in]`; nil for 0 before it.
    public func callAsFunction(_ x: Tensor, _ hidden: Tensor? = nil) -> Tensor {
        stack.step(x, hidden: hidden, cell: nil).hidden
    }
}
