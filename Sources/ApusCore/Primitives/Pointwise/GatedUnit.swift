/// A gated linear unit: the first half of the last axis times a gate computed from the second, in one pass.
///
/// Input `[…, 2n]`, output `[…, n]`.
package struct GatedUnit: ReferencePrimitive {
    package let name: String
    /// a and b to a · gate(b).
    let formula: PointwiseFormula
    fileprivate let gradient: JointDerivative

    fileprivate init(_ name: String, _ formula: PointwiseFormula) {
        self.name = name
        self.formula = formula
        gradient = JointDerivative(formula)
    }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        var shape = inputs[0].shape
        guard shape.rank > 0, shape[shape.rank - 1] % 2 == 0 else {
            throw mismatch(inputs, "the last axis must have two halves: an even size")
        }
        shape[shape.rank - 1] /= 2
        return TensorType(shape, type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (x, output) = (inputs[0], outputs[0])
        let size = output.shape[output.shape.rank - 1]
        guard size > 0, x.scalarType == .float32 else {
            return forwardReference(inputs, into: outputs)
        }
        PointwiseKernel.runRows(
            formula.program, results: [formula.program.result], rows: output.count / size,
            size: size,
            [(x.floats, 2 * size), (x.floats + size, 2 * size)], into: [(output.floats, size)])
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        let (x, output) = (inputs[0], outputs[0])
        let size = output.shape[output.shape.rank - 1]
        for index in 0..<output.count {
            let first = index / size * 2 * size + index % size
            let (a, b) = (x.element(at: first), x.element(at: first + size))
            output.store(
                x.scalarType == .float32
                    ? Double(formula.program.evaluate([Float(a), Float(b)]))
                    : formula.program.evaluate([a, b]), at: index)
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        if step.isRecording {
            return step.throughComposition { [composition($0[0])] }
        }
        return InputGradients(
            apply(GatedUnitGradient(unit: self), step.inputs[0], step.gradient))
    }

    /// The same from a slice for each half.
    func composition(_ x: Tensor) -> Tensor {
        let size = x.shape[x.rank - 1] / 2
        return apply(
            Pointwise(formula), x.slice(0..<size, axis: -1), x.slice(size..<2 * size, axis: -1))
    }
}

/// The gradient of both halves of a gated unit's input, in one pass.
///
/// Inputs: x `[…, 2n]` and the gradient of the output `[…, n]`. Output: `[…, 2n]`.
package struct GatedUnitGradient: Primitive {
    let unit: GatedUnit

    package var name: String { unit.name + "Gradient" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let (x, gradient) = (inputs[0].shape, inputs[1].shape)
        var half = x
        if x.rank > 0 { half[x.rank - 1] /= 2 }
        guard x.rank > 0, x[x.rank - 1] % 2 == 0, gradient == half else {
            throw mismatch(inputs, "x [..., 2n] needs a gradient [..., n]")
        }
        return TensorType(x, type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (x, gradient, output) = (inputs[0], inputs[1], outputs[0])
        let size = x.shape[x.shape.rank - 1] / 2
        guard size > 0 else { return }
        let (program, results) = (unit.gradient.program, unit.gradient.results)
        if x.scalarType == .float32 {
            PointwiseKernel.runRows(
                program, results: results, rows: gradient.count / size, size: size,
                [(x.floats, 2 * size), (x.floats + size, 2 * size), (gradient.floats, size)],
                into: [(output.floats, 2 * size), (output.floats + size, 2 * size)])
        } else {
            var registers = [0.0, 0.0, 0.0]
            for index in 0..<gradient.count {
                let first = index / size * 2 * size + index % size
                registers.replaceSubrange(
                    0..<3,
                    with: [
                        x.element(at: first), x.element(at: first + size),
                        gradient.element(at: index),
                    ])
                _ = program.evaluate(&registers)
                output.store(registers[results[0]], at: first)
                output.store(registers[results[1]], at: first + size)
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        step.throughComposition { inputs in
            let (x, gradient) = (inputs[0], inputs[1])
            let tracked = x.isTracked ? x : x.tracked()
            let y = unit.composition(tracked)
            return [
                y.gradients(by: [tracked], from: gradient, recording: true)[0]
                    ?? .zeros(x.shape, x.scalarType)
            ]
        }
    }
}

/// Both gradients of a formula of two numbers as one program: from a, b and the gradient of the result.
private final class JointDerivative: Sendable {
    let program: LaneProgram
    let results: [Int]

    init(_ formula: PointwiseFormula) {
        let builder = LaneProgramBuilder(inputCount: 3)
        let (inputs, gradient) = (Array(builder.inputs.prefix(2)), builder.inputs[2])
        let output = builder.copy(formula.program, inputs: inputs)
        (program, results) = builder.program(
            results: (0..<2).map { index in
                switch formula.derivative(by: index) {
                case .none: return builder.constant(0)
                case .identity: return gradient
                case .formula(let formula, let operands):
                    let lanes = operands.map { operand in
                        switch operand {
                        case .input(let index): inputs[index]
                        case .output: output
                        case .gradient: gradient
                        }
                    }
                    return builder.copy(formula.program, inputs: lanes)
                }
            })
    }
}

extension PointwiseFormula {
    package static let sigmoidGate = PointwiseFormula("SigmoidGate") { a, b in a * b.sigmoid }
    package static let geluGate = PointwiseFormula("GELUGate") { a, b in a * b.gelu }
    package static let siluGate = PointwiseFormula("SiLUGate") { a, b in a * (b * b.sigmoid) }
}

extension GatedUnit {
    package static let glu = GatedUnit("GLU", .sigmoidGate)
    package static let geglu = GatedUnit("GEGLU", .geluGate)
    package static let swiglu = GatedUnit("SwiGLU", .siluGate)
}

/// The gated linear unit a · σ(b) of the halves [a, b] of the last axis (Dauphin et al. 2017).
///
/// - Parameter x: `[…, 2n]`.
/// - Returns: `[…, n]`.
public func glu(_ x: Tensor) -> Tensor { apply(GatedUnit.glu, x) }

/// a · GELU(b) of the halves [a, b] of the last axis (Shazeer 2020).
///
/// - Parameter x: `[…, 2n]`.
/// - Returns: `[…, n]`.
public func geglu(_ x: Tensor) -> Tensor { apply(GatedUnit.geglu, x) }

/// a · SiLU(b) of the halves [a, b] of the last axis (Shazeer 2020).
///
/// - Parameter x: `[…, 2n]`.
/// - Returns: `[…, n]`.
public func swiglu(_ x: Tensor) -> Tensor { apply(GatedUnit.swiglu, x) }

/// a · SiLU(b) of two tensors, as when value and gate come from a product each (Shazeer 2020).
public func swiglu(_ a: Tensor, gate b: Tensor) -> Tensor { apply(Pointwise(.siluGate), a, b) }
