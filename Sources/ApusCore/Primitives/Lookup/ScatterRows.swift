/// Rows put into a table of zeros: the reverse of a lookup.
///
/// Inputs: rows `[rows, width]`, their numbers `[rows]` (`int32`), each once. Output: `[height, width]`.
package struct ScatterRows: Primitive {
    let height: Int

    package var name: String { "ScatterRows" }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let (rows, numbers) = (inputs[0], inputs[1])
        guard rows.shape.rank == 2, numbers.shape == Shape(rows.shape[0]),
            numbers.scalarType == .int32
        else {
            throw mismatch(inputs, "rows [rows, width] need one int32 number each: [rows]")
        }
        return TensorType(Shape(height, rows.shape[1]), rows.scalarType)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        let (rows, numbers, table) = (inputs[0], inputs[1], outputs[0])
        requireIds(numbers, below: height, name)
        table.pointer.initializeMemory(as: UInt8.self, repeating: 0, count: table.byteCount)
        let rowBytes = rows.shape[1] * rows.scalarType.byteCount
        let ids = numbers.elements(as: Int32.self)
        for row in 0..<numbers.count {
            (table.pointer + Int(ids[row]) * rowBytes)
                .copyMemory(from: rows.pointer + row * rowBytes, byteCount: rowBytes)
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        InputGradients(embedding(step.inputs[1], table: step.gradient), nil)
    }
}
