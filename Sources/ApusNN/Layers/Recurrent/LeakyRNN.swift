import ApusCore

/// Recurrent units that forget slowly: h ← (1 − a) · h + a · tanh(W x + b + U h + d) (Mozer 1992; Jaeger et al. 2007).
///
/// With a small leak a the state follows its input with a delay of about 1/a steps, and gradients along
/// (1 − a) · h shrink that slowly: a fixed forget gate, a step on the way from ``RNN`` to ``LSTM``. a = 1 is an
/// ``RNN``. Parameters are named and laid out as an ``RNN``'s.
///
/// ```swift
/// let (states, last) = LeakyRNN(100, 200, leak: 0.1)(embedding(ids), lengths: [5, 3])
/// ```
public struct LeakyRNN: RecurrentLayer {
    private let stack: RecurrentStack

    /// `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, …
    public var children: Children { stack.children }

    /// The units of a layer in one direction.
    public var width: Int { stack.width }

    /// a, in 0...1.
    public let leak: Float

    /// Layers of leaky units.
    ///
    /// - Parameters:
    ///   - inputs: the size of the input's last axis.
    ///   - width: the units of each layer and direction.
    ///   - leak: a, above 0 and at most 1.
    ///   - layers: how many stand above one another.
    ///   - bidirectional: with a second network that reads from each row's end to its start.
    ///   - dropout: in training, between layers.
    ///   - hasBias: without, b = d = 0.
    ///   - initializer: of the weights; nil for uniform in ±1/√width.
    ///   - source: where the first values come from.
    public init(
        _ inputs: Int, _ width: Int, leak: Float, layers: Int = 1, bidirectional: Bool = false,
        dropout: Float = 0, hasBias: Bool = true, initializer: Initializer? = nil,
        source: RandomSource = .current
    ) {
        guard leak > 0 && leak <= 1 else {
            fatalError("LeakyRNN: the leak is \(leak); it must be above 0 and at most 1")
        }
        self.leak = leak
        stack = RecurrentStack(
            .leaky(leak), inputs, width, layers: layers, isBidirectional: bidirectional,
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
