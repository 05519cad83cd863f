import ApusCore
import ApusNN
import ApusTesting
import Testing

/// What a mask hides reaches nothing, whatever it holds: neither a result nor a gradient, by no kind of mask.
struct HiddenPositionTests {
    private static let bad: [Float] = [.nan, .infinity, -.infinity]

    /// `[batch, time, width]` with numbers, and `value` at some positions.
    private func sequence(
        _ shape: Shape, _ seed: UInt64, _ value: Float?, at places: [(Int, Int)]
    ) -> Tensor {
        var numbers = Tensor.normal(shape, key: RandomKey(seed)).floats
        guard let value else { return Tensor(numbers, shape: shape) }
        for (row, position) in places {
            for column in 0..<shape[2] {
                numbers[(row * shape[1] + position) * shape[2] + column] = value
            }
        }
        return Tensor(numbers, shape: shape)
    }

    /// An attention's result and gradients, with numbers or with something else at hidden places.
    private func run(
        _ value: Float?, at places: [(Int, Int)], queries hidden: [(Int, Int)], mask: AttentionMask,
        options: AttentionOptions = AttentionOptions(), queryCount: Int, recording: Bool
    ) -> [Tensor] {
        let (k, v) = (
            sequence([2, 6, 8], 2, value, at: places).tracked(),
            sequence([2, 6, 8], 3, value, at: places).tracked()
        )
        let q = sequence([2, queryCount, 8], 1, value, at: hidden).tracked()
        let result = attention(q, k, v, heads: 2, mask: mask, options: options)
        // What hidden queries find does not count.
        var counts = [Bool](repeating: true, count: 2 * queryCount)
        for (row, position) in hidden { counts[row * queryCount + position] = false }
        let counted = Tensor(counts, shape: [2, queryCount, 1])
            .select(result, Tensor(0))
        let weights = Tensor.normal(counted.shape, key: RandomKey(9))
        let gradients = (counted * weights).sum().backward(recording: recording)
        return [counted, gradients[q], gradients[k], gradients[v]].map { $0.detached() }
    }

    private func expectUntouched(
        at places: [(Int, Int)], queries hidden: [(Int, Int)] = [], mask: AttentionMask,
        options: AttentionOptions = AttentionOptions(), queryCount: Int = 6, _ note: Comment
    ) {
        for recording in [false, true] {
            let plain = run(
                nil, at: places, queries: hidden, mask: mask, options: options,
                queryCount: queryCount, recording: recording)
            for value in Self.bad {
                let found = run(
                    value, at: places, queries: hidden, mask: mask, options: options,
                    queryCount: queryCount, recording: recording)
                for (a, b) in zip(found, plain) {
                    if recording {
                        #expect(mismatch(a, b, within: 1e-5) == nil, note)
                    } else {
                        // −0 and 0 are the same number.
                        #expect(bitMismatch(a + 0, b + 0) == nil, note)
                    }
                }
            }
        }
    }

    private let visible = Tensor(
        [true, false, true, true, false, true, false, true, true, false, false, true],
        shape: [2, 6])
    private let hiddenKeys = [(0, 1), (0, 4), (1, 0), (1, 3), (1, 4)]

    @Test func hiddenKeysReachNothing() {
        expectUntouched(at: hiddenKeys, mask: .visible(visible), "visible")
        expectUntouched(
            at: hiddenKeys, queries: hiddenKeys, mask: .visible(visible), "visible, queries too")
    }

    @Test func whatIsBehindALengthReachesNothing() {
        let lengths = AttentionMask.lengths(Tensor(ids: [3, 5]))
        let places = [(0, 3), (0, 4), (0, 5), (1, 5)]
        expectUntouched(at: places, mask: lengths, "lengths")
        expectUntouched(at: places, queries: places, mask: lengths, "lengths, queries too")
    }

    @Test func laterKeysReachNoEarlierQuery() {
        // The last key is seen by the last query alone, which does not count.
        expectUntouched(
            at: [(0, 5), (1, 5)], queries: [(0, 5), (1, 5)], mask: .causal, "causal")
        expectUntouched(at: [(0, 4), (0, 5), (1, 4), (1, 5)], mask: .causal, queryCount: 4, "few")
    }

    @Test func combinedMasksHideTogether() {
        var mask = AttentionMask.visible(visible)
        mask.isCausal = true
        expectUntouched(at: hiddenKeys, queries: hiddenKeys, mask: mask, "causal and visible")
        mask.lengths = Tensor(ids: [5, 6])
        expectUntouched(
            at: hiddenKeys + [(0, 5)], queries: hiddenKeys + [(0, 5)], mask: mask, "all three")
    }

    @Test func slopesAndBiasesChangeNothingAboutIt() {
        let bias = Tensor.normal([2, 6, 6], key: RandomKey(5))
        let options = AttentionOptions(bias: bias, hasSlopes: true)
        expectUntouched(at: hiddenKeys, mask: .visible(visible), options: options, "bias")
        expectUntouched(
            at: [(0, 5), (1, 5)], queries: [(0, 5), (1, 5)], mask: .causal, options: options,
            "causal with bias")
    }

    @Test func aBiasOfMinusInfinityHidesToo() {
        // Key 2 is hidden from all, by the bias alone.
        let column = Tensor([0, 0, -.infinity, 0, 0, 0], shape: [1, 6])
        let bias = Tensor.normal([6, 6], key: RandomKey(5)) + column
        expectUntouched(
            at: [(0, 2), (1, 2)], mask: .none, options: AttentionOptions(bias: bias), "bias")
    }

    @Test func sharedKeysAndDropoutChangeNothingAboutIt() {
        let options = AttentionOptions(dropout: 0.3, dropoutKey: RandomKey(7))
        expectUntouched(at: hiddenKeys, mask: .visible(visible), options: options, "dropout")
    }

    @Test func longSequencesHideToo() {
        for count in [70, 300] {
            let x = Tensor.normal([1, count, 3 * 16], key: RandomKey(3))
            var numbers = x.floats
            for column in 0..<48 { numbers[(count - 1) * 48 + column] = .nan }
            let spoiled = Tensor(numbers, shape: x.shape)
            let (a, b) = (
                selfAttention(x, heads: 2, mask: .causal),
                selfAttention(spoiled, heads: 2, mask: .causal)
            )
            #expect(
                bitMismatch(a.slice(0..<count - 1, axis: 1), b.slice(0..<count - 1, axis: 1))
                    == nil)
            #expect(b.slice(count - 1..<count, axis: 1).floats.allSatisfy { $0.isNaN })
        }
    }

    @Test func doublesHideToo() {
        let q = Tensor([1, 1], shape: [1, 1, 2]).converted(to: .float64)
        let k = Tensor([1, 0, .nan, 1], shape: [1, 2, 2]).converted(to: .float64).tracked()
        let v = Tensor([1, 2, .infinity, 3], shape: [1, 2, 2]).converted(to: .float64).tracked()
        let mask = AttentionMask.visible(Tensor([true, false], shape: [1, 2]))
        let result = attention(q, k, v, mask: mask)
        #expect((0..<2).map { result.element(at: $0) } == [1, 2])
        let gradients = result.sum().backward()
        #expect((0..<4).map { gradients[v].element(at: $0) } == [1, 1, 0, 0])
        #expect((0..<4).map { gradients[k].element(at: $0) } == [0, 0, 0, 0])
    }

    @Test func aVisibleNaNIsNotHidden() {
        let q = Tensor([1, 1], shape: [1, 1, 2])
        let k = Tensor([1, 0, 0, 1], shape: [1, 2, 2])
        let v = Tensor([1, 2, .nan, 3], shape: [1, 2, 2])
        let mask = AttentionMask.visible(Tensor([true, true], shape: [1, 2]))
        #expect(attention(q, k, v, mask: mask).floats[0].isNaN)
        #expect(attention(q, k, v, mask: .causal).floats == [1, 2])
        let weights = attentionWeights(q, v, mask: mask).floats
        #expect(weights.allSatisfy { $0.isNaN })
        let hidden = AttentionMask.visible(Tensor([true, false], shape: [1, 2]))
        #expect(attentionWeights(q, v, mask: hidden).floats == [1, 0])
    }

    // MARK: Layers

    /// A layer's result at the first positions, and the gradients of its parameters and of those positions.
    private func layerRun(
        _ part: any ModelPart, _ value: Float?, real: [Int], width: Int, recording: Bool = false,
        _ body: (Tensor) -> Tensor
    ) -> [Tensor] {
        let time = 6
        let places = real.enumerated().flatMap { row, length in
            (length..<time).map { (row, $0) }
        }
        let x = sequence(Shape([real.count, time, width]), 4, value, at: places).tracked()
        let mask = Tensor.lengthMask(Tensor(ids: real.map { Int32($0) }), count: time)
        let result = body(x)
        let counted =
            result.rank == 3 && result.shape[1] == time
            ? mask.reshaped(to: Shape([real.count, time, 1])).select(result, Tensor(0)) : result
        let weights = Tensor.normal(counted.shape, key: RandomKey(8))
        let gradients = (counted * weights).sum().backward(recording: recording)
        return [counted.detached(), gradients[x].detached()]
            + part.parameters.map { gradients[$0.parameter].detached() }
    }

    private func expectPaddingUnread(
        _ part: any ModelPart, real: [Int] = [6, 3, 1], width: Int, _ note: Comment,
        _ body: (Tensor) -> Tensor
    ) {
        let plain = layerRun(part, 1000, real: real, width: width, body)
        for value in Self.bad {
            for recording in [false, true] {
                let found = layerRun(
                    part, value, real: real, width: width, recording: recording, body)
                for (a, b) in zip(found, plain) {
                    #expect(a.floats.allSatisfy { $0.isFinite }, note)
                    #expect(
                        mismatch(a, b, within: 1e-4, relativeToLargest: true) == nil, note)
                }
            }
        }
    }

    private let lengths = Tensor(ids: [6, 3, 1])

    @Test func attentionLayersDoNotReadPadding() {
        let mask = AttentionMask.lengths(lengths)
        let seen = AttentionMask.visible(.lengthMask(lengths, count: 6))
        let heads = seeded(1) { MultiHeadAttention(8, heads: 2) }
        expectPaddingUnread(heads, width: 8, "lengths") { heads($0, mask: mask) }
        expectPaddingUnread(heads, width: 8, "visible") { heads($0, mask: seen) }
        let queries = Tensor.normal([3, 2, 8], key: RandomKey(6))
        expectPaddingUnread(heads, width: 8, "cross") { heads(queries, memory: $0, mask: mask) }
        let additive = seeded(1) { AdditiveAttention(8, 8, hidden: 5) }
        expectPaddingUnread(additive, width: 8, "additive") {
            additive(queries, $0, lengths: lengths).context
        }
        let bilinear = seeded(1) { BilinearAttention(8, 8) }
        expectPaddingUnread(bilinear, width: 8, "bilinear") {
            bilinear(queries, $0, lengths: lengths)
        }
        let dot = BilinearAttention(8, 8, hasMatrix: false)
        expectPaddingUnread(dot, width: 8, "dot") { dot(queries, $0, lengths: lengths) }
    }

    @Test func transformersDoNotReadPadding() {
        for first in [false, true] {
            let settings = TransformerSettings(
                width: 8, heads: 2, feedForward: 12, dropout: 0, normalizesFirst: first)
            let encoder = seeded(2) { TransformerEncoder(2, settings) }
            expectPaddingUnread(encoder, width: 8, "encoder") {
                encoder($0, mask: .lengths(lengths))
            }
            let layer = seeded(2) { TransformerEncoderLayer(settings) }
            expectPaddingUnread(layer, width: 8, "layer") { layer($0, mask: .lengths(lengths)) }
            let decoder = seeded(2) { TransformerDecoder(2, settings) }
            let target = Tensor.normal([3, 4, 8], key: RandomKey(6))
            expectPaddingUnread(decoder, width: 8, "memory") {
                decoder(target, memory: $0, memoryMask: .lengths(lengths))
            }
            var written = AttentionMask.causal
            written.lengths = lengths
            expectPaddingUnread(decoder, width: 8, "target") {
                decoder($0, memory: target, mask: written)
            }
        }
    }

    @Test func recurrentLayersDoNotReadPadding() {
        let lstm = seeded(3) { LSTM(4, 3, bidirectional: true) }
        expectPaddingUnread(lstm, real: [6, 3, 0], width: 4, "LSTM") {
            lstm($0, lengths: [6, 3, 0]).states
        }
        let gru = seeded(3) { GRU(4, 3) }
        expectPaddingUnread(gru, width: 4, "GRU") { gru($0, lengths: lengths).states }
        let rnn = seeded(3) { RNN(4, 3) }
        expectPaddingUnread(rnn, width: 4, "RNN") { rnn($0, lengths: lengths).states }
    }

    @Test func poolingDoesNotReadPadding() {
        let none = Activation(tanh)
        expectPaddingUnread(none, width: 3, "max") { maxOverTime($0, lengths: lengths) }
        expectPaddingUnread(none, width: 3, "mean") { meanOverTime($0, lengths: lengths) }
        expectPaddingUnread(none, width: 3, "k max") { kMaxOverTime($0, k: 2, lengths: lengths) }
        let mask = Tensor.lengthMask(lengths, count: 6)
        expectPaddingUnread(none, width: 3, "masked mean") { $0.maskedMean(mask, axis: 1) }
        expectPaddingUnread(none, width: 3, "masked sum") { $0.maskedSum(mask, axis: 1) }
        expectPaddingUnread(none, width: 3, "masked max") { $0.maskedMax(mask, axis: 1) }
        let column = mask.reshaped(to: [3, 6, 1])
        expectPaddingUnread(none, width: 3, "masked softmax") {
            softmax($0, mask: column, axis: 1)
        }
        let texts = seeded(4) { TextConvolution(3, widths: [1, 2], channels: 2) }
        expectPaddingUnread(texts, width: 3, "convolution of texts") {
            texts($0, lengths: lengths)
        }
    }

    @Test func sequenceLossesDoNotReadPadding() {
        let field = seeded(3) { ConditionalRandomField(3) }
        let tags = Tensor.zeros([3, 6], .int32)
        expectPaddingUnread(field, width: 3, "CRF") {
            field.logLikelihood($0, tags: tags, lengths: lengths)
        }
        expectPaddingUnread(Activation(tanh), width: 3, "CTC") {
            ctcLoss(
                logits: $0, targets: Tensor([1, 1, 2] as [Int32], shape: [3, 1]),
                lengths: lengths, reduction: .none)
        }
    }

    @Test func aRowOfATableWithTheWeightZeroIsLeftOut() {
        for width in [2, 40] {
            var numbers = Tensor.normal([3, width], key: RandomKey(1)).floats
            for column in 0..<width { numbers[column] = .nan }
            for type in [ScalarType.float32, .float64] {
                let table = Tensor(numbers, shape: [3, width]).converted(to: type).tracked()
                let weights = Tensor([0, 1, 2]).converted(to: type)
                let sum = embeddingBag(
                    ids: Tensor(ids: [0, 1, 2]), offsets: Tensor(ids: [0, 3]), weights: weights,
                    table: table)
                #expect((0..<width).allSatisfy { sum.element(at: $0).isFinite })
                let rows = sum.sum().backward()[table]
                #expect((0..<3 * width).allSatisfy { rows.element(at: $0).isFinite })
            }
        }
    }

    @Test func aCacheTakesAMaskOfItsKeys() {
        let heads = seeded(1) { MultiHeadAttention(8, heads: 2) }
        let x = Tensor.normal([1, 5, 8], key: RandomKey(2))
        let seen = Tensor([true, false, true, true, true], shape: [1, 5])
        let cache = KeyValueCache()
        withoutGradients {
            _ = heads(x.slice(0..<4, axis: 1), mask: .causal, cache: cache)
            let last = heads(x.slice(4..<5, axis: 1), mask: .visible(seen), cache: cache)
            let whole = heads(x, mask: .visible(seen)).slice(4..<5, axis: 1)
            #expect(mismatch(last, whole, within: 1e-6) == nil)
        }
    }
}
