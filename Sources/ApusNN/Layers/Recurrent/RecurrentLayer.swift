import ApusCore

/// A network that goes through sequences and keeps a state: ``RNN``, ``LeakyRNN``, ``GRU``, ``LSTM``.
public protocol RecurrentLayer: Layer
where Input == Tensor, Output == (states: Tensor, last: State) {
    /// What it remembers from step to step.
    associatedtype State: Sendable

    /// Goes through sequences.
    ///
    /// - Parameters:
    ///   - x: `[batch, time, in]`.
    ///   - lengths: how many steps of each row are real: `int32` `[batch]`; nil for all. What stands behind them
    ///     reaches no state, no gradient and no loss.
    ///   - initial: the states before the first step; nil for 0.
    /// - Returns: h of the top layer at each step, `[batch, time, directions · width]`, 0 behind a row's length; and
    ///   the states after each row's last step (of the backward direction: its first).
    func callAsFunction(
        _ x: Tensor, lengths: Tensor?, initial: State?
    ) -> (states: Tensor, last: State)
}

extension RecurrentLayer {
    /// Goes through whole rows, from zero states.
    public func callAsFunction(_ x: Tensor) -> (states: Tensor, last: State) {
        self(x, lengths: nil, initial: nil)
    }

    /// Goes through whole rows from given states, as from where the last piece of a text ended.
    public func callAsFunction(_ x: Tensor, initial: State?) -> (states: Tensor, last: State) {
        self(x, lengths: nil, initial: initial)
    }

    /// Goes through sequences of the given lengths (`int32` `[batch]`; nil for whole rows), from zero states.
    public func callAsFunction(_ x: Tensor, lengths: Tensor?) -> (states: Tensor, last: State) {
        self(x, lengths: lengths, initial: nil)
    }

    /// Goes through sequences of the given lengths.
    public func callAsFunction(
        _ x: Tensor, lengths: [Int], initial: State? = nil
    ) -> (states: Tensor, last: State) {
        self(x, lengths: Tensor(ids: lengths.map { Int32(clamping: $0) }), initial: initial)
    }
}
