import ApusCore

/// Simple recurrent units: h ← f(W x + b + U h + d) (Elman 1990).
///
/// A gradient that goes back k steps is multiplied k times by U and by f′: it vanishes or explodes (Hochreiter 1991;
/// Bengio, Simard and Frasconi 1994). ``LSTM`` and ``GRU`` are the answer.
///
/// Parameters are named and laid out as PyTorch's: for layer k `weight_ih_lk` `[width, in]`, `weight_hh_lk`
/// `[width, width]`, `bias_ih_lk` and `bias_hh_lk` `[width]`; those of the backward direction end in `_reverse`. They
/// start uniform in ±1/√width.
///
/// ```swift
/// let (states, last) = RNN(100, 200)(embedding(ids), lengths: [5, 3])   // [2, 5, 200]; last.hidden: [2, 200]
/// ```
public struct RNN: RecurrentLayer {
    /// The function f of the units.
    public enum Activation: Sendable {
        /// tanh.
        case tanh
        /// max(0, x): keeps gradients, started with U near the identity (Le, Jaitly and Hinton 2015).
        case relu
    }

    private let stack: RecurrentStack

    /// `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, …
    public var children: Children { stack.children }

    /// The units of a layer in one direction.
    public var width: Int { stack.width }

    /// Layers of simple units.
    ///
    /// - Parameters:
    ///   - inputs: the size of the input's last axis.
    ///   - width: the units of each layer and direction.
    ///   - activation: the function f.
    ///   - layers: how many stand above one another.
    ///   - bidirectional: with a second network that reads from each row's end to its start.
    ///   - dropout: in training, between layers.
    ///   - hasBias: without, b = d = 0.
    ///   - initializer: of the weights; nil for uniform in ±1/√width.
    ///   - source: where the first values come from.
    public init(
        _ inputs: Int, _ width: Int, activation: Activation = .tanh, layers: Int = 1,
        bidirectional: Bool = false, dropout: Float = 0, hasBias: Bool = true,
        initializer: Initializer? = nil, source: RandomSource = .current
    ) {
        stack = RecurrentStack(
            activation == .tanh ? .tanh : .relu, inputs, width, layers: layers,
            isBidirectional: bidirectional, dropout: dropout, hasBias: hasBias,
            initializer: initializer, source: source)
    }

    /// The states of the top layer at each step, and each layer's state at the end.
    public func callAsFunction(
        _ x: Tensor, lengths: Tensor?, initial: RecurrentState?
    ) -> (states: Tensor, last: RecurrentState) {
        let run = stack.run(x, lengths: lengths, hidden: initial?.layers, cells: nil)
        return (run.states, RecurrentState(layers: run.hidden))
    }
}

/// One step of ``RNN`` units, for decoders: parameters `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`.
public struct RNNCell: ModelPart {
    private let stack: RecurrentStack

    /// `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`.
    public var children: Children { Children(named: stack.weights[0][0].named("")) }

    /// A cell of `width` units; the arguments are those of ``RNN``.
    public init(
        _ inputs: Int, _ width: Int, activation: RNN.Activation = .tanh, hasBias: Bool = true,
        initializer: Initializer? = nil, source: RandomSource = .current
    ) {
        stack = RecurrentStack(
            activation == .tanh ? .tanh : .relu, inputs, width, layers: 1, isBidirectional: false,
            dropout: 0, hasBias: hasBias, initializer: initializer, source: source)
    }

    /// The state `[batch, width]` after a step with the input x `[batch, in]`; nil for 0 before it.
    public func callAsFunction(_ x: Tensor, _ hidden: Tensor? = nil) -> Tensor {
        stack.step(x, hidden: hidden, cell: nil).hidden
    }
}
