import ApusCore
import ApusNN
import ApusTesting
import Testing

struct ConvolutionLayerTests {
    @Test func aConvolutionFindsAnEdge() {
        let steps = Tensor([0, 0, 1, 1, 1, 0], shape: [1, 6, 1])
        let edge = Tensor([-1, 1], shape: [1, 1, 2])
        #expect(convolution1D(steps, weight: edge).floats == [0, 1, 0, 0, -1])
        #expect(convolution1D(steps, weight: edge, stride: 2).floats == [0, 0, -1])
        #expect(convolution1D(steps, weight: edge, padding: 1, dilation: 3).shape == [1, 5, 1])
    }

    @Test func channelsMayStandFirstOrLast() {
        let x = Tensor.uniform([2, 9, 4], key: RandomKey(1))
        let layer = seeded(1) { Convolution1D(4, 6, width: 3, padding: 1, groups: 2) }
        let first = seeded(1) {
            Convolution1D(4, 6, width: 3, padding: 1, groups: 2, channels: .first)
        }
        #expect(layer(x).shape == [2, 9, 6])
        #expect(first(x.permuted([0, 2, 1])).floats == layer(x).permuted([0, 2, 1]).floats)
        #expect(layer.parameters.map(\.name) == ["weight", "bias"])
        #expect(layer.weight.shape == [6, 2, 3])
    }

    @Test func aTransposedConvolutionUndoesTheSizesOfAConvolution() {
        let x = Tensor.uniform([2, 11, 3], key: RandomKey(1))
        let (down, up) = seeded(2) {
            (
                Convolution1D(3, 5, width: 4, stride: 3, padding: 1),
                TransposedConvolution1D(5, 3, width: 4, stride: 3, padding: 1, outputPadding: 2)
            )
        }
        #expect(down(x).shape == [2, 4, 5])
        #expect(up(down(x)).shape == [2, 13, 3])
        let image = Convolution2D(2, 3, width: 2, height: 3, hasBias: false)
        #expect(image(.ones([1, 5, 4, 2])).shape == [1, 3, 3, 3])
        let larger = TransposedConvolution2D(3, 2, width: 2, stride: 2, channels: .first)
        #expect(larger(.ones([1, 3, 4, 5])).shape == [1, 2, 8, 10])
    }

    @Test func theConvolutionOfTextsIsConvolutionRectifierAndMaximum() {
        let layer = seeded(3) { TextConvolution(5, widths: [1, 3], channels: 7) }
        let x = Tensor.uniform([4, 8, 5], in: -1..<1, key: RandomKey(2)).tracked()
        let fused = layer(x)
        let parts = layer.convolutions.map { maxOverTime(relu($0(x))) }
        let separate = concatenated(parts, axis: 1)
        #expect(mismatch(fused, separate, within: 1e-6) == nil)
        #expect(layer.outputs == 14)
        #expect(
            layer.parameters.map(\.name) == ["0.weight", "0.bias", "1.weight", "1.bias"])

        let key = RandomKey(4)
        let weights = Tensor.uniform(fused.shape, key: key)
        let (a, b) = ((fused * weights).sum().backward(), (separate * weights).sum().backward())
        for parameter in layer.parameters.map(\.parameter) {
            #expect(mismatch(a[parameter], b[parameter], within: 1e-5) == nil)
        }
        #expect(mismatch(a[x], b[x], within: 1e-5) == nil)
    }

    @Test func paddingNeverReachesTheConvolutionOfATextOrItsGradient() {
        let layer = seeded(3) { TextConvolution(5, widths: [2, 4], channels: 7) }
        let text = Tensor.uniform([1, 3, 5], in: -1..<1, key: RandomKey(2))
        let alone = layer(text)
        let rest = Tensor(repeating: Float(1000), shape: [1, 6, 5])
        let padded = concatenated([text, rest], axis: 1).tracked()
        let together = layer(padded, lengths: Tensor(ids: [3]))
        #expect(together.floats == alone.floats)
        let gradient = together.sum().backward()[padded]
        #expect(gradient.slice(3..<9, axis: 1).floats.allSatisfy { $0 == 0 })
        #expect(gradient.slice(0..<3, axis: 1).floats.contains { $0 != 0 })
    }

    @Test func poolingKeepsToTheTrueLengths() {
        let x = Tensor([1, -5, 3, -2, 9, 9], shape: [1, 3, 2])
        let lengths = Tensor(ids: [2])
        #expect(maxOverTime(x).floats == [9, 9])
        #expect(maxOverTime(x, lengths: lengths).floats == [3, -2])
        #expect(meanOverTime(x, lengths: lengths).floats == [2, -3.5])
        #expect(maxOverTime(x, lengths: Tensor(ids: [0])).floats == [0, 0])
        #expect(kMaxOverTime(x, k: 2).floats == [3, -2, 9, 9])
        #expect(kMaxOverTime(x, k: 3, lengths: lengths).floats == [1, -5, 3, -2, 0, 0])
        let tracked = x.tracked()
        let gradients = maxOverTime(tracked, lengths: Tensor(ids: [0])).sum().backward()
        #expect(gradients[tracked].floats.allSatisfy { $0 == 0 })
    }

    @Test func windowsArePooled() {
        let x = Tensor([1, 4, 2, 8, 5], shape: [1, 5, 1])
        #expect(MaxPooling1D(2)(x).floats == [4, 8])
        #expect(MeanPooling1D(2, stride: 1)(x).floats == [2.5, 3, 5, 6.5])
        #expect(adaptiveMaxPooling(x, count: 2).floats == [4, 8])
        #expect(adaptiveMeanPooling(x).floats == [4])
        let image = Tensor((0..<16).map { Float($0) }, shape: [1, 4, 4, 1])
        #expect(MaxPooling2D(2)(image).floats == [5, 7, 13, 15])
        #expect(MeanPooling2D(2)(image).floats == [2.5, 4.5, 10.5, 12.5])
        #expect(adaptiveMeanPooling(image).floats == [7.5])
    }
}
