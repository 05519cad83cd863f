import CApusKernels

/// Rows of a table by number.
///
/// Inputs: table `[height, width]`, ids `[…]` (`int32`). Output: `[…, width]`.
package struct EmbeddingLookup: ReferencePrimitive, Hashable {
    package var name: String { "Embedding" }

    /// The gradient of a table follows from where it was read, not from what was read.
    package func readsInput(_ index: Int) -> Bool { index != 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (table, ids) = (inputs[0], inputs[1])
        guard table.shape.rank == 2, table.scalarType.isFloating, ids.scalarType == .int32 else {
            throw mismatch(inputs, "a table [height, width] of floats and int32 ids are needed")
        }
        return TensorType(
            ids.shape.inserting(table.shape[1], at: ids.shape.rank), table.scalarType)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (table, ids) = (inputs[0], inputs[1])
        requireIds(ids, below: table.shape[0], name)
        guard table.scalarType == .float32 else { return forwardReference(inputs, into: outputs) }
        let width = table.shape[1]
        Parallel.rows(ids.count, costing: width * 2) { rows in
            Kernels.embedding.pointee.gather(
                outputs[0].floats + rows.lowerBound * width, table.floats, width,
                ids.elements(as: Int32.self) + rows.lowerBound, rows.count)
        }
    }

    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        let row = inputs[0].shape[1] * inputs[0].scalarType.byteCount
        for index in 0..<inputs[1].count {
            (outputs[0].pointer + index * row).copyMemory(
                from: inputs[0].pointer + Int(inputs[1].elements(as: Int32.self)[index]) * row,
                byteCount: row)
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let (table, ids) = (step.inputs[0], step.inputs[1])
        let gradient = step.gradient.reshaped(to: Shape(ids.count, table.shape[1]))
        let bags = TransposedBags(ids: ids, offsets: nil, weights: nil, mean: false)
        return InputGradients([.rows(bags.rowGradient(gradient, shape: table.shape)), nil])
    }
}

/// Stops with a sentence when an id is no row of the table.
func requireIds(_ ids: TensorView, below height: Int, _ name: String) {
    let numbers = ids.elements(as: Int32.self)
    let position = Kernels.embedding.pointee.check_ids(numbers, ids.count, Int64(height))
    if position >= 0 {
        fatalError(
            "\(name): id \(numbers[Int(position)]) at position \(position) is no row of a table with \(height) rows (0..<\(height))"
        )
    }
}

/// Rows of a table by number: word vectors by word id.
///
/// - Parameters:
///   - ids: `int32` `[…]`, each in 0..<height.
///   - table: `[height, width]`.
/// - Returns: `[…, width]`. The table's gradient has only the rows that were looked up.
public func embedding(_ ids: Tensor, table: Tensor) -> Tensor {
    apply(EmbeddingLookup(), table, ids)
}
