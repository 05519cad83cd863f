/// Why operands do not fit an operation: `MatMul: [2, 3] and [4, 3]: the left's columns …`.
///
/// A wrong shape is a mistake in the program, so the public operations stop with this sentence; shape rules
/// throw it so that tests can read it.
public struct ShapeError: Error, CustomStringConvertible, Equatable {
    /// The operation's name.
    public let operation: String
    /// The operands' shapes, in order.
    public let shapes: [Shape]
    /// What must hold, as the end of a sentence.
    public let reason: String

    /// An error about the given operands.
    public init(operation: String, shapes: [Shape], reason: String) {
        self.operation = operation
        self.shapes = shapes
        self.reason = reason
    }

    /// The whole sentence.
    public var description: String {
        let operands = shapes.map(\.description).joined(separator: " and ")
        return "\(operation): \(operands): \(reason)"
    }
}
