/// The scores of a linear chain that do not depend on the sequence, in doubles, and their exponentials.
struct ChainScores: ~Copyable {
    let tags: Int
    private let memory: LossMemory<Double>
    let start: UnsafeMutablePointer<Double>
    let end: UnsafeMutablePointer<Double>
    /// From the row's tag to the column's.
    let transitions: UnsafeMutablePointer<Double>
    /// exp(start − its maximum), and so on.
    let startFactors: UnsafeMutablePointer<Double>
    let endFactors: UnsafeMutablePointer<Double>
    let factors: UnsafeMutablePointer<Double>
    /// The factors with rows and columns exchanged.
    let transposedFactors: UnsafeMutablePointer<Double>
    /// The maxima of start, transitions and end.
    let largest: (start: Double, transition: Double, end: Double)

    init(start first: TensorView, transitions table: TensorView, end last: TensorView) {
        tags = first.count
        let square = tags * tags
        memory = LossMemory(4 * tags + 3 * square)
        start = memory.base
        end = start + tags
        startFactors = end + tags
        endFactors = startFactors + tags
        transitions = endFactors + tags
        factors = transitions + square
        transposedFactors = factors + square
        func prepare(
            _ view: TensorView, _ scores: UnsafeMutablePointer<Double>,
            _ factors: UnsafeMutablePointer<Double>
        ) -> Double {
            var largest = -Double.infinity
            for index in 0..<view.count {
                scores[index] = view.element(at: index)
                largest = max(largest, scores[index])
            }
            // All forbidden: nothing to be relative to.
            if largest == -.infinity { largest = 0 }
            for index in 0..<view.count {
                factors[index] = DoubleMath.exp(scores[index] - largest)
            }
            return largest
        }
        largest = (
            prepare(first, start, startFactors), prepare(table, transitions, factors),
            prepare(last, end, endFactors)
        )
        for i in 0..<tags {
            for j in 0..<tags { transposedFactors[j * tags + i] = factors[i * tags + j] }
        }
    }

    /// The score of one path.
    func score<S: FloatingScalar>(
        _ path: UnsafePointer<Int32>, _ emissions: UnsafePointer<S>, length: Int
    ) -> Double {
        if length == 0 { return 0 }
        var total = start[Int(path[0])] + end[Int(path[length - 1])]
        for position in 0..<length {
            let tag = Int(path[position])
            total += Double(emissions[position * tags + tag])
            if position > 0 { total += transitions[Int(path[position - 1]) * tags + tag] }
        }
        return total
    }
}
