/// log C_m(κ) of each element, the normalizer of the von Mises–Fisher density C_m(κ)·exp(κ·μᵀx) of unit vectors x in m
/// dimensions: (m/2 − 1)·log κ − (m/2)·log 2π − log I_{m/2−1}(κ).
package struct LogVonMisesFisherConstant: Primitive {
    let dimension: Int

    package init(dimension: Int) {
        guard dimension > 0 else {
            fatalError("LogVonMisesFisherConstant: there are no vectors of dimension \(dimension)")
        }
        self.dimension = dimension
    }

    package var name: String { "LogVonMisesFisherConstant" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        TensorType(inputs[0].shape, try requireFloating(inputs))
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let m = Double(dimension)
        let constant = -0.5 * m * DoubleMath.log(2 * .pi)
        eachElement(inputs, outputs[0]) { kappa in
            ModifiedBessel.evaluate(order: 0.5 * m - 1, kappa).logarithm + constant
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(
            -(step.gradient * apply(MeanResultantLength(dimension: dimension), step.inputs[0])))
    }
}

/// A_m(κ) = I_{m/2}(κ) / I_{m/2−1}(κ) of each element: how long the mean of von Mises–Fisher vectors is, and the slope of
/// −log C_m.
package struct MeanResultantLength: Primitive {
    let dimension: Int

    package var name: String { "MeanResultantLength" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        TensorType(inputs[0].shape, try requireFloating(inputs))
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let order = 0.5 * Double(dimension) - 1
        eachElement(inputs, outputs[0]) { kappa in
            kappa * ModifiedBessel.evaluate(order: order, kappa).ratio
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        // A′ = 1 − A² − (m − 1)/κ·A, and at 0, where A ≈ κ/m, 1/m
        let (a, kappa) = (step.outputs[0], step.inputs[0])
        let isZero = kappa.equal(to: kappa.like(0))
        let share = isZero.select(
            a.like(1 / Double(dimension)), a / kappa.replacing(where: isZero, with: 1))
        let slope = 1 - a * a - share * Double(dimension - 1)
        return InputGradients(step.gradient * slope)
    }
}

extension Primitive {
    /// A function of concentrations, in doubles; stops with a sentence at one below 0.
    fileprivate func eachElement(
        _ inputs: Operands, _ output: TensorView, _ function: (Double) -> Double
    ) {
        Parallel.rows(output.count, costing: 512) { range in
            for index in range {
                let kappa = inputs[0].element(at: index)
                guard !(kappa < 0) else {
                    fatalError(
                        "\(name): the concentration \(kappa) at element \(index) is below 0; it is a length"
                    )
                }
                output.store(function(kappa), at: index)
            }
        }
    }
}

/// log C_m(κ) of each element: the normalizer of the von Mises–Fisher density C_m(κ)·exp(κ·μᵀx) of unit vectors in m
/// dimensions, (m/2 − 1)·log κ − (m/2)·log 2π − log I_{m/2−1}(κ), exact for every m and κ.
///
/// - Parameters:
///   - concentrations: κ ≥ 0, any shape.
///   - dimension: m.
public func logVonMisesFisherConstant(_ concentrations: Tensor, dimension: Int) -> Tensor {
    apply(LogVonMisesFisherConstant(dimension: dimension), concentrations)
}
