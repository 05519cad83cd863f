/// A row for each label with 1 at the label's place and 0 elsewhere.
///
/// - Parameters:
///   - labels: `int32` `[…]`, each in 0..<classes.
///   - classes: the size of the new last axis.
/// - Returns: `[…, classes]`, `bool`.
public func oneHot(_ labels: Tensor, classes: Int) -> Tensor {
    let places = Tensor((0..<classes).map { Int32($0) }, shape: Shape(classes))
    return labels.reshaped(to: labels.shape.inserting(1, at: labels.rank)).equal(to: places)
}
