import ApusCore
import CApusKernels

/// Adam's divisor in the memory of a row and a column (Shazeer and Stern 2018): of the squared gradients of a matrix
/// only the means of the rows r and of the columns c are kept,
///
///     r ← β·r + (1−β)·rowMean(g² + ε₁);  c ← β·c + (1−β)·columnMean(g² + ε₁);  β = 1 − t^(−0.8)
///     u = g / √(r·c / mean(r));  θ ← (1 − η·λ)·θ − ρ·max(ε₂, rms(θ)) · u / max(1, rms(u)/d)
///
/// with ρ = min(η, 1/√t): steps are relative to the size of the parameter. Without `relativeSteps` they are of size
/// η. A parameter with more than two axes counts as a matrix [first, others]; a vector keeps all squares. The gradient
/// of a table is taken as a whole, rows without a gradient decay.
public final class Adafactor: RuleOptimizer {
    /// The step size η.
    public var learningRate: Float
    package let weightDecay: Float
    package let slots: OptimizerSlots
    private let decayExponent: Double
    private let threshold: Float
    private let usesRelativeSteps: Bool

    /// Adafactor on the given parameters.
    ///
    /// - Parameters:
    ///   - decayExponent: of β.
    ///   - threshold: d, the root of the mean square that a change may have.
    public init(
        _ parameters: [NamedParameter], learningRate: Float = 1e-2, weightDecay: Float = 0,
        decayExponent: Double = -0.8, threshold: Float = 1, relativeSteps: Bool = true
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.decayExponent = decayExponent
        self.threshold = threshold
        usesRelativeSteps = relativeSteps
        slots = OptimizerSlots(parameters, rows: .dense) { shape in
            shape.rank < 2
                ? [("square", shape)]
                : [("row", Shape(shape[0])), ("column", Shape(shape.rowWidth))]
        }
    }

    package var name: String { "Adafactor" }

    package func rule(step: Int, rate: Float, decay: Float) -> apus_optimizer_rule {
        let gain = PortableMath.power(Double(step), decayExponent)
        let relative = min(rate, Float(1 / Double(step).squareRoot()))
        var rule = apus_optimizer_rule()
        rule.kind = APUS_ADAFACTOR
        rule.adafactor = apus_adafactor_rule(
            rate: usesRelativeSteps ? relative : rate, keep: Float(1 - gain), gain: Float(gain),
            square_floor: 1e-30, least_scale: usesRelativeSteps ? 1e-3 : 0, threshold: threshold,
            parameter_keep: 1 - rate * decay)
        return rule
    }
}

/// The three passes of a step over one parameter.
struct AdafactorStep {
    private let memory: apus_optimizer_memory
    private let rule: apus_optimizer_rule
    private let (height, width): (Int, Int)
    private let isFactored: Bool
    /// Rows a task; of a vector, elements.
    private let taskSize: Int

    init(_ memory: apus_optimizer_memory, _ shape: Shape, _ rule: apus_optimizer_rule) {
        self.memory = memory
        self.rule = rule
        isFactored = shape.rank >= 2
        (height, width) = isFactored ? (shape[0], shape.rowWidth) : (shape.count, 1)
        taskSize = isFactored ? max(16, 16384 / max(width, 1)) : 16384
    }

    private var taskCount: Int { (height + taskSize - 1) / taskSize }

    private func rows(_ task: Int) -> Range<Int> {
        task * taskSize..<min((task + 1) * taskSize, height)
    }

    func run() {
        guard height > 0, width > 0 else { return }
        let scratch = Tensor.zeros([taskCount * (isFactored ? width : 0) + 2 * taskCount], .float64)
        let factors = Tensor.zeros([isFactored ? height + width : 0])
        nonisolated(unsafe) let columnSums = scratch.storage.elements(as: Double.self)
        nonisolated(unsafe) let norms = columnSums + taskCount * (isFactored ? width : 0)
        nonisolated(unsafe) let rowFactors = isFactored ? factors.storage.floats : nil
        nonisolated(unsafe) let columnFactors = rowFactors.map { $0 + height }
        nonisolated(unsafe) let memory = memory
        let rule = rule
        let kernels = Kernels.optimizer
        Parallel.run(taskCount) { task in
            withUnsafePointer(to: memory) { memory in
                withUnsafePointer(to: rule) { rule in
                    kernels.pointee.adafactor_squares(
                        memory, width, rows(task).lowerBound, rows(task).upperBound,
                        isFactored ? columnSums + task * width : nil, rule)
                }
            }
        }
        if let rowFactors, let columnFactors { makeFactors(columnSums, rowFactors, columnFactors) }
        Parallel.run(taskCount) { task in
            withUnsafePointer(to: memory) {
                kernels.pointee.adafactor_norms(
                    $0, width, rows(task).lowerBound, rows(task).upperBound, rowFactors,
                    columnFactors, norms + 2 * task)
            }
        }
        let step = stepSize(norms)
        Parallel.run(taskCount) { task in
            withUnsafePointer(to: memory) {
                kernels.pointee.adafactor_step(
                    $0, width, rows(task).lowerBound, rows(task).upperBound, rowFactors,
                    columnFactors, step, rule.adafactor.parameter_keep)
            }
        }
        withExtendedLifetime((scratch, factors)) {}
    }

    /// 1 / √(r / mean(r)) and 1 / √c, after c has moved towards the columns' means.
    private func makeFactors(
        _ sums: UnsafePointer<Double>, _ rowFactors: UnsafeMutablePointer<Float>,
        _ columnFactors: UnsafeMutablePointer<Float>
    ) {
        guard let row = memory.state.0, let column = memory.state.1 else { return }
        for j in 0..<width {
            let sum = (0..<taskCount).reduce(0.0) { $0 + sums[$1 * width + j] }
            let mean = Float(sum / Double(height))
            column[j] = column[j].addingProduct(rule.adafactor.gain, mean - column[j])
            columnFactors[j] = 1 / column[j].squareRoot()
        }
        let mean = (0..<height).reduce(0.0) { $0 + Double(row[$1]) } / Double(height)
        for i in 0..<height { rowFactors[i] = Float((mean / Double(row[i])).squareRoot()) }
    }

    /// ρ·max(ε₂, rms(θ)) / max(1, rms(u)/d).
    private func stepSize(_ norms: UnsafePointer<Double>) -> Float {
        let numbers = rule.adafactor
        func rms(_ place: Int) -> Double {
            let sum = (0..<taskCount).reduce(0.0) { $0 + norms[2 * $1 + place] }
            return (sum / Double(height * width)).squareRoot()
        }
        let scale = numbers.least_scale == 0 ? 1 : max(Double(numbers.least_scale), rms(1))
        return Float(Double(numbers.rate) * scale / max(1, rms(0) / Double(numbers.threshold)))
    }
}
