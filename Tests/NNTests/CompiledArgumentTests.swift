import ApusCore
import ApusNN
import ApusTesting
import Testing

/// The library's own types as arguments and results of compiled code.
struct CompiledArgumentTests {
    @Test func bagsWithAndWithoutWeightsAreToldApart() {
        let table = seeded(1) { EmbeddingBag(10, 3, mode: .sum) }
        let f = compiled { (bags: Bags) in table(bags) }
        let plain = Bags([[0, 1], [2, 2, 9]])
        let weighted = Bags(
            ids: plain.ids, offsets: plain.offsets, weights: Tensor([1, 2, 3, 4, 5]))
        for _ in 0..<2 {
            for bags in [plain, weighted] {
                #expect(bitMismatch(f(bags), table(bags)) == nil)
            }
        }
    }

    @Test func masksOfAllKindsAreToldApart() {
        let x = Tensor.uniform([2, 3, 4], in: -1..<1, key: RandomKey(1))
        let f = compiled { (x: Tensor, mask: AttentionMask) in
            attention(x, x, x, heads: 2, mask: mask)
        }
        let seen = Tensor([true, false, true, true, true, false], shape: [2, 3])
        let masks: [AttentionMask] = [
            .none, .causal, .lengths(Tensor(ids: [1, 3])), .visible(seen),
            AttentionMask(isCausal: true, lengths: Tensor(ids: [1, 3])),
        ]
        for _ in 0..<2 {
            for mask in masks {
                let expected = attention(x, x, x, heads: 2, mask: mask)
                #expect(bitMismatch(f(x, mask), expected) == nil)
            }
        }
    }

    @Test func aRecurrentStateGoesInAndComesOut() {
        let layer = seeded(2) { LSTM(3, 4, layers: 2) }
        let f = compiled { (x: Tensor, state: LSTMState?) in
            let run = layer(x, lengths: nil, initial: state)
            return (run.states, run.last)
        }
        var (fast, slow): (LSTMState?, LSTMState?)
        for step in 0..<4 {
            let x = Tensor.uniform([2, 5, 3], in: -1..<1, key: RandomKey(UInt64(step)))
            let (states, last) = f(x, fast)
            let expected = layer(x, lengths: nil, initial: slow)
            #expect(bitMismatch(states, expected.states) == nil)
            (fast, slow) = (last, expected.last.detached())
        }
    }

    @Test func twoParametersOfEqualValuesStayTwo() {
        let (a, b) = (Parameter(Tensor([1])), Parameter(Tensor([1])))
        let f = compiled { (x: Tensor) in a.value * x + b.value * x * 10 }
        #expect(f(Tensor([1])).floats == [11])
        a.assign(Tensor([2]))
        #expect(f(Tensor([1])).floats == [12])
        b.assign(Tensor([3]))
        #expect(f(Tensor([1])).floats == [32])
    }

    @Test func gradientsByAParameterThatIsGivenGoToThatParameter() {
        let (a, b) = (Parameter(Tensor([1])), Parameter(Tensor([5])))
        let f = compiled { (w: Tensor, x: Tensor) in
            let gradients = (w * x).sum().backward()
            return [gradients[a], gradients[b]]
        }
        for _ in 0..<2 {
            #expect(f(a.value, Tensor([3])).map(\.floats) == [[3], [0]])
            #expect(f(b.value, Tensor([4])).map(\.floats) == [[0], [4]])
        }
    }

    @Test func aKeyValueCacheInsideStopsWithASentence() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let look = seeded(1) { MultiHeadAttention(4, heads: 2) }
            let cache = KeyValueCache()
            let f = compiled { (x: Tensor) in look(x, mask: .causal, cache: cache) }
            _ = f(Tensor.ones([1, 2, 4]))
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("use the cache outside of compiled"))
    }
}
