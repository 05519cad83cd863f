import CApusKernels

/// Sums or means of rows of a table, one for each bag of ids.
///
/// Inputs: table `[height, width]`, ids `[total]` and offsets `[bags + 1]` (`int32`), and with weights
/// `[total]`. Output: `[bags, width]`: Σ weight · table[id] over the bag; the mean divides by the number of ids.
package struct EmbeddingBagSum: ReferencePrimitive, Hashable {
    let isMean: Bool
    /// Whether the weights have a gradient, which reads the table.
    var learnsWeights = false

    package var name: String { "EmbeddingBag" }

    /// The gradient of a table follows from where it was read, not from what was read.
    package func readsInput(_ index: Int) -> Bool { index != 0 || learnsWeights }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (table, ids, offsets) = (inputs[0], inputs[1], inputs[2])
        guard table.shape.rank == 2, table.scalarType.isFloating, ids.scalarType == .int32,
            offsets.scalarType == .int32, ids.shape.rank == 1, offsets.shape.rank == 1,
            offsets.count >= 1
        else {
            throw mismatch(
                inputs,
                "a table [height, width], int32 ids [total] and offsets [bags + 1] are needed")
        }
        if inputs.count > 3,
            inputs[3].shape != ids.shape || inputs[3].scalarType != table.scalarType
        {
            throw mismatch(inputs, "each id needs one weight of the table's type")
        }
        return TensorType(Shape(offsets.count - 1, table.shape[1]), table.scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int {
        // An addition for each number that is read, and a product where there are weights.
        inputs[1].count * outputs[0].shape[1] * (inputs.count > 3 ? 2 : 1)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (table, ids) = (inputs[0], inputs[1])
        requireIds(ids, below: table.shape[0], name)
        requireOffsets(inputs)
        guard table.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let (bags, width) = (outputs[0].shape[0], table.shape[1])
        let weights = inputs.count > 3 ? UnsafePointer(inputs[3].floats) : nil
        Parallel.rows(bags, costing: ids.count * width / Swift.max(bags, 1)) { range in
            Kernels.embedding.pointee.bags(
                outputs[0].floats, table.floats, width, ids.elements(as: Int32.self),
                inputs[2].elements(as: Int32.self), weights, range.lowerBound, range.upperBound,
                isMean ? APUS_BAG_MEAN : APUS_BAG_SUM)
        }
    }

    private func requireOffsets(_ inputs: Operands) {
        let offsets = inputs[2].elements(as: Int32.self)
        let bags = inputs[2].count - 1
        var isOrdered = offsets[0] == 0 && offsets[bags] == inputs[1].count
        for bag in 0..<bags where offsets[bag] > offsets[bag + 1] { isOrdered = false }
        guard isOrdered else {
            fatalError(
                "\(name): the offsets must rise from 0 to the number of ids (\(inputs[1].count))")
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs[0])
        } else {
            reference(Float.self, inputs, outputs[0])
        }
    }

    private func reference<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ output: TensorView) {
        let width = inputs[0].shape[1]
        let table = inputs[0].elements(as: S.self)
        let ids = inputs[1].elements(as: Int32.self)
        let offsets = inputs[2].elements(as: Int32.self)
        for bag in 0..<output.shape[0] {
            let positions = Int(offsets[bag])..<Int(offsets[bag + 1])
            for column in 0..<width {
                var sum: S = columnSum(count: positions.count) { sum, index in
                    let position = positions.lowerBound + index
                    let weight = inputs.count > 3 ? inputs[3].elements(as: S.self)[position] : 1
                    if weight == 0 { return }
                    sum.addProduct(weight, table[Int(ids[position]) * width + column])
                }
                if isMean && !positions.isEmpty { sum /= S(positions.count) }
                output.elements(as: S.self)[bag * width + column] = sum
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        if step.isRecording, learnsWeights {
            return step.throughComposition { inputs in [composition(inputs)] }
        }
        let bags = TransposedBags(
            ids: step.inputs[1], offsets: step.inputs[2],
            weights: step.inputs.count > 3 ? step.inputs[3] : nil,
            mean: isMean)
        let rows = bags.rowGradient(step.gradient, shape: step.inputs[0].shape)
        guard step.inputs.count > 3 else { return InputGradients([.rows(rows), nil, nil]) }
        return InputGradients(
            [.rows(rows), nil, nil, step.wants(3) ? .dense(weightGradient(step)) : nil])
    }

    /// The formula with the weights in an operation of their own.
    private func composition(_ inputs: [Tensor]) -> Tensor {
        let (ids, weights) = (inputs[1], inputs[3])
        let factors = weights.reshaped(to: Shape(ids.count, 1))
        let rows = embedding(ids, table: inputs[0]).cleared(where: factors.inverted) * factors
        let positions = Tensor(ids: (0..<Int32(ids.count)).map { $0 })
        return embeddingBag(ids: positions, offsets: inputs[2], table: rows, mean: isMean)
    }

    /// A weight's gradient: its row of the table times the gradient of its bag, divided for the mean by the number of
    /// the bag's ids.
    private func weightGradient(_ step: BackwardStep) -> Tensor {
        let (table, ids, offsets) = (step.inputs[0], step.inputs[1], step.inputs[2])
        let bags = offsets.count - 1
        var gradient = step.gradient
        if isMean {
            let places = offsets.converted(to: gradient.scalarType)
            let counts = places.slice(1..<bags + 1) - places.slice(0..<bags)
            gradient =
                gradient
                / maximum(counts, Tensor.ones([], gradient.scalarType))
                .reshaped(to: Shape(bags, 1))
        }
        let rows = embedding(apply(BagNumbers(), offsets, ids), table: gradient)
        return (rows * embedding(ids, table: table)).sum(axis: -1)
    }
}

/// The number of the bag that each id stands in.
///
/// Inputs: offsets `[bags + 1]` and ids `[total]` (`int32`). Output: `[total]`, `int32`.
package struct BagNumbers: Primitive {
    package var name: String { "BagNumbers" }
    package var differentiableOutputCount: Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        guard inputs[0].scalarType == .int32, inputs[0].shape.rank == 1, inputs[0].count >= 1 else {
            throw mismatch(inputs, "int32 offsets [bags + 1] and ids [total] are needed")
        }
        return TensorType(inputs[1].shape, .int32)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let offsets = inputs[0].elements(as: Int32.self)
        let numbers = outputs[0].elements(as: Int32.self)
        for bag in 0..<inputs[0].count - 1 {
            for position in Int(offsets[bag])..<Int(offsets[bag + 1]) {
                numbers[position] = Int32(bag)
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients { InputGradients(nil, nil) }
}

/// Bags seen from the table: which rows were used, by which bags, with which factors.
///
/// The gradient of a sum of rows is again a sum of rows, with the roles of bags and table exchanged: a touched
/// row's gradient is the sum of the gradients of the bags it stands in.
struct TransposedBags {
    /// The touched rows, ascending; in compiled code, where their number is not known, −1 follows.
    let rows: Tensor
    let sources: Tensor
    let starts: Tensor
    /// What each bag's gradient is multiplied by; nil for 1.
    let factors: Tensor?

    init(ids: Tensor, offsets: Tensor?, weights: Tensor?, mean: Bool) {
        let weights = weights?.converted(to: .float32)
        let transpose = TransposeBags(
            hasOffsets: offsets != nil, hasWeights: weights != nil, isMean: mean)
        let parts = apply(transpose, [ids, offsets, weights].compactMap { $0 })
        sources = parts[2]
        factors = parts.count > 3 ? parts[3] : nil
        if Tracer.isTracing {
            rows = parts[0]
            starts = parts[1]
        } else {
            let used = parts[0].storage.view.rowsInUse.count
            rows = parts[0].slice(0..<used)
            starts = parts[1].slice(0..<used + 1)
        }
    }

    func rowGradient(_ gradient: Tensor, shape: Shape) -> RowGradient {
        let values = embeddingBag(
            ids: sources, offsets: starts, weights: factors?.converted(to: gradient.scalarType),
            table: gradient)
        return RowGradient(indices: rows, values: values, shape: shape)
    }
}

/// Sums (or means) of rows of a table, one for each bag of ids: a text as the mean of its words' vectors.
///
/// - Parameters:
///   - ids: `int32` `[total]`, the bags one after another, each id in 0..<height.
///   - offsets: `int32` `[bags + 1]`, where each bag starts, and the total.
///   - weights: a factor for each id, `[total]`, or nil; a row with the weight 0 is left out, whatever it holds.
///   - table: `[height, width]`.
///   - mean: divide by the number of ids; an empty bag gives zeros either way.
/// - Returns: `[bags, width]`. The table's gradient has only the rows that were used.
public func embeddingBag(
    ids: Tensor, offsets: Tensor, weights: Tensor? = nil, table: Tensor, mean: Bool = false
) -> Tensor {
    guard let weights else { return apply(EmbeddingBagSum(isMean: mean), table, ids, offsets) }
    let sum = EmbeddingBagSum(isMean: mean, learnsWeights: weights.isTracked)
    return apply(sum, [table, ids, offsets, weights])[0]
}
