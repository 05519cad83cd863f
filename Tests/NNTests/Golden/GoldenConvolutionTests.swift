import ApusCore
import ApusNN
import Testing

/// Convolutions as PyTorch computes them.
struct GoldenConvolutionTests {
    /// Width, stride, padding and dilation.
    private static let overTime = [(3, 1, 0, 1), (3, 2, 1, 1), (2, 1, 2, 2)].map {
        width, stride, padding, dilation in
        GoldenCase("layer.conv1d.k\(width)s\(stride)p\(padding)d\(dilation)") { inputs in
            convolution1D(
                inputs["x"], weight: inputs["W"], bias: inputs["b"], stride: stride,
                padding: padding, dilation: dilation, channels: .first)
        }
    }

    static let cases =
        overTime + [
            GoldenCase("layer.conv2d") { inputs in
                convolution2D(
                    inputs["x"], weight: inputs["W"], bias: inputs["b"], stride: 2, padding: 1,
                    channels: .first)
            },
            GoldenCase("layer.convTranspose2d") { inputs in
                transposedConvolution2D(
                    inputs["x"], weight: inputs["W"], bias: inputs["b"], stride: 2, padding: 1,
                    channels: .first)
            },
            GoldenCase("layer.maxPool1d") { inputs in
                maxPooling1D(inputs["x"], width: 3, stride: 2, channels: .first)
            },
            GoldenCase("layer.avgPool1d") { inputs in
                meanPooling1D(inputs["x"], width: 2, stride: 2, channels: .first)
            },
        ]

    @Test(arguments: cases)
    private func convolutionsAreThoseOfTheReference(_ golden: GoldenCase) throws {
        try golden.check()
    }
}
