import CApusKernels

/// A number in a pointwise formula that is being written down: a register of a ``LaneProgram``.
///
/// Formulas are stated once, as Swift expressions over lanes. The same program then runs on vectors of floats
/// (the kernels), on doubles (the reference), and can be differentiated.
package struct Lane {
    let builder: LaneProgramBuilder
    let register: Int

    /// A constant.
    func constant(_ value: Float) -> Lane { builder.constant(value) }

    package static func + (a: Lane, b: Lane) -> Lane { a.builder.emit(APUS_OP_ADD, a, b) }
    package static func - (a: Lane, b: Lane) -> Lane { a.builder.emit(APUS_OP_SUBTRACT, a, b) }
    package static func * (a: Lane, b: Lane) -> Lane { a.builder.emit(APUS_OP_MULTIPLY, a, b) }
    package static func / (a: Lane, b: Lane) -> Lane { a.builder.emit(APUS_OP_DIVIDE, a, b) }
    package static prefix func - (a: Lane) -> Lane { a.builder.emit(APUS_OP_NEGATE, a) }

    package static func + (a: Lane, b: Float) -> Lane { a + a.constant(b) }
    package static func - (a: Lane, b: Float) -> Lane { a - a.constant(b) }
    package static func - (a: Float, b: Lane) -> Lane { b.constant(a) - b }
    package static func * (a: Lane, b: Float) -> Lane { a * a.constant(b) }
    package static func * (a: Float, b: Lane) -> Lane { b.constant(a) * b }
    package static func / (a: Float, b: Lane) -> Lane { b.constant(a) / b }

    /// `self · b + c`, rounded once.
    package func multiplied(by b: Lane, adding c: Lane) -> Lane {
        builder.emit(APUS_OP_FMA, self, b, c)
    }

    package var absolute: Lane { builder.emit(APUS_OP_ABSOLUTE, self) }
    package var squareRoot: Lane { builder.emit(APUS_OP_SQUARE_ROOT, self) }
    package var floor: Lane { builder.emit(APUS_OP_FLOOR, self) }
    package var exp: Lane { builder.emit(APUS_OP_EXP, self) }
    package var log: Lane { builder.emit(APUS_OP_LOG, self) }
    package var log1p: Lane { builder.emit(APUS_OP_LOG1P, self) }
    package var expm1: Lane { builder.emit(APUS_OP_EXPM1, self) }
    package var tanh: Lane { builder.emit(APUS_OP_TANH, self) }
    package var erf: Lane { builder.emit(APUS_OP_ERF, self) }
    package var sigmoid: Lane { builder.emit(APUS_OP_SIGMOID, self) }
    package var softplus: Lane { builder.emit(APUS_OP_SOFTPLUS, self) }
    package var sin: Lane { builder.emit(APUS_OP_SIN, self) }
    package var cos: Lane { builder.emit(APUS_OP_COS, self) }
    package var sign: Lane { builder.emit(APUS_OP_SIGN, self) }
    package var not: Lane { builder.emit(APUS_OP_NOT, self) }
    package var isFinite: Lane { builder.emit(APUS_OP_IS_FINITE, self) }

    package func power(_ b: Lane) -> Lane { builder.emit(APUS_OP_POWER, self, b) }
    package func minimum(_ b: Lane) -> Lane { builder.emit(APUS_OP_MINIMUM, self, b) }
    package func maximum(_ b: Lane) -> Lane { builder.emit(APUS_OP_MAXIMUM, self, b) }
    package func equal(_ b: Lane) -> Lane { builder.emit(APUS_OP_EQUAL, self, b) }
    package func notEqual(_ b: Lane) -> Lane { builder.emit(APUS_OP_NOT_EQUAL, self, b) }
    package func less(_ b: Lane) -> Lane { builder.emit(APUS_OP_LESS, self, b) }
    package func lessEqual(_ b: Lane) -> Lane { builder.emit(APUS_OP_LESS_EQUAL, self, b) }
    package func greater(_ b: Lane) -> Lane { builder.emit(APUS_OP_GREATER, self, b) }
    package func greaterEqual(_ b: Lane) -> Lane { builder.emit(APUS_OP_GREATER_EQUAL, self, b) }
    package func and(_ b: Lane) -> Lane { builder.emit(APUS_OP_AND, self, b) }
    package func or(_ b: Lane) -> Lane { builder.emit(APUS_OP_OR, self, b) }

    /// `yes` where this is not zero, `no` elsewhere.
    package func select(_ yes: Lane, _ no: Lane) -> Lane {
        builder.emit(APUS_OP_SELECT, self, yes, no)
    }
}

/// Collects the instructions of a formula. Equal instructions are written once.
package final class LaneProgramBuilder {
    private let inputCount: Int
    private var instructions: [apus_instruction] = []

    init(inputCount: Int) { self.inputCount = inputCount }

    var inputs: [Lane] { (0..<inputCount).map { Lane(builder: self, register: $0) } }

    func constant(_ value: Float) -> Lane { add(APUS_OP_CONSTANT, 0, 0, 0, value) }

    func emit(_ operation: apus_op, _ a: Lane, _ b: Lane? = nil, _ c: Lane? = nil) -> Lane {
        add(operation, a.register, b?.register ?? 0, c?.register ?? 0, 0)
    }

    /// Copies an instruction whose operands have become the given lanes.
    func copy(_ instruction: apus_instruction, operands: [Lane]) -> Lane {
        if instruction.operation == APUS_OP_CONSTANT { return constant(instruction.value) }
        return add(
            instruction.operation, operands[0].register,
            operands.count > 1 ? operands[1].register : 0,
            operands.count > 2 ? operands[2].register : 0, 0)
    }

    private func add(_ operation: apus_op, _ a: Int, _ b: Int, _ c: Int, _ value: Float) -> Lane {
        let present = instructions.firstIndex {
            $0.operation == operation && $0.a == a && $0.b == b && $0.c == c
                && $0.value.bitPattern == value.bitPattern
        }
        if let present { return Lane(builder: self, register: inputCount + present) }
        instructions.append(
            apus_instruction(
                op: UInt8(operation.rawValue), a: UInt8(a), b: UInt8(b), c: UInt8(c), value: value))
        return Lane(builder: self, register: inputCount + instructions.count - 1)
    }

    /// The program that computes `result`, without what it does not need.
    func program(result: Lane) -> LaneProgram {
        var needed = Set([result.register])
        for index in instructions.indices.reversed() where needed.contains(inputCount + index) {
            needed.formUnion(instructions[index].operands)
        }
        var renamed = Array(0..<inputCount)
        var kept: [apus_instruction] = []
        for (index, instruction) in instructions.enumerated() {
            renamed.append(inputCount + kept.count)
            guard needed.contains(inputCount + index) else { continue }
            var copy = instruction
            if instruction.operandCount > 0 { copy.a = UInt8(renamed[Int(instruction.a)]) }
            if instruction.operandCount > 1 { copy.b = UInt8(renamed[Int(instruction.b)]) }
            if instruction.operandCount > 2 { copy.c = UInt8(renamed[Int(instruction.c)]) }
            kept.append(copy)
        }
        return LaneProgram(
            inputCount: inputCount, instructions: kept, result: renamed[result.register])
    }
}

/// A formula as a list of instructions. Register `i` is input `i`, then come the instructions' results.
package struct LaneProgram: Sendable {
    package let inputCount: Int
    package let instructions: [apus_instruction]
    package let result: Int
}

extension apus_instruction {
    package var operation: apus_op { apus_op(rawValue: numericCast(op)) }

    /// How many registers it reads.
    var operandCount: Int {
        switch operation {
        case APUS_OP_CONSTANT: 0
        case APUS_OP_FMA, APUS_OP_SELECT: 3
        case APUS_OP_ADD, APUS_OP_SUBTRACT, APUS_OP_MULTIPLY, APUS_OP_DIVIDE, APUS_OP_MINIMUM,
            APUS_OP_MAXIMUM, APUS_OP_POWER, APUS_OP_EQUAL, APUS_OP_NOT_EQUAL, APUS_OP_LESS,
            APUS_OP_LESS_EQUAL, APUS_OP_GREATER, APUS_OP_GREATER_EQUAL, APUS_OP_AND, APUS_OP_OR:
            2
        default: 1
        }
    }

    /// The registers it reads.
    var operands: [Int] {
        [Int(a), Int(b), Int(c)].prefix(operandCount).map { $0 }
    }
}
