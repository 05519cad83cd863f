import ApusCore

/// A label that is no class.
///
/// Losses take labels as the program's own and stop at such a one. Where labels come from outside, as from a file,
/// ``checkLabels(_:classes:ignoring:)`` throws this beforehand.
public struct LabelError: Error, Equatable, CustomStringConvertible {
    /// The label.
    public let label: Int32
    /// Where it stands, in the order of memory.
    public let position: Int
    /// How many classes there are.
    public let classes: Int

    /// A label at a position.
    public init(label: Int32, position: Int, classes: Int) {
        (self.label, self.position, self.classes) = (label, position, classes)
    }

    /// What is wrong.
    public var description: String {
        "label \(label) at position \(position) is not one of \(classes) classes (0..<\(classes))"
    }
}

/// Looks for labels that are no classes.
///
/// - Parameters:
///   - labels: `int32`, any shape.
///   - classes: how many classes there are.
///   - ignored: labels that mark rows without a loss.
/// - Throws: ``LabelError`` for the first that is neither a class nor ignored.
public func checkLabels(
    _ labels: Tensor, classes: Int, ignoring ignored: [Int32] = []
) throws(LabelError) {
    guard labels.scalarType == .int32 else {
        fatalError("checkLabels: the labels are \(labels.scalarType); they must be int32")
    }
    let wrong = labels.withElements(of: Int32.self) { labels in
        labels.indices.first {
            !(labels[$0] >= 0 && Int(labels[$0]) < classes) && !ignored.contains(labels[$0])
        }.map { LabelError(label: labels[$0], position: $0, classes: classes) }
    }
    if let wrong { throw wrong }
}
