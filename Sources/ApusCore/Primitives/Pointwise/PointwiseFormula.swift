import CApusKernels
import Synchronization

/// A function of numbers that is applied to each element: its program and its derivatives.
///
/// ```swift
/// let bump = PointwiseFormula("Bump") { x in (-(x * x)).exp }
/// let y = bump(Tensor([-1, 0, 1]))
/// ```
/// Its derivative follows by the chain rule, and that one's too: each is a formula again, evaluated in one pass.
/// Make it once (`let` or `static let`), not at every call: what it keeps is worked out once.
public final class PointwiseFormula: Sendable {
    /// The name that messages and pictures use.
    public let name: String
    package let program: LaneProgram
    /// What to do instead of asking for a derivative; nil where there is one.
    let remedyForDerivative: String?
    /// Whether the kernels have registers for it; a derivative of a derivative may need more.
    let fitsKernel: Bool
    /// Whether the result is a truth value.
    package let isPredicate: Bool
    /// Whether it makes fractions even of whole numbers, which integers would cut off.
    let isFractional: Bool
    private let derivatives: [LazyDerivative]
    /// By input: the derivative where it is stated; nil where the chain rule gives it.
    private let slopes: [PointwiseFormula?]

    /// A formula with its program.
    package init(
        _ name: String, program: LaneProgram, withoutDerivative remedy: String? = nil,
        slopes: [PointwiseFormula?] = []
    ) {
        self.name = name
        self.slopes = slopes
        remedyForDerivative = remedy
        self.program = program
        fitsKernel =
            program.inputCount + program.instructions.count <= APUS_REGISTER_LIMIT
            && program.inputCount <= PointwiseKernel.mostInputs
        isPredicate =
            program.instructions.last.map { Self.predicates.contains($0.operation.rawValue) }
            ?? false
        isFractional = program.instructions.contains {
            Self.fractional.contains($0.operation.rawValue)
        }
        derivatives = (0..<program.inputCount).map { _ in LazyDerivative() }
    }

    /// A formula of one number.
    public convenience init(_ name: String, _ body: (Lane) -> Lane) {
        self.init(name, arity: 1) { body($0[0]) }
    }

    /// A formula of two numbers.
    public convenience init(_ name: String, _ body: (Lane, Lane) -> Lane) {
        self.init(name, arity: 2) { body($0[0], $0[1]) }
    }

    /// A formula of three numbers.
    public convenience init(_ name: String, _ body: (Lane, Lane, Lane) -> Lane) {
        self.init(name, arity: 3) { body($0[0], $0[1], $0[2]) }
    }

    /// A formula of one number that has no derivative, and what to do instead of asking for one.
    package convenience init(
        _ name: String, withoutDerivative remedy: String, _ body: (Lane) -> Lane
    ) {
        let builder = LaneProgramBuilder(inputCount: 1)
        let result = body(builder.inputs[0])
        self.init(name, program: builder.program(result: result), withoutDerivative: remedy)
    }

    /// A formula of `arity` numbers.
    package convenience init(_ name: String, arity: Int, _ body: ([Lane]) -> Lane) {
        let builder = LaneProgramBuilder(inputCount: arity)
        let result = body(builder.inputs)
        self.init(name, program: builder.program(result: result))
    }

    /// A formula whose slope is not what the chain rule gives: a clamp stands behind a singular function, and the limit of
    /// the product of both is meant.
    ///
    /// - Parameter slopes: by input, a formula of the inputs and, last, the gradient; nil for the chain rule.
    package convenience init(
        _ name: String, arity: Int, slopes: [PointwiseFormula?], _ body: ([Lane]) -> Lane
    ) {
        let builder = LaneProgramBuilder(inputCount: arity)
        let result = body(builder.inputs)
        self.init(name, program: builder.program(result: result), slopes: slopes)
    }

    /// How many numbers it is a formula of.
    public var arity: Int { program.inputCount }

    /// The operations for one element; a fused multiply-add is two, a constant none.
    package var flops: Int {
        program.instructions.reduce(0) { sum, instruction in
            switch instruction.operation {
            case APUS_OP_CONSTANT: sum
            case APUS_OP_FMA: sum + 2
            default: sum + 1
            }
        }
    }

    /// The derivative by input `index`, worked out when first asked for.
    package func derivative(by index: Int) -> LaneDerivative {
        if index < slopes.count, let slope = slopes[index] {
            return .formula(slope, operands: (0..<arity).map { .input($0) } + [.gradient])
        }
        return derivatives[index].value { program.derivative(by: index, name: name + "Derivative") }
    }

    /// The formula of each element.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        requireArity(1)
        return apply(Pointwise(self), x)
    }

    /// The formula of each pair of elements, broadcast as in NumPy.
    public func callAsFunction(_ a: Tensor, _ b: Tensor) -> Tensor {
        requireArity(2)
        return apply(Pointwise(self), a, b)
    }

    /// The formula of each element and a number.
    public func callAsFunction(_ a: Tensor, _ b: Double) -> Tensor { self(a, a.like(b)) }

    /// The formula of each three elements, broadcast as in NumPy.
    public func callAsFunction(_ a: Tensor, _ b: Tensor, _ c: Tensor) -> Tensor {
        requireArity(3)
        return apply(Pointwise(self), a, b, c)
    }

    private func requireArity(_ count: Int) {
        guard arity == count else {
            fatalError("\(name): the formula takes \(arity) tensors and was given \(count)")
        }
    }

    private static let fractional: Set<UInt32> = Set(
        [
            APUS_OP_SQUARE_ROOT, APUS_OP_EXP, APUS_OP_LOG, APUS_OP_LOG1P, APUS_OP_EXPM1,
            APUS_OP_TANH,
            APUS_OP_ERF, APUS_OP_SIGMOID, APUS_OP_SOFTPLUS, APUS_OP_SIN, APUS_OP_COS, APUS_OP_GELU,
        ].map(\.rawValue))
    private static let predicates: Set<UInt32> = Set(
        [
            APUS_OP_EQUAL, APUS_OP_NOT_EQUAL, APUS_OP_LESS, APUS_OP_LESS_EQUAL, APUS_OP_GREATER,
            APUS_OP_GREATER_EQUAL, APUS_OP_AND, APUS_OP_OR, APUS_OP_NOT, APUS_OP_IS_FINITE,
        ].map { $0.rawValue })
}

extension PointwiseFormula: Hashable {
    /// Whether both are the very same formula.
    public static func == (a: PointwiseFormula, b: PointwiseFormula) -> Bool { a === b }

    /// Hashes the formula's identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A derivative that is worked out once; asking for it again costs no lock.
private final class LazyDerivative: Sendable {
    private final class Box: Sendable {
        let derivative: LaneDerivative
        init(_ derivative: LaneDerivative) { self.derivative = derivative }
    }
    private let known = AtomicLazyReference<Box>()

    @inline(__always)
    func value(_ derive: () -> LaneDerivative) -> LaneDerivative {
        if let box = known.load() { return box.derivative }
        return known.storeIfNil(Box(derive())).derivative
    }
}
