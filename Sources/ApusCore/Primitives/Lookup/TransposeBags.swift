import CApusKernels

/// Bags seen from the table: its touched rows, ascending, and for each the bags that it stands in.
///
/// Inputs: ids `[…]` (`int32`), of n elements, then, where given, offsets `[bags + 1]` (without, each id is a bag of its
/// own) and weights `[n]`. An id of −1 is no row and left out. Outputs: the rows `[n]`, −1 after the last; where the
/// sources of each begin `[n + 1]`; the sources, bags by number, `[n]`; and, unless all are 1, the factors of the
/// sources `[n]`. How many rows there are follows from the ids; the outputs have room for as many as there can be.
package struct TransposeBags: Primitive, Hashable {
    let hasOffsets: Bool
    let hasWeights: Bool
    let isMean: Bool

    package var name: String { "TransposeBags" }
    // Without weights and division every factor is 1.
    package var outputCount: Int { hasWeights || isMean ? 4 : 3 }
    package var differentiableOutputCount: Int { 0 }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let types: [ScalarType] =
            [.int32] + (hasOffsets ? [.int32] : []) + (hasWeights ? [.float32] : [])
        guard inputs.array.map(\.scalarType) == types else {
            throw mismatch(inputs, "ids and offsets must be int32, weights float32")
        }
        let count = inputs[0].count
        return TensorType(Shape(index == 1 ? count + 1 : count), index == 3 ? .float32 : .int32)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let ids = inputs[0]
        let count = ids.count
        let rows = outputs[0].elements(as: Int32.self)
        let starts = outputs[1].elements(as: Int32.self)
        let byteCount = 2 * count * MemoryLayout<UInt64>.stride
        let workspace = MemoryPool.allocate(byteCount: byteCount)
        let used = apus_transpose_bags(
            rows, starts, outputs[2].elements(as: Int32.self),
            outputs.count > 3 ? outputs[3].floats : nil,
            workspace.assumingMemoryBound(to: UInt64.self), ids.elements(as: Int32.self),
            hasOffsets ? inputs[1].elements(as: Int32.self) : nil,
            hasWeights ? inputs[hasOffsets ? 2 : 1].floats : nil,
            hasOffsets ? inputs[1].count - 1 : count, isMean ? APUS_BAG_MEAN : APUS_BAG_SUM)
        MemoryPool.release(workspace, byteCount: byteCount)
        (rows + used).update(repeating: -1, count: count - used)
        (starts + used).update(repeating: Int32(count), count: count + 1 - used)
    }

    package func flops(_ inputs: Operands, _ outputs: Operands) -> Int { 0 }

    /// Nothing: places have no gradient.
    package func derivative(_ step: BackwardStep) -> InputGradients { InputGradients(nil) }
}

extension TensorView {
    /// The numbers of rows in front of −1, which stands for none.
    package var rowsInUse: TensorView {
        let numbers = elements(as: Int32.self)
        var used = count
        while used > 0, numbers[used - 1] < 0 { used -= 1 }
        return TensorView(pointer: pointer, shape: Shape(used), count: used, scalarType: .int32)
    }
}
