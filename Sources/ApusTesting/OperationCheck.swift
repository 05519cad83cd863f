import ApusCore

/// What is wrong with an operation of one's own, by the tests that the library's operations pass; empty when nothing is.
///
/// ```swift
/// #expect(problems(
///     with: Differences(), operands: [[.numbers([5])], [.numbers([3, 700])]],
///     refusing: [([TensorType([])], "Differences: []: there is no last axis")]) == [])
/// ```
/// Tested are, on each set of operands: gradients and gradients of gradients against central differences in `float64`
/// (element by element, or along a random direction where there are many), `float32` against `float64`, and that one and
/// three threads and every instruction set give the same bits.
///
/// - Parameters:
///   - operation: an operation of one's own.
///   - operands: sets of operands that fit: odd sizes, empty ones, one above 1000 elements.
///   - refusals: operands that do not fit, and the whole sentence of the shape rule.
public func problems(
    with operation: some Primitive, operands: [[SampleOperand]],
    refusing refusals: [(operands: [TensorType], sentence: String)] = []
) -> [String] {
    var problems: [String] = []
    for sample in operands {
        let trial = OperationTrial(operation, sample)
        let isLarge = sample.contains { $0.shape.count > 1000 }
        var found = [
            trial.precisionProblem(), trial.threadProblem(), trial.instructionSetProblem(),
            trial.referenceProblem(),
        ]
        if !isLarge { found += [trial.gradientProblem(), trial.secondDerivativeProblem()] }
        problems += found.compactMap { $0 }.map { "\(trial): \($0)" }
    }
    for (operands, sentence) in refusals {
        let said = refusal(of: operation, operands)
        if said != sentence {
            problems.append("refusal: “\(said ?? "nothing")” instead of “\(sentence)”")
        }
    }
    return problems
}

/// What is wrong with a formula of one's own; empty when nothing is. Tested on some shapes, as operations are.
///
/// - Parameters:
///   - formula: the formula.
///   - ranges: for each of its numbers the range to test in, clear of poles and kinks.
public func problems(with formula: PointwiseFormula, in ranges: Range<Float>...) -> [String] {
    let ranges = ranges.isEmpty ? Array(repeating: -2..<2, count: formula.arity) : ranges
    guard ranges.count == formula.arity else {
        return ["\(formula.name): \(ranges.count) ranges for \(formula.arity) numbers"]
    }
    let shapes: [Shape] = [[], [1], [17], [3, 7], [0], [40_001]]
    return problems(
        with: Pointwise(formula),
        operands: shapes.map { shape in ranges.map { .numbers(shape, in: $0) } })
}
