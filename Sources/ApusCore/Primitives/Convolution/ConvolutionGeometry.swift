/// How a window moves over its input: along rows (height, y) and columns (width or time, x).
package struct ConvolutionGeometry: Sendable, Hashable {
    /// A number for the rows and one for the columns.
    package struct Pair: Sendable, Hashable {
        package let y: Int
        package let x: Int

        package init(_ y: Int, _ x: Int) {
            self.y = y
            self.x = x
        }
    }

    /// From one window to the next.
    package let stride: Pair
    /// Zeros in front of the input and as many behind it.
    package let padding: Pair
    /// From one element of a window to the next.
    package let dilation: Pair
    /// Into how many parts the channels fall, each with weights of its own.
    package let groups: Int

    package init(
        stride: Pair = Pair(1, 1), padding: Pair = Pair(0, 0), dilation: Pair = Pair(1, 1),
        groups: Int = 1
    ) {
        guard min(stride.y, stride.x, dilation.y, dilation.x, groups) >= 1,
            min(padding.y, padding.x) >= 0
        else {
            fatalError(
                "Convolution: strides, dilations and groups must be at least 1, paddings at least 0"
            )
        }
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.groups = groups
    }
}

/// The sizes of a convolution: images `[batch, height, width, channels]` (a sequence is an image of height 1),
/// kernels `[outputs, channels / groups, kernel height, kernel width]`, results
/// `[batch, output height, output width, outputs]`.
package struct ConvolutionSizes {
    let geometry: ConvolutionGeometry
    let batch: Int
    let height: Int
    let width: Int
    let channels: Int
    let outputs: Int
    let kernelHeight: Int
    let kernelWidth: Int

    var outputHeight: Int {
        Self.steps(height, kernelHeight, geometry.stride.y, geometry.padding.y, geometry.dilation.y)
    }
    var outputWidth: Int {
        Self.steps(width, kernelWidth, geometry.stride.x, geometry.padding.x, geometry.dilation.x)
    }
    var paddedHeight: Int { height + 2 * geometry.padding.y }
    var paddedWidth: Int { width + 2 * geometry.padding.x }
    var isPadded: Bool { geometry.padding.y > 0 || geometry.padding.x > 0 }
    var taps: Int { kernelHeight * kernelWidth }
    /// The channels of a group, on either side.
    var groupChannels: Int { channels / geometry.groups }
    var groupOutputs: Int { outputs / geometry.groups }
    /// The numbers of a window of one group.
    var depth: Int { taps * groupChannels }
    var multiplications: Int { batch * outputHeight * outputWidth * outputs * depth }

    /// The number of windows along an axis; 0 when not one fits.
    private static func steps(
        _ size: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int
    ) -> Int {
        let room = size + 2 * padding - dilation * (kernel - 1) - 1
        return room < 0 ? 0 : room / stride + 1
    }

    /// The sizes of a convolution of an input by a weight; throws unless they fit.
    init(
        _ geometry: ConvolutionGeometry, image: Shape, weight: Shape,
        refuse: (String) -> ShapeError
    ) throws(ShapeError) {
        guard image.rank == weight.rank, image.rank == 3 || image.rank == 4 else {
            throw refuse(
                "[batch, time, in] and [out, in / groups, width], or [batch, height, width, in] and [out, in / groups, height, width] are needed"
            )
        }
        let isFlat = image.rank == 3
        self.geometry = geometry
        batch = image[0]
        height = isFlat ? 1 : image[1]
        width = image[image.rank - 2]
        channels = image[image.rank - 1]
        outputs = weight[0]
        kernelHeight = isFlat ? 1 : weight[2]
        kernelWidth = weight[weight.rank - 1]
        guard channels % geometry.groups == 0, outputs % geometry.groups == 0,
            weight[1] == channels / geometry.groups
        else {
            throw refuse(
                "the weight's second size must be the input's channels, the last size, divided by the groups (\(geometry.groups)), which must divide the outputs too"
            )
        }
        guard kernelHeight > 0, kernelWidth > 0, outputHeight > 0, outputWidth > 0 else {
            throw refuse("the window must have a size and fit into the padded input")
        }
    }

    /// The shape of the result, of the input's rank.
    func result(like image: Shape) -> Shape {
        image.rank == 3
            ? [batch, outputWidth, outputs]
            : [batch, outputHeight, outputWidth, outputs]
    }
}
