import ApusCore
import ApusNN
import ApusTesting
import Testing

struct RecurrentTests {
    private let x = Tensor.uniform([2, 4, 3], in: -1..<1, key: RandomKey(1))

    @Test func parametersAreNamedAndLaidOutAsPyTorchs() {
        let lstm = LSTM(3, 5, layers: 2, bidirectional: true)
        #expect(
            lstm.parameters.map { "\($0.name) \($0.parameter.shape)" } == [
                "weight_ih_l0 [20, 3]", "weight_hh_l0 [20, 5]", "bias_ih_l0 [20]",
                "bias_hh_l0 [20]", "weight_ih_l0_reverse [20, 3]", "weight_hh_l0_reverse [20, 5]",
                "bias_ih_l0_reverse [20]", "bias_hh_l0_reverse [20]", "weight_ih_l1 [20, 10]",
                "weight_hh_l1 [20, 5]", "bias_ih_l1 [20]", "bias_hh_l1 [20]",
                "weight_ih_l1_reverse [20, 10]", "weight_hh_l1_reverse [20, 5]",
                "bias_ih_l1_reverse [20]", "bias_hh_l1_reverse [20]",
            ])
        #expect(auditChildren(lstm).isEmpty)
        #expect(
            GRU(3, 5, hasBias: false).parameters.map(\.parameter.shape) == [[15, 3], [15, 5]])
        #expect(
            LSTMCell(3, 5).parameters.map(\.name) == [
                "weight_ih", "weight_hh", "bias_ih", "bias_hh",
            ])
    }

    @Test func theForgetGatesBiasCanBeChosen() {
        let lstm = LSTM(3, 2, forgetBias: 1)
        let biases = lstm.parameters.filter { $0.name.hasPrefix("bias") }.map(\.parameter.value)
        let sum = (biases[0] + biases[1]).floats
        #expect(sum[2...3] == [1, 1])
        #expect(sum.filter { $0 == 1 }.count == 2)
    }

    @Test func paddingReachesNoStateAndNoGradient() {
        let mask = Tensor([1, 1, 1, 1, 1, 1, 0, 0], shape: [2, 4, 1])
        let isPadding = Tensor([0, 0, 0, 0, 0, 0, 1, 1], shape: [2, 4, 1]) .> 0.5
        for poison in [Float(1e30), .nan, .infinity] {
            func run(_ layer: some RecurrentLayer, _ x: Tensor) -> [Tensor] {
                let x = x.tracked()
                let (states, _) = layer(x, lengths: [4, 2])
                let gradients = square(states).sum().backward()
                return [states.detached(), gradients[x]]
                    + layer.parameters.map { gradients[$0.parameter] }
            }
            let poisoned = isPadding.select(Tensor(poison), x)
            func check(_ layer: some RecurrentLayer) {
                let (clean, dirty) = (run(layer, x), run(layer, poisoned))
                for (a, b) in zip(clean, dirty) { #expect(bitMismatch(a, b) == nil) }
                #expect((clean[0] * (1 - mask)).floats.allSatisfy { $0 == 0 })
                #expect((clean[1] * (1 - mask)).floats.allSatisfy { $0 == 0 })
            }
            check(RNN(3, 2, activation: .relu, layers: 2, bidirectional: true))
            check(LeakyRNN(3, 2, leak: 0.5, layers: 2, bidirectional: true))
            check(GRU(3, 2, layers: 2, bidirectional: true))
            check(LSTM(3, 2, layers: 2, bidirectional: true))
        }
    }

    @Test func theLastStateIsThatOfTheTrueLastStepInEitherDirection() {
        let gru = GRU(3, 2, bidirectional: true)
        let (states, last) = gru(x, lengths: [4, 2])
        let (forward, backward) = (states.slice(0..<2, axis: 2), states.slice(2..<4, axis: 2))
        #expect(
            last.hidden.slice(1..<2).floats
                == forward.slice(1..<2).slice(1..<2, axis: 1).floats
                + backward.slice(1..<2).slice(0..<1, axis: 1).floats)
        // A row by itself, without padding, gives the same.
        let alone = gru(x.slice(1..<2).slice(0..<2, axis: 1))
        #expect(alone.last.hidden.floats == last.hidden.slice(1..<2).floats)
    }

    @Test func piecesOfATextContinueFromTheLastState() {
        let lstm = LSTM(3, 5, layers: 2)
        let whole = lstm(x)
        let first = lstm(x.slice(0..<3, axis: 1))
        let second = lstm(x.slice(3..<4, axis: 1), initial: first.last)
        #expect(second.states.floats == whole.states.slice(3..<4, axis: 1).floats)
        #expect(second.last.cell.floats == whole.last.cell.floats)
    }

    @Test func aCellTakesTheStepsOfTheLayer() {
        let lstm = LSTM(3, 5)
        let cell = LSTMCell(3, 5)
        for (a, b) in zip(cell.parameters, lstm.parameters) {
            a.parameter.assign(b.parameter.value.detached())
        }
        var state: LSTMState?
        for time in 0..<4 {
            state = cell(x.slice(time..<time + 1, axis: 1).reshaped(to: [2, 3]), state)
        }
        #expect(state?.hidden.floats == lstm(x).last.hidden.floats)
    }

    @Test func aLeakOfOneIsASimpleNetwork() {
        let leaky = LeakyRNN(3, 5, leak: 1)
        let plain = RNN(3, 5)
        for (a, b) in zip(leaky.parameters, plain.parameters) {
            a.parameter.assign(b.parameter.value.detached())
        }
        #expect(mismatch(leaky(x).states, plain(x).states, within: 1e-6) == nil)
    }

    @Test func gradientsReachTheInitialState() {
        let lstm = LSTM(3, 2)
        let (h, c) = (Tensor.ones([2, 2]).tracked(), Tensor.ones([2, 2]).tracked())
        let (_, last) = lstm(x, lengths: [3, 0], initial: LSTMState(hidden: h, cell: c))
        // A row without steps passes its state, and so its gradient, on.
        let gradients = last.cell.sum().backward()
        #expect(gradients[c].floats[2...3] == [1, 1])
        #expect(gradients[h].floats[2...3] == [0, 0])
        #expect(gradients[c].floats[0] != 0 && gradients[h].floats[0] != 0)
    }

    @Test func dropoutWorksBetweenLayersAndOnlyInTraining() {
        let lstm = LSTM(3, 8, layers: 2, dropout: 0.5)
        let calm = lstm(x).states
        #expect(calm.floats == lstm(x).states.floats)
        let first = training(RandomKey(1)) { lstm(x).states }
        #expect(first.floats != calm.floats)
        #expect(first.floats == training(RandomKey(1)) { lstm(x).states }.floats)
        let single = LSTM(3, 8, dropout: 0.5)
        #expect(single(x).states.floats == training(RandomKey(1)) { single(x).states }.floats)
    }

    @Test func lengthsBeyondTheTimeAxisStopWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = LSTM(3, 2)(Tensor.ones([2, 4, 3]), lengths: [4, 5])
        }
        #expect(text(result).contains("LSTM: the length of row 1 is 5; it must be in 0...4"))
    }

    @Test func anInputOfAnotherSizeStopsWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = GRU(3, 2)(Tensor.ones([2, 4, 5]))
        }
        #expect(text(result).contains("GRU: the input is [2, 4, 5]; it must be [batch, time, 3]"))
    }

    private func text(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }
}
