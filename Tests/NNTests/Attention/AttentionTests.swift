import ApusCore
import ApusNN
import ApusTesting
import Testing

/// What must hold of attentions and positions.
struct AttentionTests {
    private func numbers(_ shape: Shape, _ seed: UInt64) -> Tensor {
        .normal(shape, key: RandomKey(seed))
    }

    @Test func theFusedAttentionIsTheWeightsTimesTheValues() {
        let (q, k, v) = (numbers([2, 3, 8], 1), numbers([2, 5, 8], 2), numbers([2, 5, 8], 3))
        var mask = AttentionMask.lengths(Tensor(ids: [5, 2]))
        mask.isCausal = true
        mask.firstPosition = 1
        let options = AttentionOptions(bias: numbers([2, 3, 5], 4), hasSlopes: true)
        let weights = attentionWeights(q, k, heads: 2, mask: mask, options: options)
        #expect(weights.shape == [2, 2, 3, 5])
        for sum in weights.sum(axis: -1).floats { #expect(abs(sum - 1) < 1e-6) }
        let values = v.reshaped(to: [2, 5, 2, 4]).permuted([0, 2, 1, 3])
        let expected = matmul(weights, values).permuted([0, 2, 1, 3]).reshaped(to: [2, 3, 8])
        let fused = attention(q, k, v, heads: 2, mask: mask, options: options)
        #expect(mismatch(fused, expected, within: 1e-6, relativeToLargest: true) == nil)
    }

    @Test func aQueryThatSeesNoKeyGetsZeros() {
        let (q, k) = (numbers([2, 3, 4], 1), numbers([2, 5, 4], 2))
        let output = attention(q, k, k, mask: .lengths(Tensor(ids: [0, 5])))
        #expect(output.slice(0..<1).floats.allSatisfy { $0 == 0 })
        #expect(output.slice(1..<2).floats.allSatisfy { $0.isFinite && $0 != 0 })
    }

    @Test func keysBehindTheLengthAreNotRead() {
        let q = numbers([1, 2, 4], 1)
        let k = numbers([1, 3, 4], 2)
        let nan = Tensor(repeating: Float.nan, shape: [1, 2, 4])
        let padded = concatenated([k, nan], axis: 1)
        let output = attention(q, padded, padded, mask: .lengths(Tensor(ids: [3])))
        #expect(bitMismatch(output, attention(q, k, k)) == nil)
    }

    @Test func packedOperandsGiveTheBitsOfSeparateOnes() {
        let packed = numbers([2, 70, 3 * 32], 5)
        let parts = (0..<3).map { packed.slice($0 * 32..<($0 + 1) * 32, axis: 2) }
        let separate = attention(parts[0], parts[1], parts[2], heads: 4, mask: .causal)
        let byHead = parts.map { $0.reshaped(to: [2, 70, 4, 8]).permuted([0, 2, 1, 3]) }
        let heads = attention(byHead[0], byHead[1], byHead[2], mask: .causal)
        #expect(bitMismatch(selfAttention(packed, heads: 4, mask: .causal), separate) == nil)
        let together = heads.permuted([0, 2, 1, 3]).reshaped(to: [2, 70, 32])
        #expect(bitMismatch(together, separate) == nil)
    }

    @Test func noArrayOfAllWeightsIsWritten() {
        // All weights would take 4 · 512 · 512 numbers: 4 MiB.
        let packed = numbers([1, 512, 3 * 16], 6).tracked()
        MemoryPool.resetPeak()
        let before = MemoryPool.peakBytes
        let output = Parallel.withThreads(1) {
            let output = selfAttention(packed, heads: 4, mask: .causal)
            _ = output.sum().backward()
            return output
        }
        #expect(output.count == 512 * 16)
        #expect(MemoryPool.peakBytes - before < 2 << 20)
    }

    @Test func rotatedProductsDependOnTheDistanceAlone() {
        let (q, k) = (numbers([1, 1, 8], 7), numbers([1, 1, 8], 8))
        for isInterleaved in [false, true] {
            func product(_ query: Int, _ key: Int) -> Float {
                func turned(_ x: Tensor, _ position: Int) -> Tensor {
                    rotary(x, firstPosition: position, isInterleaved: isInterleaved)
                }
                return (turned(q, query) * turned(k, key)).sum().scalar
            }
            #expect(abs(product(9, 4) - product(105, 100)) < 1e-5)
            #expect(abs(product(9, 4) - product(9, 5)) > 1e-3)
            #expect(abs(product(0, 0) - (q * k).sum().scalar) < 1e-6)
        }
    }

    @Test func wavesTellPositions() {
        let waves = sinusoidalPositions(3, 4, first: 1).floats
        // sin p, cos p, sin p/100, cos p/100.
        let expected: [Float] = [
            0.841471, 0.540302, 0.01, 0.99995, 0.909297, -0.416147, 0.019999, 0.9998, 0.14112,
            -0.989992, 0.029996, 0.99955,
        ]
        for (wave, value) in zip(waves, expected) { #expect(abs(wave - value) < 1e-6) }
        let apart = sinusoidalPositions(3, 4, first: 1, isInterleaved: false).floats
        #expect(apart[0...3] == [waves[0], waves[2], waves[1], waves[3]])
    }

    @Test func distancesShareBucketsAsInT5() {
        let both = RelativePositionBias(heads: 2)
        let found = [0, -1, 1, -7, -8, -11, -12, -16, -127, -1000, 16, 1000].map(both.bucket)
        #expect(found == [0, 1, 17, 7, 8, 8, 9, 10, 15, 15, 26, 31])
        let back = RelativePositionBias(heads: 2, isBidirectional: false)
        #expect([5, 0, -15, -16, -128].map(back.bucket) == [0, 0, 15, 16, 31])
        #expect(both(queries: 3, keys: 4).shape == [2, 3, 4])
    }

    @Test func alignmentsAreMeansOfTheTrueKeys() {
        let (q, k) = (numbers([2, 3, 4], 9), numbers([2, 5, 6], 10))
        let lengths = Tensor(ids: [5, 2])
        let additive = AdditiveAttention(4, 6, hidden: 7)
        let (context, weights) = additive(q, k, lengths: lengths)
        #expect(context.shape == [2, 3, 6])
        #expect(weights.slice(1..<2).slice(2..<5, axis: 2).floats.allSatisfy { $0 == 0 })
        let bilinear = BilinearAttention(4, 6)
        let drawn = matmul(bilinear.weights(q, k, lengths: lengths), k)
        let fused = bilinear(q, k, lengths: lengths)
        #expect(mismatch(fused, drawn, within: 1e-5, relativeToLargest: true) == nil)
        for all in [weights, bilinear.weights(q, k, lengths: lengths)] {
            for sum in all.sum(axis: -1).floats { #expect(abs(sum - 1) < 1e-5) }
        }
    }
}
