/// Rows put into a table of zeros: the reverse of a lookup.
///
/// Inputs: rows `[rows, width]`, their numbers `[rows]` (`int32`), each once, −1 for none after the last. Output:
/// `[height, width]`.
package struct ScatterRows: Primitive, Hashable {
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
        let (rows, numbers, table) = (inputs[0], inputs[1].rowsInUse, outputs[0])
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
        let numbers = step.inputs[1]
        guard Tracer.isTracing else {
            return InputGradients(embedding(numbers, table: step.gradient), nil)
        }
        // Where there is no row there is no gradient.
        let isRow = (numbers .>= numbers.like(0)).reshaped(to: Shape(numbers.count, 1))
        let rows = embedding(maximum(numbers, numbers.like(0)), table: step.gradient)
        return InputGradients(isRow.select(rows, rows.like(0)), nil)
    }
}
