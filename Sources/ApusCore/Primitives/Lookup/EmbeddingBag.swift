import CApusKernels

/// Sums or means of rows of a table, one for each bag of ids.
///
/// Inputs: table `[height, width]`, ids `[total]` and offsets `[bags + 1]` (`int32`), and with weights
/// `[total]`. Output: `[bags, width]`: Σ weight · table[id] over the bag; the mean divides by the number of ids.
package struct EmbeddingBagSum: ReferencePrimitive {
    let isMean: Bool

    package var name: String { "EmbeddingBag" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (table, ids, offsets) = (inputs[0], inputs[1], inputs[2])
        guard table.shape.rank == 2, table.scalarType.isFloating, ids.scalarType == .int32,
            offsets.scalarType == .int32, ids.shape.rank == 1, offsets.shape.rank == 1,
            offsets.count >= 1
        else {
            throw mismatch(
                inputs, "a table [height, width], int32 ids [total] and offsets [bags + 1] are needed")
        }
        if inputs.count > 3, inputs[3].shape != ids.shape || inputs[3].scalarType != table.scalarType {
            throw mismatch(inputs, "each id needs one weight of the table's type")
        }
        return TensorType(Shape(offsets.count - 1, table.shape[1]), table.scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (table, ids) = (inputs[0], inputs[1])
        requireIds(ids, below: table.shape[0], name)
        let offsets = wideOffsets(inputs)
        guard table.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let (bags, width) = (outputs[0].shape[0], table.shape[1])
        let weights = inputs.count > 3 ? UnsafePointer(inputs[3].floats) : nil
        Parallel.rows(bags, costing: ids.count * width / Swift.max(bags, 1)) { range in
            offsets.withUnsafeBufferPointer {
                Kernels.embedding.pointee.bags(
                    outputs[0].floats, table.floats, width, ids.elements(as: Int32.self),
                    $0.baseAddress, weights, range.lowerBound, range.upperBound,
                    isMean ? APUS_BAG_MEAN : APUS_BAG_SUM)
            }
        }
    }

    private func wideOffsets(_ inputs: Operands) -> [Int64] {
        let offsets = UnsafeBufferPointer(
            start: inputs[2].elements(as: Int32.self), count: inputs[2].count
        ).map(Int64.init)
        let isOrdered = zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }
        guard isOrdered, offsets.first == 0, offsets.last == Int64(inputs[1].count) else {
            fatalError(
                "\(name): the offsets must rise from 0 to the number of ids (\(inputs[1].count))")
        }
        return offsets
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs[0])
        } else {
            reference(Float.self, inputs, outputs[0])
        }
    }

    private func reference<S: FloatingScalar>(_: S.Type, _ inputs: Operands, _ output: Storage) {
        let width = inputs[0].shape[1]
        let table = inputs[0].elements(as: S.self)
        let ids = inputs[1].elements(as: Int32.self)
        let offsets = inputs[2].elements(as: Int32.self)
        for bag in 0..<output.shape[0] {
            let positions = Int(offsets[bag])..<Int(offsets[bag + 1])
            for column in 0..<width {
                var sum: S = 0
                for position in positions {
                    let weight = inputs.count > 3 ? inputs[3].elements(as: S.self)[position] : 1
                    sum.addProduct(weight, table[Int(ids[position]) * width + column])
                }
                if isMean && !positions.isEmpty { sum /= S(positions.count) }
                output.elements(as: S.self)[bag * width + column] = sum
            }
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        if step.inputs.count > 3, step.wants(3) {
            fatalError("\(name): the weights have no gradient; use embedding and a product instead")
        }
        let bags = TransposedBags(
            ids: step.inputs[1], offsets: step.inputs[2],
            weights: step.inputs.count > 3 ? step.inputs[3] : nil,
            count: step.gradient.shape[0], mean: isMean)
        let rows = bags.rowGradient(step.gradient, shape: step.inputs[0].shape)
        return InputGradients([.rows(rows)] + Array(repeating: nil, count: step.inputs.count - 1))
    }
}

/// Bags seen from the table: which rows were used, by which bags, with which factors.
///
/// The gradient of a sum of rows is again a sum of rows, with the roles of bags and table exchanged: a touched
/// row's gradient is the sum of the gradients of the bags it stands in.
struct TransposedBags {
    /// The touched rows, ascending.
    let rows: Tensor
    let sources: Tensor
    let starts: Tensor
    let factors: Tensor

    init(ids: Tensor, offsets: Tensor?, weights: Tensor?, count: Int, mean: Bool) {
        let total = ids.count
        let wide = offsets.map { $0.scalars(of: Int32.self).map(Int64.init) }
        let weights = weights.map { $0.converted(to: .float32).storage.floats }
        var touched = [Int32](repeating: 0, count: total)
        var begins = [Int64](repeating: 0, count: total + 1)
        let sources = Storage(shape: Shape(total), scalarType: .int32)
        let factors = Storage(shape: Shape(total), scalarType: .float32)
        let workspaceBytes = 2 * total * MemoryLayout<UInt64>.stride
        let workspace = MemoryPool.allocate(byteCount: workspaceBytes)
        defer { MemoryPool.release(workspace, byteCount: workspaceBytes) }
        func transpose(_ offsets: UnsafePointer<Int64>?) -> Int {
            apus_transpose_bags(
                &touched, &begins, sources.elements(as: Int32.self), factors.floats,
                workspace.assumingMemoryBound(to: UInt64.self),
                ids.storage.elements(as: Int32.self), offsets, weights.map { UnsafePointer($0) }, count,
                mean ? APUS_BAG_MEAN : APUS_BAG_SUM)
        }
        let used = wide.map { $0.withUnsafeBufferPointer { transpose($0.baseAddress) } } ?? transpose(nil)
        rows = Tensor(ids: Array(touched.prefix(used)))
        starts = Tensor(ids: begins.prefix(used + 1).map { Int32(truncatingIfNeeded: $0) })
        self.sources = Tensor(sources)
        self.factors = Tensor(factors)
    }

    func rowGradient(_ gradient: Tensor, shape: Shape) -> RowGradient {
        let values = apply(
            EmbeddingBagSum(isMean: false),
            [gradient, sources, starts, factors.converted(to: gradient.scalarType)])[0]
        return RowGradient(indices: rows, values: values, shape: shape)
    }
}

/// Sums (or means) of rows of a table, one for each bag of ids: a text as the mean of its words' vectors.
///
/// - Parameters:
///   - ids: `int32` `[total]`, the bags one after another, each id in 0..<height.
///   - offsets: `int32` `[bags + 1]`, where each bag starts, and the total.
///   - weights: a factor for each id, `[total]`, or nil.
///   - table: `[height, width]`.
///   - mean: divide by the number of ids; an empty bag gives zeros either way.
/// - Returns: `[bags, width]`. The table's gradient has only the rows that were used.
public func embeddingBag(
    ids: Tensor, offsets: Tensor, weights: Tensor? = nil, table: Tensor, mean: Bool = false
) -> Tensor {
    let sum = EmbeddingBagSum(isMean: mean)
    if let weights { return apply(sum, [table, ids, offsets, weights])[0] }
    return apply(sum, table, ids, offsets)
}
