import CApusKernels

/// A chain of pointwise operations as one program: every element goes through all of them in registers, and only
/// what others read is written.
///
/// An intermediate `float32` is the same number in a register and in memory, so the bits are those of the
/// operations one by one.
struct FusedPointwise {
    /// The shape of all outputs.
    let shape: Shape
    /// What comes from outside, to be repeated to `shape`.
    let inputs: [Trace.Use]
    let instructions: [apus_instruction]
    /// The values that are written, and the registers in which they stand.
    let outputs: [(value: Int, register: Int)]
    /// The operations in it, in order.
    let names: [String]

    /// Their names joined.
    var name: String {
        if names.count <= 4 { return names.joined(separator: "·") }
        return names.prefix(3).joined(separator: "·") + "·… (\(names.count))"
    }

    private static let mostOutputs = 8

    /// The program of some steps of one shape, in order; nil when they need too many registers.
    ///
    /// - Parameter isNeeded: whether a value is read outside.
    init?(_ members: [Trace.Step], in trace: Trace, isNeeded: (Int) -> Bool) {
        guard let first = members.first else { return nil }
        let shape = trace.values[first.outputs[0]].type.shape
        let inside = Set(members.map { $0.outputs[0] })
        var inputs: [Trace.Use] = []
        var positions: [Trace.Use: Int] = [:]
        for use in members.flatMap(\.inputs) {
            if inside.contains(use.value) {
                guard use.shape == shape else { return nil }
            } else if trace.uniform(use.value) == nil, positions[use] == nil {
                positions[use] = inputs.count
                inputs.append(use)
            }
        }
        guard inputs.count <= PointwiseKernel.mostInputs else { return nil }

        let builder = LaneProgramBuilder(inputCount: inputs.count)
        var lanes: [Int: Lane] = [:]
        var needed: [(value: Int, lane: Lane)] = []
        for member in members {
            guard let formula = (member.primitive as? Pointwise)?.formula else { return nil }
            let operands = member.inputs.map { use -> Lane in
                if let lane = lanes[use.value] { return lane }
                if let position = positions[use] { return builder.inputs[position] }
                return builder.constant(Double(trace.uniform(use.value) ?? 0))
            }
            guard builder.count <= Int(APUS_REGISTER_LIMIT) else { return nil }
            let result = builder.copy(formula.program, inputs: operands)
            let value = member.outputs[0]
            lanes[value] = result
            if isNeeded(value) { needed.append((value, result)) }
        }
        guard !needed.isEmpty else { return nil }
        let (program, registers) = builder.program(results: needed.map(\.lane))
        guard inputs.count + program.instructions.count <= Int(APUS_REGISTER_LIMIT),
            needed.count <= Self.mostOutputs
        else { return nil }
        self.shape = shape
        self.inputs = inputs
        instructions = program.instructions
        outputs = zip(needed, registers).map { ($0.value, $1) }
        names = members.map { $0.primitive?.name ?? "" }
    }
}

extension Trace {
    /// Whether a step is pointwise work that the vector kernels do, one element of each operand at a time.
    func isFusable(_ step: Step) -> Bool {
        guard let formula = (step.primitive as? Pointwise)?.formula, formula.fitsKernel else {
            return false
        }
        let output = values[step.outputs[0]].type
        guard output.shape.count > 0 else { return false }
        // A truth value is 0 or 1 in memory; only of predicates the register holds the same.
        guard output.scalarType == .float32 || (output.scalarType == .bool && formula.isPredicate)
        else { return false }
        return step.inputs.allSatisfy {
            let type = values[$0.value].type.scalarType
            return type == .float32 || type == .bool
        }
    }

    /// The number that all elements of a constant are; nil when they differ, or are no floats.
    func uniform(_ value: Int) -> Float? {
        guard case .constant(let storage) = values[value].origin, storage.scalarType == .float32,
            storage.count > 0
        else { return nil }
        let first = storage.floats[0]
        for index in 1..<Swift.max(storage.count, 1)
        where storage.floats[index].bitPattern != first.bitPattern { return nil }
        return first
    }
}
