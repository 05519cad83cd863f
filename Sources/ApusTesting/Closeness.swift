import ApusCore

/// How far apart two tensors are at the worst element; nil when shapes or types differ.
package func largestDifference(_ a: Tensor, _ b: Tensor) -> Double? {
    guard a.shape == b.shape, a.scalarType == b.scalarType else { return nil }
    return worstElement(a, b).difference
}

/// Whether two tensors are the same to the bit, any NaN being the same as any other.
package func sameBits(_ a: Tensor, _ b: Tensor) -> Bool { bitMismatch(a, b) == nil }

/// What keeps `actual` from being `expected`: another shape or type, or the worst element; nil when they agree.
///
/// - Parameters:
///   - tolerance: the difference that is allowed at each element.
///   - isRelative: the tolerance is a share of the largest expected element.
package func mismatch(
    _ actual: Tensor, _ expected: Tensor, within tolerance: Double,
    relativeToLargest isRelative: Bool = false
) -> String? {
    if let mismatch = typeMismatch(actual, expected) { return mismatch }
    let largest = isRelative ? largestMagnitude(expected) : 1
    let (index, difference) = worstElement(actual, expected)
    guard difference > tolerance * largest else { return nil }
    return "\(place(index, actual.shape)): \(actual.element(at: index)) instead of "
        + "\(expected.element(at: index)), off by \(difference), allowed \(tolerance * largest)"
}

/// The first element at which two tensors differ in a bit, any NaN being the same as any other; nil when none does.
package func bitMismatch(_ actual: Tensor, _ expected: Tensor) -> String? {
    if let mismatch = typeMismatch(actual, expected) { return mismatch }
    let different = (0..<actual.count).first { index in
        let (x, y) = (actual.element(at: index), expected.element(at: index))
        return x.bitPattern != y.bitPattern && !(x.isNaN && y.isNaN)
    }
    guard let index = different else { return nil }
    return "\(place(index, actual.shape)): \(actual.element(at: index)) instead of "
        + "\(expected.element(at: index))"
}

/// The largest absolute value; 0 of nothing.
package func largestMagnitude(_ tensor: Tensor) -> Double {
    (0..<tensor.count).reduce(0) { max($0, abs(tensor.element(at: $1))) }
}

private func typeMismatch(_ actual: Tensor, _ expected: Tensor) -> String? {
    if actual.shape == expected.shape && actual.scalarType == expected.scalarType { return nil }
    return
        "\(actual.shape) \(actual.scalarType) instead of \(expected.shape) \(expected.scalarType)"
}

private func worstElement(_ a: Tensor, _ b: Tensor) -> (index: Int, difference: Double) {
    var worst = (index: 0, difference: 0.0)
    for index in 0..<a.count {
        let (x, y) = (a.element(at: index), b.element(at: index))
        if x == y || (x.isNaN && y.isNaN) { continue }
        let difference = (x - y).isNaN ? .infinity : abs(x - y)
        if difference > worst.difference { worst = (index, difference) }
    }
    return worst
}

/// `element [1, 2]`.
private func place(_ index: Int, _ shape: Shape) -> String {
    var rest = index
    var position = shape
    for axis in shape.indices.reversed() {
        position[axis] = rest % shape[axis]
        rest /= shape[axis]
    }
    return "element \(position)"
}
