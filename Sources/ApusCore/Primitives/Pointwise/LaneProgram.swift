import CApusKernels

/// A formula as a list of instructions. Register `i` is input `i`, then come the instructions' results.
package struct LaneProgram: Sendable {
    package let inputCount: Int
    package let instructions: [apus_instruction]
    package let result: Int
}

/// Collects the instructions of a formula. Equal instructions are written once.
package final class LaneProgramBuilder {
    private let inputCount: Int
    private var instructions: [apus_instruction] = []
    private var known: [Key: Int] = [:]

    private struct Key: Hashable {
        let operation: UInt32
        let a, b, c: Int
        let value: UInt64
    }

    init(inputCount: Int) { self.inputCount = inputCount }

    var inputs: [Lane] { (0..<inputCount).map { Lane(builder: self, register: $0) } }

    func constant(_ value: Double) -> Lane { add(APUS_OP_CONSTANT, 0, 0, 0, value) }

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

    /// Copies a whole program whose inputs have become the given lanes; its result.
    func copy(_ program: LaneProgram, inputs: [Lane]) -> Lane {
        var lanes = inputs
        for instruction in program.instructions {
            lanes.append(copy(instruction, operands: instruction.operands.map { lanes[$0] }))
        }
        return lanes[program.result]
    }

    private func add(_ operation: apus_op, _ a: Int, _ b: Int, _ c: Int, _ value: Double) -> Lane {
        let key = Key(
            operation: numericCast(operation.rawValue), a: a, b: b, c: c, value: value.bitPattern)
        if let present = known[key] {
            return Lane(builder: self, register: inputCount + present)
        }
        known[key] = instructions.count
        instructions.append(
            apus_instruction(
                op: UInt16(operation.rawValue), a: UInt16(a), b: UInt16(b), c: UInt16(c),
                value: value))
        return Lane(builder: self, register: inputCount + instructions.count - 1)
    }

    /// The number of instructions so far.
    var count: Int { instructions.count }

    /// The program that computes `result`, without what it does not need.
    func program(result: Lane) -> LaneProgram { program(results: [result]).program }

    /// The program that computes all `results`, and their registers in it.
    func program(results: [Lane]) -> (program: LaneProgram, results: [Int]) {
        var needed = Set(results.map(\.register))
        for index in instructions.indices.reversed() where needed.contains(inputCount + index) {
            needed.formUnion(instructions[index].operands)
        }
        var renamed = Array(0..<inputCount)
        var kept: [apus_instruction] = []
        for (index, instruction) in instructions.enumerated() {
            renamed.append(inputCount + kept.count)
            guard needed.contains(inputCount + index) else { continue }
            var copy = instruction
            if instruction.operandCount > 0 { copy.a = UInt16(renamed[Int(instruction.a)]) }
            if instruction.operandCount > 1 { copy.b = UInt16(renamed[Int(instruction.b)]) }
            if instruction.operandCount > 2 { copy.c = UInt16(renamed[Int(instruction.c)]) }
            kept.append(copy)
        }
        let registers = results.map { renamed[$0.register] }
        let program = LaneProgram(
            inputCount: inputCount, instructions: kept, result: registers[registers.count - 1])
        return (program, registers)
    }
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
