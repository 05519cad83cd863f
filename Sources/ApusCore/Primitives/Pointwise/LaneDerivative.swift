import CApusKernels

/// What the derivative of a formula by one of its inputs is computed from.
package enum LaneDerivative: Sendable {
    /// The formula does not depend on the input, or is flat everywhere (a comparison, a floor).
    case none
    /// The gradient passes unchanged.
    case identity
    /// A formula of some of: the inputs, the output, the gradient.
    case formula(PointwiseFormula, operands: [Operand])

    package enum Operand: Sendable, Equatable {
        case input(Int)
        case output
        case gradient
    }
}

extension LaneProgram {
    /// The chain rule on the instructions of a formula, from the last to the first: a formula again.
    ///
    /// The program written here has the inputs `x…, y, g`; where the forward program's result is needed, `y`
    /// stands for it, so that `tanh` has the derivative `g · (1 − y²)`.
    func derivative(by input: Int, name: String) -> LaneDerivative {
        let builder = LaneProgramBuilder(inputCount: inputCount + 2)
        let lanes = builder.inputs
        let (output, gradient) = (lanes[inputCount], lanes[inputCount + 1])
        guard result >= inputCount else { return result == input ? .identity : .none }

        var values = Array(lanes.prefix(inputCount))
        // Nothing is passed to what does not depend on the input.
        var depends = (0..<inputCount).map { $0 == input }
        for (index, instruction) in instructions.enumerated() {
            let operands = instruction.operands.map { values[$0] }
            let value = builder.copy(instruction, operands: operands)
            values.append(inputCount + index == result ? output : value)
            depends.append(instruction.operands.contains { depends[$0] })
        }
        var adjoints: [Int: Lane] = [result: gradient]
        // What a choice between two numbers passed on: 0 where the other one was taken.
        var isChosen: Set<Int> = []
        for index in instructions.indices.reversed() {
            guard let adjoint = adjoints[inputCount + index] else { continue }
            let instruction = instructions[index]
            let operands = instruction.operands
            let passed = Self.passed(
                instruction.operation, operands.map { values[$0] }, values[inputCount + index],
                adjoint)
            let isChoice = Self.choices.contains(instruction.operation.rawValue)
            let wasChosen = isChosen.contains(inputCount + index)
            let isSteep =
                wasChosen && Self.steep.contains(instruction.operation.rawValue)
                && !operands.contains(where: isChosenFrom)
            for (register, passed) in zip(operands, passed) {
                guard var gradient = passed, depends[register] else { continue }
                // 0 times an infinite slope is no number: what was not taken has no slope.
                if isSteep {
                    gradient = adjoint.equal(Self.zero(adjoint)).select(adjoint, gradient)
                }
                if isChoice || wasChosen { isChosen.insert(register) }
                adjoints[register] = adjoints[register].map { $0 + gradient } ?? gradient
            }
        }
        guard let result = adjoints[input] else { return .none }
        if result.register == gradient.register { return .identity }
        return builder.program(result: result).compacted(name: name)
    }

    /// Whether a register holds what a choice gave: a formula that chose its argument has kept clear of poles itself.
    private func isChosenFrom(_ register: Int) -> Bool {
        register >= inputCount
            && Self.choices.contains(instructions[register - inputCount].operation.rawValue)
    }

    /// Operations that take one of two numbers.
    private static let choices: Set<UInt32> = Set(
        [APUS_OP_MINIMUM, APUS_OP_MAXIMUM, APUS_OP_SELECT].map(\.rawValue))
    /// Operations whose slope is infinite, or grows beyond all bounds, somewhere.
    private static let steep: Set<UInt32> = Set(
        [
            APUS_OP_DIVIDE, APUS_OP_SQUARE_ROOT, APUS_OP_EXP, APUS_OP_EXPM1, APUS_OP_LOG,
            APUS_OP_LOG1P, APUS_OP_POWER,
        ].map(\.rawValue))

    /// The program without inputs that it does not read, and which they were.
    private func compacted(name: String) -> LaneDerivative {
        let arity = inputCount - 2
        var used = Set(instructions.flatMap(\.operands).filter { $0 < inputCount })
        if result < inputCount { used.insert(result) }
        let kept = used.sorted()
        let builder = LaneProgramBuilder(inputCount: kept.count)
        var lanes: [Int: Lane] = [:]
        for (position, register) in kept.enumerated() { lanes[register] = builder.inputs[position] }
        for (index, instruction) in instructions.enumerated() {
            let operands = instruction.operands.compactMap { lanes[$0] }
            lanes[inputCount + index] = builder.copy(instruction, operands: operands)
        }
        guard let final = lanes[result] else { return .none }
        let operands: [LaneDerivative.Operand] = kept.map {
            $0 < arity ? .input($0) : $0 == arity ? .output : .gradient
        }
        return .formula(
            PointwiseFormula(name, program: builder.program(result: final)), operands: operands)
    }

    /// What an instruction passes back to each of its operands; nil where nothing.
    private static func passed(
        _ operation: apus_op, _ x: [Lane], _ y: Lane, _ g: Lane
    ) -> [Lane?] {
        switch operation {
        case APUS_OP_ADD: [g, g]
        case APUS_OP_SUBTRACT: [g, -g]
        case APUS_OP_MULTIPLY: [g * x[1], g * x[0]]
        case APUS_OP_DIVIDE: [g / x[1], -(g * y) / x[1]]
        case APUS_OP_FMA: [g * x[1], g * x[0], g]
        case APUS_OP_NEGATE: [-g]
        case APUS_OP_ABSOLUTE: [g * x[0].sign]
        // Where both are equal the first has the gradient.
        case APUS_OP_MINIMUM:
            [x[0].lessEqual(x[1]).select(g, zero(g)), x[0].lessEqual(x[1]).select(zero(g), g)]
        case APUS_OP_MAXIMUM:
            [
                x[0].greaterEqual(x[1]).select(g, zero(g)),
                x[0].greaterEqual(x[1]).select(zero(g), g),
            ]
        case APUS_OP_SQUARE_ROOT: [g * 0.5 / y]
        case APUS_OP_EXP: [g * y]
        case APUS_OP_LOG: [g / x[0]]
        case APUS_OP_LOG1P: [g / (x[0] + 1)]
        case APUS_OP_EXPM1: [g * (y + 1)]
        case APUS_OP_TANH: [g * (1 - y * y)]
        case APUS_OP_ERF: [g * (-(x[0] * x[0])).exp * 1.128_379_167_095_512_6]  // 2/√π
        case APUS_OP_SIGMOID: [g * (y * (1 - y))]
        case APUS_OP_SOFTPLUS: [g * x[0].sigmoid]
        case APUS_OP_GELU: [g * x[0].geluSlope]
        case APUS_OP_GELU_SLOPE:  // φ(x)·(2 − x²), φ(x) = e^(−x²/2)/√(2π)
            [g * (x[0] * x[0] * -0.5).exp * 0.398_942_280_401_432_7 * (2 - x[0] * x[0])]
        case APUS_OP_SIN: [g * x[0].cos]
        case APUS_OP_COS: [-(g * x[0].sin)]
        case APUS_OP_POWER:
            // A power of 0 is flat (0 · 0^−1 and 0 · log 0 would be NaN), and so is a power of the base 0.
            [
                x[1].equal(zero(g)).select(zero(g), g * x[1] * x[0].power(x[1] - 1)),
                x[0].equal(zero(g)).and(x[1].greaterEqual(zero(g)))
                    .select(zero(g), g * y * x[0].log),
            ]
        case APUS_OP_SELECT: [nil, x[0].select(g, zero(g)), x[0].select(zero(g), g)]
        default: x.map { _ in nil }
        }
    }

    private static func zero(_ lane: Lane) -> Lane { lane.constant(0) }
}
