/// Memory for a while: taken from the pool, given back when the body returns.
@inline(__always)
func withScratch<Result>(
    count: Int, _ body: (UnsafeMutablePointer<Float>) -> Result
) -> Result {
    let byteCount = Swift.max(count, 1) * MemoryLayout<Float>.stride
    let memory = MemoryPool.allocate(byteCount: byteCount)
    defer { MemoryPool.release(memory, byteCount: byteCount) }
    return body(memory.assumingMemoryBound(to: Float.self))
}

/// A weight `[out, channels, taps]` as `[out, taps, channels]`: in this order a window of the input, one step after
/// the other with all its channels, lies like a row of the weight.
func tapMajor(
    _ weight: UnsafePointer<Float>, outputs: Int, channels: Int, taps: Int,
    into result: UnsafeMutablePointer<Float>
) {
    exchange(weight, outputs: outputs, rows: channels, columns: taps, into: result)
}

/// The way back: `[out, taps, channels]` as `[out, channels, taps]`.
func channelMajor(
    _ weight: UnsafePointer<Float>, outputs: Int, channels: Int, taps: Int,
    into result: UnsafeMutablePointer<Float>
) {
    exchange(weight, outputs: outputs, rows: taps, columns: channels, into: result)
}

private func exchange(
    _ matrices: UnsafePointer<Float>, outputs: Int, rows: Int, columns: Int,
    into result: UnsafeMutablePointer<Float>
) {
    let size = rows * columns
    Parallel.rows(outputs, costing: size) { range in
        for output in range {
            let (from, to) = (matrices + output * size, result + output * size)
            for column in 0..<columns {
                for row in 0..<rows { to[column * rows + row] = from[row * columns + column] }
            }
        }
    }
}

extension ConvolutionSizes {
    /// The image with its padding of zeros: itself where there is none.
    func withPadded(_ image: UnsafePointer<Float>, _ body: (UnsafePointer<Float>) -> Void) {
        guard isPadded else { return body(image) }
        withScratch(count: batch * paddedHeight * paddedWidth * channels) { padded in
            padded.initialize(
                repeating: 0, count: batch * paddedHeight * paddedWidth * channels)
            eachRow { row, paddedRow in
                (padded + paddedRow).update(from: image + row, count: width * channels)
            }
            body(padded)
        }
    }

    /// Writes a padded image in `body` and cuts the padding off; the memory starts as zeros.
    func cropped(
        into image: UnsafeMutablePointer<Float>, _ body: (UnsafeMutablePointer<Float>) -> Void
    ) {
        guard isPadded else {
            image.initialize(repeating: 0, count: batch * height * width * channels)
            return body(image)
        }
        withScratch(count: batch * paddedHeight * paddedWidth * channels) { padded in
            padded.initialize(
                repeating: 0, count: batch * paddedHeight * paddedWidth * channels)
            body(padded)
            eachRow { row, paddedRow in
                (image + row).update(from: padded + paddedRow, count: width * channels)
            }
        }
    }

    /// Where each row of the image starts in it, and where in the padded one.
    private func eachRow(_ body: (Int, Int) -> Void) {
        for item in 0..<batch {
            for y in 0..<height {
                let paddedRow =
                    (item * paddedHeight + y + geometry.padding.y) * paddedWidth
                    + geometry.padding.x
                body((item * height + y) * width * channels, paddedRow * channels)
            }
        }
    }

    /// Where the window of an output position starts in the padded image.
    func window(_ item: Int, _ y: Int, _ x: Int = 0) -> Int {
        ((item * paddedHeight + y * geometry.stride.y) * paddedWidth + x * geometry.stride.x)
            * channels
    }

    /// How far behind a window's start a tap lies in the padded image.
    func tapOffset(_ ky: Int, _ kx: Int) -> Int {
        (ky * geometry.dilation.y * paddedWidth + kx * geometry.dilation.x) * channels
    }

    /// The element of the image under a tap of a window: its index, or nil in the padding.
    func element(_ item: Int, _ y: Int, _ x: Int, _ ky: Int, _ kx: Int, _ channel: Int) -> Int? {
        let row = y * geometry.stride.y + ky * geometry.dilation.y - geometry.padding.y
        let column = x * geometry.stride.x + kx * geometry.dilation.x - geometry.padding.x
        guard row >= 0, row < height, column >= 0, column < width else { return nil }
        return ((item * height + row) * width + column) * channels + channel
    }

    /// The index of an element of the weight `[out, channels / groups, kernel height, kernel width]`.
    func weightElement(_ output: Int, _ channel: Int, _ ky: Int, _ kx: Int) -> Int {
        ((output * groupChannels + channel) * kernelHeight + ky) * kernelWidth + kx
    }

    /// The parts of a window that lie in one piece, in order, group by group: where each starts behind the window's
    /// start, where in a group's weights `[out, taps, channels]`, and how many numbers it has.
    ///
    /// A row of an undilated window over all channels is one piece, so a convolution over time is one product.
    var pieces: [(image: Int, weight: Int, count: Int)] {
        let isWhole = geometry.groups == 1 && geometry.dilation.x == 1
        return (0..<kernelHeight).flatMap { ky in
            if isWhole {
                let count = kernelWidth * channels
                return [(tapOffset(ky, 0), ky * count, count)]
            }
            return (0..<kernelWidth).map { kx in
                (tapOffset(ky, kx), (ky * kernelWidth + kx) * groupChannels, groupChannels)
            }
        }
    }
}
