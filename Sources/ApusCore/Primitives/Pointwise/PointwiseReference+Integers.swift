import CApusKernels

extension LaneProgram {
    /// Whether `int32` holds every number of the formula: its operations keep integers, its constants are some.
    package var isIntegral: Bool {
        instructions.allSatisfy { instruction in
            switch instruction.operation {
            case APUS_OP_CONSTANT: Int32(exactly: instruction.value) != nil
            case APUS_OP_SQUARE_ROOT, APUS_OP_EXP, APUS_OP_LOG, APUS_OP_LOG1P, APUS_OP_EXPM1,
                APUS_OP_TANH, APUS_OP_ERF, APUS_OP_SIGMOID, APUS_OP_SOFTPLUS, APUS_OP_SIN,
                APUS_OP_COS, APUS_OP_GELU, APUS_OP_GELU_SLOPE:
                false
            default: true
            }
        }
    }

    /// Runs a formula that keeps to integers on one set of them; what leaves their range wraps around.
    package func evaluateIntegers(_ inputs: [Int32]) -> Int32 {
        var registers = inputs
        for instruction in instructions {
            let operands = instruction.operands.map { registers[$0] } + [0, 0, 0]
            registers.append(Self.integer(instruction, operands[0], operands[1], operands[2]))
        }
        return registers[result]
    }

    private static func integer(
        _ instruction: apus_instruction, _ a: Int32, _ b: Int32, _ c: Int32
    ) -> Int32 {
        func truth(_ condition: Bool) -> Int32 { condition ? 1 : 0 }
        switch instruction.operation {
        case APUS_OP_CONSTANT: return Int32(instruction.value)
        case APUS_OP_ADD: return a &+ b
        case APUS_OP_SUBTRACT: return a &- b
        case APUS_OP_MULTIPLY: return a &* b
        case APUS_OP_DIVIDE: return b == 0 ? 0 : a.dividedReportingOverflow(by: b).partialValue
        case APUS_OP_FMA: return a &* b &+ c
        case APUS_OP_NEGATE: return 0 &- a
        case APUS_OP_ABSOLUTE: return a < 0 ? 0 &- a : a
        case APUS_OP_MINIMUM: return min(a, b)
        case APUS_OP_MAXIMUM: return max(a, b)
        case APUS_OP_POWER: return power(a, b)
        case APUS_OP_SIGN: return a.signum()
        case APUS_OP_EQUAL: return truth(a == b)
        case APUS_OP_NOT_EQUAL: return truth(a != b)
        case APUS_OP_LESS: return truth(a < b)
        case APUS_OP_LESS_EQUAL: return truth(a <= b)
        case APUS_OP_GREATER: return truth(a > b)
        case APUS_OP_GREATER_EQUAL: return truth(a >= b)
        case APUS_OP_SELECT: return a != 0 ? b : c
        case APUS_OP_AND: return truth(a != 0 && b != 0)
        case APUS_OP_OR: return truth(a != 0 || b != 0)
        case APUS_OP_NOT: return truth(a == 0)
        case APUS_OP_IS_FINITE: return 1
        default: return a
        }
    }

    /// Of a negative exponent only 1 and −1 leave an integer other than 0.
    private static func power(_ base: Int32, _ exponent: Int32) -> Int32 {
        if exponent < 0 { return base == 1 ? 1 : base == -1 ? (exponent & 1 == 0 ? 1 : -1) : 0 }
        var (result, factor, rest): (Int32, Int32, Int32) = (1, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result &*= factor }
            factor &*= factor
            rest >>= 1
        }
        return result
    }
}
