/// The gradient of a table of which only some rows were used: those rows.
///
/// An embedding of 100,000 words looks up a hundred of them in a step; the gradient of the others is zero and is
/// never written down.
public struct RowGradient: Sendable {
    /// The rows' numbers: `int32` `[rows]`, ascending, each once. In compiled code, where it is not known how many
    /// there will be, −1 stands for none after the last.
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
    public var dense: Tensor { apply(ScatterRows(height: shape[0]), values, indices) }

    /// The sum of two gradients of one table: the rows of both.
    public static func + (a: RowGradient, b: RowGradient) -> RowGradient {
        guard a.shape == b.shape else {
            fatalError("RowGradient: tables of \(a.shape) and \(b.shape) cannot be added")
        }
        // A row is the sum of the places where it stands, as in the gradient of a lookup of both lists of rows.
        let indices = concatenated([a.indices, b.indices], axis: 0)
        let places = TransposedBags(ids: indices, offsets: nil, weights: nil, mean: false)
        return places.rowGradient(concatenated([a.values, b.values], axis: 0), shape: a.shape)
    }
}
