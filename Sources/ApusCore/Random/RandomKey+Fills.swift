import CApusKernels

/// Whole buffers of random numbers. Element `i` belongs to position `position + i` of the key's stream and
/// depends on nothing else, so buffers may be filled in parts; large ones are, by several threads.
extension RandomKey {
    /// The words of the stream, as ``RandomGenerator`` gives them one by one.
    package func fillWords(
        _ buffer: UnsafeMutableBufferPointer<UInt32>, from position: UInt64 = 0
    ) {
        inParts(buffer, from: position) { part, position in
            randomKernels.pointee.words(part.baseAddress, value, position, part.count)
        }
    }

    /// Uniform numbers in `range`, in 2^24 steps.
    package func fillUniform(
        _ buffer: UnsafeMutableBufferPointer<Float>, in range: Range<Float> = 0..<1,
        from position: UInt64 = 0
    ) {
        guard !range.isEmpty, (range.upperBound - range.lowerBound).isFinite else {
            fatalError("RandomKey.fillUniform: \(range) is empty or too wide for a float.")
        }
        inParts(buffer, from: position) { part, position in
            randomKernels.pointee.uniform(
                part.baseAddress, value, position, part.count, range.lowerBound, range.upperBound)
        }
    }

    /// Normally distributed numbers.
    package func fillNormal(
        _ buffer: UnsafeMutableBufferPointer<Float>, mean: Float = 0, deviation: Float = 1,
        from position: UInt64 = 0
    ) {
        inParts(buffer, from: position) { part, position in
            randomKernels.pointee.normal(
                part.baseAddress, value, position, part.count, mean, deviation)
        }
    }

    /// Zeros with the given probability, `value` elsewhere: `1 / (1 - p)` makes a mask for dropout.
    package func fillMask(
        _ buffer: UnsafeMutableBufferPointer<Float>, zeroProbability: Float, value kept: Float,
        from position: UInt64 = 0
    ) {
        guard zeroProbability >= 0, zeroProbability <= 1 else {
            fatalError("RandomKey.fillMask: \(zeroProbability) is no probability (0 to 1).")
        }
        inParts(buffer, from: position) { part, position in
            randomKernels.pointee.mask(
                part.baseAddress, value, position, part.count, zeroProbability, kept)
        }
    }

    /// A part takes some ten microseconds: enough to be worth another thread.
    private func inParts<Element>(
        _ buffer: UnsafeMutableBufferPointer<Element>, from position: UInt64,
        _ fill: (UnsafeMutableBufferPointer<Element>, UInt64) -> Void
    ) {
        let partCount = 32768
        guard buffer.count > partCount else {
            if !buffer.isEmpty { fill(buffer, position) }
            return
        }
        Parallel.run((buffer.count + partCount - 1) / partCount) { part in
            let start = part * partCount
            let end = min(start + partCount, buffer.count)
            fill(
                UnsafeMutableBufferPointer(rebasing: buffer[start..<end]),
                position &+ UInt64(start))
        }
    }
}
