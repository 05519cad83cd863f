/// A row for each label with 1 at the label's place and 0 elsewhere.
///
/// - Parameters:
///   - labels: `int32` `[…]`; one outside 0..<classes gives zeros alone.
///   - classes: the size of the new last axis.
/// - Returns: `[…, classes]`, `bool`.
public func oneHot(_ labels: Tensor, classes: Int) -> Tensor {
    guard classes >= 0, labels.scalarType == .int32 else {
        fatalError(
            "oneHot: labels \(labels.shape) of \(labels.scalarType) and \(classes) classes; int32 labels and a count are needed"
        )
    }
    let places = Tensor((0..<classes).map { Int32($0) }, shape: Shape(classes))
    return labels.reshaped(to: labels.shape.inserting(1, at: labels.rank)).equal(to: places)
}
