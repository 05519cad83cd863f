/// A formula of each element, one operand of which must hold numbers of a certain kind: a loss that stops with a
/// sentence at a target that it was not made for.
package struct CheckedPointwise: Primitive {
    /// What the elements of an operand must be; NaN passes, and makes the loss NaN: it comes from a training that has
    /// failed, which whoever trains is to be told, and not from a mistake in the call.
    package enum Kind: Sendable {
        /// 0 to 1.
        case probability
        /// −1 or 1.
        case sign
        /// 1, up to rounding: the length of a unit vector.
        case unitLength
    }

    package let formula: PointwiseFormula
    let checked: [(operand: Int, what: String, kind: Kind)]

    /// - Parameter checked: the operands that are looked at, with their name in the sentence.
    package init(_ formula: PointwiseFormula, _ checked: (Int, String, Kind)...) {
        self.formula = formula
        self.checked = checked
    }

    package var name: String { formula.name }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        let shape = inputs[0].shape
        // Further operands are settings: one number for all.
        for index in 1..<inputs.count where inputs[index].shape != shape {
            guard index > 1, inputs[index].shape.rank == 0 else {
                throw mismatch(inputs, "the shapes must be equal; losses do not broadcast")
            }
        }
        return TensorType(shape, type)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        for (operand, what, kind) in checked {
            if inputs[operand].scalarType == .float64 {
                check(Double.self, inputs[operand], what, kind)
            } else {
                check(Float.self, inputs[operand], what, kind)
            }
        }
        Pointwise(formula).forward(inputs, into: outputs)
    }

    private func check<S: FloatingScalar>(
        _: S.Type, _ operand: TensorView, _ what: String, _ kind: Kind
    ) {
        let x = operand.elements(as: S.self)
        var isProper = true
        switch kind {
        case .probability:
            for index in 0..<operand.count {
                isProper = isProper && !(x[index] < 0 || x[index] > 1)
            }
        case .sign:
            for index in 0..<operand.count {
                isProper = isProper && (abs(x[index]) == 1 || x[index].isNaN)
            }
        case .unitLength:
            for index in 0..<operand.count { isProper = isProper && !(abs(x[index] - 1) >= 0.001) }
        }
        if !isProper { refuse(operand, what, kind) }
    }

    private func refuse(_ operand: TensorView, _ what: String, _ kind: Kind) -> Never {
        for index in 0..<operand.count {
            let value = operand.element(at: index)
            switch kind {
            case .probability where value < 0 || value > 1:
                fatalError(
                    "\(name): \(what) \(value) at element \(index) is no probability; it must be in 0...1"
                )
            case .sign where abs(value) != 1 && !value.isNaN:
                fatalError("\(name): \(what) \(value) at element \(index) must be −1 or 1")
            case .unitLength where abs(value - 1) >= 0.001:
                fatalError(
                    "\(name): \(what) \(index) has the length \(value); it must be a unit vector: divide it by its length"
                )
            default: continue
            }
        }
        fatalError("\(name): the \(what)s do not fit")
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        Pointwise(formula).derivative(step)
    }
}

// Made once: a list for each call would cost a small step more than the check.
extension CheckedPointwise {
    /// Scores, and targets from 0 to 1.
    package static let binaryCrossEntropy = CheckedPointwise(
        .binaryCrossEntropy, (1, "target", .probability))
    /// Probabilities, and targets from 0 to 1.
    package static let binaryCrossEntropyOfProbabilities = CheckedPointwise(
        .binaryCrossEntropyOfProbabilities, (0, "prediction", .probability),
        (1, "target", .probability))
    /// Scores, and targets −1 or 1.
    package static let hinge = CheckedPointwise(.hinge, (1, "target", .sign))
    /// Cosines, targets −1 or 1, and the margin.
    package static let cosineEmbedding = CheckedPointwise(
        .cosineEmbedding, (1, "target", .sign))
    /// log q, and p from 0 to 1.
    package static let divergence = CheckedPointwise(
        .divergence, (1, "target", .probability))
    /// Predictions, targets, and δ.
    package static let huber = CheckedPointwise(.huber)
    /// What should be small, what should be large, and the margin.
    package static let margin = CheckedPointwise(.margin)
    /// log C(κ), the targets' lengths, κ, x·y, λ₁, λ₂.
    package static let vonMisesFisher = CheckedPointwise(
        .vonMisesFisher, (1, "target", .unitLength))
}
