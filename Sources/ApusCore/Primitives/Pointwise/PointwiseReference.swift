import CApusKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The lane operations beyond arithmetic, in one precision.
///
/// In `Float` they are the kernels' own functions, so that the reference gives the kernels' bits; in `Double`
/// they are the C library's, for gradient checks.
package protocol ReferenceScalar: FloatingScalar {
    static func laneFunction(_ operation: apus_op, _ x: Self) -> Self
    static func lanePower(_ x: Self, _ y: Self) -> Self
}

extension Float: ReferenceScalar {
    package static func laneFunction(_ operation: apus_op, _ x: Float) -> Float {
        switch operation {
        case APUS_OP_EXP: apus_exp_f32(x)
        case APUS_OP_LOG: apus_log_f32(x)
        case APUS_OP_LOG1P: apus_log1p_f32(x)
        case APUS_OP_EXPM1: apus_expm1_f32(x)
        case APUS_OP_TANH: apus_tanh_f32(x)
        case APUS_OP_ERF: apus_erf_f32(x)
        case APUS_OP_SIGMOID: apus_sigmoid_f32(x)
        case APUS_OP_SOFTPLUS: apus_softplus_f32(x)
        case APUS_OP_GELU: apus_gelu_f32(x)
        case APUS_OP_GELU_SLOPE: apus_gelu_slope_f32(x)
        case APUS_OP_SIN: apus_sin_f32(x)
        default: apus_cos_f32(x)
        }
    }

    package static func lanePower(_ x: Float, _ y: Float) -> Float { apus_power_f32(x, y) }
}

extension Double: ReferenceScalar {
    package static func laneFunction(_ operation: apus_op, _ x: Double) -> Double {
        switch operation {
        case APUS_OP_EXP: exp(x)
        case APUS_OP_LOG: log(x)
        case APUS_OP_LOG1P: log1p(x)
        case APUS_OP_EXPM1: expm1(x)
        case APUS_OP_TANH: tanh(x)
        case APUS_OP_ERF: erf(x)
        case APUS_OP_SIGMOID: 1 / (1 + exp(-x))
        case APUS_OP_SOFTPLUS: max(x, 0) + log1p(exp(-abs(x)))
        case APUS_OP_GELU: x * 0.5 * erfc(-x * 0.5.squareRoot())
        case APUS_OP_GELU_SLOPE:
            0.5 * erfc(-x * 0.5.squareRoot()) + x * exp(-0.5 * x * x) * 0.398_942_280_401_432_7
        case APUS_OP_SIN: sin(x)
        default: cos(x)
        }
    }

    package static func lanePower(_ x: Double, _ y: Double) -> Double { pow(x, y) }
}

extension LaneProgram {
    /// Runs the formula on one set of numbers: the reference that the kernels are tested against.
    package func evaluate<S: ReferenceScalar>(_ inputs: [S]) -> S {
        var registers = inputs
        return evaluate(&registers)
    }

    /// The same with registers to reuse: the first `inputCount` hold the inputs, the others are written.
    func evaluate<S: ReferenceScalar>(_ registers: inout [S]) -> S {
        registers.removeSubrange(inputCount...)
        for instruction in instructions {
            let count = instruction.operandCount
            let a = count > 0 ? registers[Int(instruction.a)] : 0
            let b = count > 1 ? registers[Int(instruction.b)] : 0
            let c = count > 2 ? registers[Int(instruction.c)] : 0
            registers.append(Self.result(instruction, a, b, c))
        }
        return registers[result]
    }

    private static func result<S: ReferenceScalar>(
        _ instruction: apus_instruction, _ a: S, _ b: S, _ c: S
    ) -> S {
        func truth(_ condition: Bool) -> S { condition ? 1 : 0 }
        switch instruction.operation {
        case APUS_OP_CONSTANT: return S(instruction.value)
        case APUS_OP_ADD: return a + b
        case APUS_OP_SUBTRACT: return a - b
        case APUS_OP_MULTIPLY: return a * b
        case APUS_OP_DIVIDE: return a / b
        case APUS_OP_FMA: return c.addingProduct(a, b)
        case APUS_OP_NEGATE: return -a
        case APUS_OP_ABSOLUTE: return a.magnitude
        case APUS_OP_MINIMUM: return a.isNaN || b.isNaN ? .nan : a < b ? a : b
        case APUS_OP_MAXIMUM: return a.isNaN || b.isNaN ? .nan : a > b ? a : b
        case APUS_OP_SQUARE_ROOT: return a.squareRoot()
        case APUS_OP_FLOOR: return a.rounded(.down)
        case APUS_OP_POWER: return S.lanePower(a, b)
        case APUS_OP_SIGN: return a.isNaN ? .nan : truth(a > 0) - truth(a < 0)
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
        case APUS_OP_IS_FINITE: return truth(a.isFinite)
        default: return S.laneFunction(instruction.operation, a)
        }
    }
}

extension Pointwise: ReferencePrimitive {
    /// One element at a time: in `Float` for `float32`, in `Int32` for integers where the formula keeps to them, in
    /// `Double` for the rest.
    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        let output = outputs[0]
        let views = inputs.array.map { BroadcastView($0, to: output.shape) }
        let isSingle = inputs.array.allSatisfy {
            $0.scalarType == .float32 || $0.scalarType == .bool
        }
        if isSingle {
            evaluate(Float.self, views, into: output)
        } else if formula.program.isIntegral,
            inputs.array.allSatisfy({ $0.scalarType == .int32 || $0.scalarType == .bool })
        {
            evaluateIntegers(views, into: output)
        } else {
            evaluate(Double.self, views, into: output)
        }
    }

    private func evaluateIntegers(_ views: [BroadcastView], into output: TensorView) {
        for index in 0..<output.count {
            let operands = views.map { Int32($0.element(at: index)) }
            output.store(Double(formula.program.evaluateIntegers(operands)), at: index)
        }
    }

    private func evaluate<S: ReferenceScalar>(
        _: S.Type, _ views: [BroadcastView], into output: TensorView
    ) {
        var registers = [S](repeating: 0, count: views.count)
        for index in 0..<output.count {
            for (input, view) in views.enumerated() {
                registers[input] = S(view.element(at: index))
            }
            output.store(Double(formula.program.evaluate(&registers)), at: index)
        }
    }
}

/// Where the element of a broadcast operand lies.
struct BroadcastView {
    private let operand: TensorView
    private let shape: Shape
    private let strides: [Int]

    init(_ operand: TensorView, to shape: Shape) {
        self.operand = operand
        self.shape = shape
        strides = operand.shape.strides(broadcastTo: shape)
    }

    func element(at index: Int) -> Double {
        var rest = index
        var offset = 0
        for axis in shape.indices.reversed() {
            offset += rest % shape[axis] * strides[axis]
            rest /= shape[axis]
        }
        return operand.element(at: offset)
    }
}

extension Shape {
    /// The step in memory along each axis of `shape`, 0 where this shape is repeated.
    func strides(broadcastTo shape: Shape) -> [Int] {
        var strides = Array(repeating: 0, count: shape.rank)
        var step = 1
        for axis in indices.reversed() {
            strides[axis + shape.rank - rank] = self[axis] == 1 ? 0 : step
            step *= self[axis]
        }
        return strides
    }
}
