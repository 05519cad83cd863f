import CApusKernels

/// A block of rows of a ``LinearCrossEntropy``, with the memory that both of its passes share.
struct LinearCrossEntropyProblem<S: ReferenceScalar> {
    let rows: Int
    let depth: Int
    let classes: Int
    let x: UnsafePointer<S>
    let weight: UnsafePointer<S>
    let bias: UnsafePointer<S>?
    /// −1 where a row does not count.
    let labels: UnsafePointer<Int32>
    /// What the rows' gradients are multiplied by.
    let scales: UnsafePointer<S>
    let classWeights: UnsafePointer<S>?
    /// The class weights, or ones, when smoothing spreads over all classes; else nil.
    let spread: UnsafePointer<S>?
    let smoothing: S
    let losses: UnsafeMutablePointer<S>
    /// The score at each row's label.
    let chosen: UnsafeMutablePointer<S>
    /// The scores, then their exponentials: chunk by chunk, each `[rows, its classes]`.
    let scores: UnsafeMutablePointer<S>
    /// Of each chunk and row: the maximum (later the factor of the gradient), the sum of the exponentials (in the
    /// first chunk later what is taken off for smoothing), the sum of the weighted scores below the maximum (in the
    /// first chunk later what is taken off at the label).
    let statistics: UnsafeMutablePointer<S>
    var xGradient: UnsafeMutablePointer<S>?
    var weightGradient: UnsafeMutablePointer<S>?
    var biasGradient: UnsafeMutablePointer<S>?
    var isFirstBlock = true

    init(
        rows: Int, depth: Int, classes: Int, x: UnsafePointer<S>, weight: UnsafePointer<S>,
        bias: UnsafePointer<S>?, labels: UnsafePointer<Int32>, scales: UnsafePointer<S>,
        classWeights: UnsafePointer<S>?, spread: UnsafePointer<S>?, smoothing: S,
        losses: UnsafeMutablePointer<S>, chosen: UnsafeMutablePointer<S>,
        scores: UnsafeMutablePointer<S>, statistics: UnsafeMutablePointer<S>
    ) {
        (self.rows, self.depth, self.classes) = (rows, depth, classes)
        (self.x, self.weight, self.bias) = (x, weight, bias)
        (self.labels, self.scales) = (labels, scales)
        (self.classWeights, self.spread, self.smoothing) = (classWeights, spread, smoothing)
        (self.losses, self.chosen) = (losses, chosen)
        (self.scores, self.statistics) = (scores, statistics)
    }

    var chunkCount: Int { (classes + LinearCrossEntropy.chunk - 1) / LinearCrossEntropy.chunk }

    /// The classes of a chunk.
    func range(_ chunk: Int) -> Range<Int> {
        let first = chunk * LinearCrossEntropy.chunk
        return first..<min(first + LinearCrossEntropy.chunk, classes)
    }

    /// The scores of a chunk.
    func scores(_ chunk: Int) -> UnsafeMutablePointer<S> {
        scores + chunk * LinearCrossEntropy.chunk * rows
    }

    func maxima(_ chunk: Int) -> UnsafeMutablePointer<S> { statistics + 3 * chunk * rows }
    func sums(_ chunk: Int) -> UnsafeMutablePointer<S> { maxima(chunk) + rows }
    func products(_ chunk: Int) -> UnsafeMutablePointer<S> { maxima(chunk) + 2 * rows }

    /// From ``combine()`` on: what the gradient's exponentials of a chunk are multiplied by.
    func factors(_ chunk: Int) -> UnsafeMutablePointer<S> { maxima(chunk) }
    /// From ``combine()`` on: how much a class of weight 1 takes off for smoothing.
    var shares: UnsafeMutablePointer<S> { sums(0) }
    /// From ``combine()`` on: how much the label takes off.
    var peaks: UnsafeMutablePointer<S> { products(0) }

    /// Puts the chunks' maxima and sums together: the losses, and the factors of the gradients.
    func combine() {
        if classes == 0 { return }
        let share = smoothing / S(classes)
        var total: S = 0
        if let spread {
            for chunk in 0..<chunkCount {
                let range = range(chunk)
                total += orderedSum(spread + range.lowerBound, count: range.count)
            }
        }
        Parallel.rows(rows, costing: chunkCount * 16) { rows in
            for row in rows { combine(row, share: share, total: total) }
        }
    }

    private func combine(_ row: Int, share: S, total: S) {
        let label = Int(labels[row])
        var largest = maxima(0)[row]
        for chunk in 1..<max(chunkCount, 1) {
            let next = maxima(chunk)[row]
            if next > largest || next.isNaN { largest = next }
        }
        var (sum, product): (S, S) = (0, 0)
        for chunk in 0..<chunkCount {
            let below = maxima(chunk)[row] - largest
            let share = S.laneFunction(APUS_OP_EXP, below)
            sum += sums(chunk)[row] * share
            if let spread {
                let range = range(chunk)
                let mass = orderedSum(spread + range.lowerBound, count: range.count)
                product += products(chunk)[row] + mass * below
            }
            maxima(chunk)[row] = share
        }
        let weight = label >= 0 ? classWeights?[label] ?? 1 : 0
        // Without smoothing the scale has the weight already.
        let most = spread == nil ? 1 : (1 - smoothing) * weight
        let mass = spread == nil ? 1 : most + share * total
        let scale = label >= 0 ? scales[row] : 0
        let logarithm = S.laneFunction(APUS_OP_LOG, sum)
        let loss = mass * logarithm - most * (chosen[row] - largest)
        losses[row] =
            label < 0 ? 0 : spread == nil ? loss * weight : loss - share * product
        let factor = (1 / sum) * mass * scale
        for chunk in 0..<chunkCount { maxima(chunk)[row] *= factor }
        shares[row] = share * scale
        peaks[row] = most * scale
    }
}

/// The two passes over the classes of a block of rows.
protocol LinearCrossEntropyPasses {
    associatedtype Number

    /// Turns all scores into exponentials below their chunk's maximum, with maxima, sums and products.
    func computeExponentials()

    /// Multiplies the gradients of the scores into those of rows, weight and bias.
    func computeGradients()
}

/// Both passes as their definition says.
struct LinearCrossEntropyReference<S: ReferenceScalar>: LinearCrossEntropyPasses {
    typealias Number = S
    let problem: LinearCrossEntropyProblem<S>

    func computeExponentials() {
        let p = problem
        for chunk in 0..<p.chunkCount {
            let range = p.range(chunk)
            let scores = p.scores(chunk)
            MatMul.reference(
                rows: p.rows, columns: range.count, depth: p.depth,
                MatMul.Operand(p.x, stride: p.depth),
                MatMul.Operand(
                    p.weight + range.lowerBound * p.depth, stride: p.depth, isTransposed: true),
                into: scores, resultStride: range.count,
                bias: p.bias.map { $0 + range.lowerBound })
            for row in 0..<p.rows {
                let z = scores + row * range.count
                let label = Int(p.labels[row])
                if range.contains(label) { p.chosen[row] = z[label - range.lowerBound] }
                let largest = greatest(count: range.count) { z[$0] }
                if let spread = p.spread {
                    p.products(chunk)[row] = laneDot(
                        count: range.count, { spread[range.lowerBound + $0] }, { z[$0] - largest })
                }
                for index in 0..<range.count {
                    z[index] = S.laneFunction(APUS_OP_EXP, z[index] - largest)
                }
                p.maxima(chunk)[row] = largest
                p.sums(chunk)[row] = laneSum(count: range.count) { z[$0] }
            }
        }
    }

    func computeGradients() {
        let p = problem
        guard let xGradient = p.xGradient, let weightGradient = p.weightGradient else { return }
        for chunk in 0..<p.chunkCount {
            let range = p.range(chunk)
            let slopes = p.scores(chunk)
            for row in 0..<p.rows {
                let slope = slopes + row * range.count
                for index in 0..<range.count {
                    slope[index] *= p.factors(chunk)[row]
                    if let spread = p.spread {
                        slope[index] -= spread[range.lowerBound + index] * p.shares[row]
                    }
                }
                let label = Int(p.labels[row])
                if range.contains(label) { slope[label - range.lowerBound] -= p.peaks[row] }
                guard let biasGradient = p.biasGradient else { continue }
                for index in 0..<range.count {
                    biasGradient[range.lowerBound + index] += slope[index]
                }
            }
            let slope = MatMul.Operand(UnsafePointer(slopes), stride: range.count)
            MatMul.reference(
                rows: p.rows, columns: p.depth, depth: range.count, slope,
                MatMul.Operand(p.weight + range.lowerBound * p.depth, stride: p.depth),
                into: xGradient, resultStride: p.depth, accumulating: chunk > 0)
            MatMul.reference(
                rows: range.count, columns: p.depth, depth: p.rows,
                MatMul.Operand(UnsafePointer(slopes), stride: range.count, isTransposed: true),
                MatMul.Operand(p.x, stride: p.depth),
                into: weightGradient + range.lowerBound * p.depth, resultStride: p.depth,
                accumulating: !p.isFirstBlock)
        }
    }
}
