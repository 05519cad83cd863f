import ApusCore

/// Long short-term memory: units that keep a cell c over many steps (Hochreiter and Schmidhuber 1997).
///
///     i, f, o = σ(W x + b + U h + d)      input, forget and output gate (Gers et al. 2000)
///     g = tanh(W x + b + U h + d)
///     c ← f · c + i · g
///     h ← o · tanh(c)
///
/// Gradients flow along c without being multiplied by a matrix at each step, so they reach back further than an
/// ``RNN``'s. Parameters are named and laid out as PyTorch's: for layer k `weight_ih_lk` `[4 · width, in]`,
/// `weight_hh_lk` `[4 · width, width]`, `bias_ih_lk` and `bias_hh_lk` `[4 · width]`, gates in the order i f g o; those
/// of the backward direction end in `_reverse`. They start uniform in ±1/√width.
///
/// ```swift
/// let lstm = LSTM(100, 200, bidirectional: true)
/// let (states, last) = lstm(embedding(ids), lengths: [5, 3])   // [2, 5, 400]; last.hidden: [2, 400]
/// ```
public struct LSTM: RecurrentLayer {
    private let stack: RecurrentStack

    /// `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, …
    public var children: Children { stack.children }

    /// The units of a layer in one direction.
    public var width: Int { stack.width }

    /// Layers of LSTM units.
    ///
    /// - Parameters:
    ///   - inputs: the size of the input's last axis.
    ///   - width: the units of each layer and direction.
    ///   - layers: how many stand above one another.
    ///   - bidirectional: with a second network that reads from each row's end to its start.
    ///   - dropout: in training, between layers.
    ///   - hasBias: without, b = d = 0.
    ///   - forgetBias: b + d of the forget gate at the start; 1 lets the cell remember from the first step
    ///     (Jozefowicz et al. 2015). Nil for random, as PyTorch does.
    ///   - initializer: of the weights; nil for uniform in ±1/√width.
    ///   - source: where the first values come from.
    public init(
        _ inputs: Int, _ width: Int, layers: Int = 1, bidirectional: Bool = false,
        dropout: Float = 0, hasBias: Bool = true, forgetBias: Float? = nil,
        initializer: Initializer? = nil, source: RandomSource = .current
    ) {
        stack = RecurrentStack(
            .lstm, inputs, width, layers: layers, isBidirectional: bidirectional,
            dropout: dropout, hasBias: hasBias, forgetBias: forgetBias, initializer: initializer,
            source: source)
    }

    /// The states of the top layer at each step, and each layer's state at the end.
    public func callAsFunction(
        _ x: Tensor, lengths: Tensor?, initial: LSTMState?
    ) -> (states: Tensor, last: LSTMState) {
        let run = stack.run(
            x, lengths: lengths, hidden: initial?.hiddenLayers, cells: initial?.cellLayers)
        return (run.states, LSTMState(hiddenLayers: run.hidden, cellLayers: run.cells))
    }
}

/// One step of ``LSTM`` units, for decoders: parameters `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`.
public struct LSTMCell: ModelPart {
    private let stack: RecurrentStack

    /// `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`.
    public var children: Children { Children(named: stack.weights[0][0].named("")) }

    /// A cell of `width` units; the arguments are those of ``LSTM``.
    public init(
        _ inputs: Int, _ width: Int, hasBias: Bool = true, forgetBias: Float? = nil,
        initializer: Initializer? = nil, source: RandomSource = .current
    ) {
        stack = RecurrentStack(
            .lstm, inputs, width, layers: 1, isBidirectional: false, dropout: 0, hasBias: hasBias,
            forgetBias: forgetBias, initializer: initializer, source: source)
    }

    /// The state after a step with the input x `[batch, in]`; nil for 0 before it.
    public func callAsFunction(_ x: Tensor, _ state: LSTMState? = nil) -> LSTMState {
        let (hidden, cell) = stack.step(x, hidden: state?.hidden, cell: state?.cell)
        return LSTMState(hidden: hidden, cell: cell ?? hidden)
    }
}
