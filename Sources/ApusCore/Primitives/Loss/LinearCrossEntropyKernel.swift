import CApusKernels

/// Both passes with the kernels: chunks of classes on all threads.
struct LinearCrossEntropyKernel: LinearCrossEntropyPasses {
    typealias Number = Float
    let problem: LinearCrossEntropyProblem<Float>

    /// Chunks whose gradients are made at once, so that several threads have work without sharing.
    private static let group = 4

    func computeExponentials() {
        let p = problem
        Parallel.run(p.chunkCount) { chunk in
            let range = p.range(chunk)
            let scores = p.scores(chunk)
            // Inside a task a product keeps to its thread: the scores stay in its cache.
            MatMul.multiply(
                rows: p.rows, columns: range.count, depth: p.depth,
                MatMul.Operand(p.x, stride: p.depth),
                MatMul.Operand(
                    p.weight + range.lowerBound * p.depth, stride: p.depth, isTransposed: true),
                into: scores, resultStride: range.count,
                bias: p.bias.map { $0 + range.lowerBound })
            for row in 0..<p.rows {
                let label = Int(p.labels[row]) - range.lowerBound
                if label >= 0 && label < range.count {
                    p.chosen[row] = scores[row * range.count + label]
                }
            }
            Kernels.reduce.pointee.row_exponentials(
                scores, Int64(p.rows), Int64(range.count),
                p.spread.map { $0 + range.lowerBound }, p.maxima(chunk), p.sums(chunk),
                p.products(chunk))
        }
    }

    func computeGradients() {
        let p = problem
        guard let xGradient = p.xGradient, p.rows > 0 else { return }
        // A few numbers more than the classes: rows a power of two apart would fight for places in the cache.
        let stride = Self.group * LinearCrossEntropy.chunk + 16
        let slopes = LossMemory(p.rows * stride, of: Float.self)
        let base = slopes.base
        for first in Swift.stride(from: 0, to: p.chunkCount, by: Self.group) {
            let chunks = first..<min(first + Self.group, p.chunkCount)
            Parallel.run(chunks.count) { index in
                computeSlopes(
                    first + index, base + index * LinearCrossEntropy.chunk, stride: stride)
            }
            let start = p.range(first).lowerBound
            MatMul.multiply(
                rows: p.rows, columns: p.depth,
                depth: p.range(chunks.upperBound - 1).upperBound - start,
                MatMul.Operand(UnsafePointer(base), stride: stride),
                MatMul.Operand(p.weight + start * p.depth, stride: p.depth),
                into: xGradient, resultStride: p.depth, accumulating: first > 0)
        }
    }

    /// The gradient of a chunk of scores, and from it that of the chunk's rows of the weight.
    private func computeSlopes(
        _ chunk: Int, _ slopes: UnsafeMutablePointer<Float>, stride: Int
    ) {
        let p = problem
        guard let weightGradient = p.weightGradient else { return }
        let range = p.range(chunk)
        Kernels.reduce.pointee.scale_rows(
            p.scores(chunk), Int64(p.rows), Int64(range.count), p.factors(chunk), p.shares,
            p.spread.map { $0 + range.lowerBound }, slopes, Int64(stride))
        for row in 0..<p.rows {
            let label = Int(p.labels[row]) - range.lowerBound
            if label >= 0 && label < range.count {
                slopes[row * stride + label] -= p.peaks[row]
            }
        }
        if let biasGradient = p.biasGradient {
            for row in 0..<p.rows {
                let (slope, sum) = (slopes + row * stride, biasGradient + range.lowerBound)
                for index in 0..<range.count { sum[index] += slope[index] }
            }
        }
        MatMul.multiply(
            rows: range.count, columns: p.depth, depth: p.rows,
            MatMul.Operand(UnsafePointer(slopes), stride: stride, isTransposed: true),
            MatMul.Operand(p.x, stride: p.depth),
            into: weightGradient + range.lowerBound * p.depth, resultStride: p.depth,
            accumulating: !p.isFirstBlock)
    }
}
