import ApusCore

/// Compares the gradients of a function with central differences, (f(x + h) − f(x − h)) / 2h, in `float64`.
///
/// - Parameters:
///   - inputs: where; `float64` those that are checked.
///   - checked: the inputs by which the gradient is checked.
///   - tolerance: what is allowed beside the largest number of the gradient, or beside 1 if that is larger.
///   - elementLimit: inputs of up to so many elements are checked element by element, larger ones along one random
///     direction.
///   - function: gives one number.
/// - Returns: what is wrong, nil when nothing is.
public func gradientMismatch(
    at inputs: [Tensor], by checked: [Int], within tolerance: Double = 1e-6,
    elementLimit: Int = 24, _ function: ([Tensor]) -> Tensor
) -> String? {
    var tracked = inputs
    for index in checked { tracked[index] = inputs[index].tracked() }
    let gradients = function(tracked).backward()
    for index in checked {
        let gradient = gradients[tracked[index]]
        guard gradient.shape == inputs[index].shape, gradient.scalarType == .float64 else {
            return "input \(index) \(inputs[index].shape) has a gradient \(gradient.shape) "
                + "\(gradient.scalarType)"
        }
        let directions =
            gradient.count <= elementLimit
            ? (0..<gradient.count).map { unit($0, gradient.shape) }
            : [
                Tensor.uniform(gradient.shape, in: -1..<1, key: RandomKey(7)).converted(
                    to: .float64)
            ]
        let scale = max(1, largestMagnitude(gradient))
        for (position, direction) in directions.enumerated() {
            let step = 1e-5
            func value(_ offset: Double) -> Double {
                var moved = inputs
                moved[index] = inputs[index] + direction * offset
                return withoutGradients { function(moved) }.element(at: 0)
            }
            let numeric = (value(step) - value(-step)) / (2 * step)
            let analytic = (gradient * direction).sum().element(at: 0)
            let isClose = abs(analytic - numeric) <= tolerance * scale * max(1, norm(direction))
            if !isClose {
                return
                    "input \(index) \(inputs[index].shape), direction \(position): the gradient is "
                    + "\(analytic), finite differences say \(numeric)"
            }
        }
    }
    return nil
}

private func unit(_ index: Int, _ shape: Shape) -> Tensor {
    Tensor.unsafe(shape: shape) { (buffer: UnsafeMutableBufferPointer<Double>) in
        buffer.update(repeating: 0)
        buffer[index] = 1
    }
}

private func norm(_ tensor: Tensor) -> Double {
    square(tensor).sum().element(at: 0).squareRoot()
}
