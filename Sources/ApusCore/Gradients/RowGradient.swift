/// The gradient of a table of which only some rows were used: those rows.
///
/// An embedding of 100,000 words looks up a hundred of them in a step; the gradient of the others is zero and is
/// never written down.
public struct RowGradient: Sendable {
    /// The rows' numbers: `int32` `[rows]`, ascending, each once.
    public let indices: Tensor
    /// The rows' gradients: `[rows, width]`.
    public let values: Tensor
    /// The shape of the whole table: `[height, width]`.
    public let shape: Shape

    /// Rows of a table of the given shape. `indices` must be ascending, without repetition.
    public init(indices: Tensor, values: Tensor, shape: Shape) {
        self.indices = indices
        self.values = values
        self.shape = shape
    }

    /// The whole table, zero where no row is named.
    public var dense: Tensor {
        let table = Tensor.zeros(shape, values.scalarType)
        let rowBytes = shape.count / Swift.max(shape[0], 1) * values.scalarType.byteCount
        let ids = indices.storage.elements(as: Int32.self)
        for row in 0..<indices.count {
            (table.storage.pointer + Int(ids[row]) * rowBytes)
                .copyMemory(from: values.storage.pointer + row * rowBytes, byteCount: rowBytes)
        }
        return table
    }

    /// The sum of two gradients of one table: the rows of both.
    public static func + (a: RowGradient, b: RowGradient) -> RowGradient {
        guard a.shape == b.shape else {
            fatalError("RowGradient: tables of \(a.shape) and \(b.shape) cannot be added")
        }
        let (left, right) = (a.indices.scalars(of: Int32.self), b.indices.scalars(of: Int32.self))
        var merged: [Int32] = []
        merged.reserveCapacity(left.count + right.count)
        var sources: [(left: Int?, right: Int?)] = []
        var (i, j) = (0, 0)
        while i < left.count || j < right.count {
            if j == right.count || (i < left.count && left[i] < right[j]) {
                merged.append(left[i])
                sources.append((i, nil))
                i += 1
            } else if i == left.count || right[j] < left[i] {
                merged.append(right[j])
                sources.append((nil, j))
                j += 1
            } else {
                merged.append(left[i])
                sources.append((i, j))
                i += 1
                j += 1
            }
        }
        let width = a.shape.count / Swift.max(a.shape[0], 1)
        func combined<S: FloatingScalar>(_: S.Type) -> Tensor {
            let (x, y) = (
                a.values.storage.elements(as: S.self), b.values.storage.elements(as: S.self)
            )
            return Tensor.unsafe(shape: Shape(merged.count, width)) { (output: UnsafeMutableBufferPointer<S>) in
                for (row, source) in sources.enumerated() {
                    for column in 0..<width {
                        let left = source.left.map { x[$0 * width + column] } ?? 0
                        let right = source.right.map { y[$0 * width + column] } ?? 0
                        output[row * width + column] = left + right
                    }
                }
            }
        }
        let values =
            a.values.scalarType == .float64 ? combined(Double.self) : combined(Float.self)
        return RowGradient(indices: Tensor(ids: merged), values: values, shape: a.shape)
    }
}
