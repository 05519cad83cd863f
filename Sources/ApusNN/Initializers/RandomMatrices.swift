import ApusCore

// Initializers that draw one number after the other.

/// Normal numbers, drawn again where they lie beyond two deviations.
func truncatedNormalNumbers(_ shape: Shape, deviation: Float, key: RandomKey) -> Tensor {
    var generator = RandomGenerator(key)
    let values = (0..<shape.count).map { _ in
        var number = generator.normal()
        while abs(number) > 2 { number = generator.normal() }
        return number * deviation
    }
    return Tensor(values, shape: shape)
}

/// Normal weights of some inputs of each unit, chosen at random, 0 for the others.
func sparseWeights(_ shape: Shape, inputs: Int, deviation: Float, key: RandomKey) -> Tensor {
    guard shape.rank >= 2 else {
        fatalError("Initializer.sparse: the shape \(shape) has no axis of inputs")
    }
    var generator = RandomGenerator(key)
    let width = shape.rowWidth
    var values = [Float](repeating: 0, count: shape.count)
    for row in 0..<shape[0] {
        for column in generator.permutation(of: width).prefix(inputs) {
            values[row * width + Int(column)] = deviation * generator.normal()
        }
    }
    return Tensor(values, shape: shape)
}

/// A random matrix with rows of length `gain` at right angles to each other; columns where there are fewer of these.
///
/// Normal vectors, made orthogonal one by one (Gram and Schmidt) in double; twice, as once leaves what rounding makes
/// of nearly dependent vectors. So every rotation is equally likely.
func orthogonalMatrix(_ shape: Shape, gain: Float, key: RandomKey) -> Tensor {
    guard shape.rank >= 2 else {
        fatalError("Initializer.orthogonal: the shape \(shape) is not a matrix")
    }
    let (rows, columns) = (shape[0], shape.rowWidth)
    let (count, length) = (min(rows, columns), max(rows, columns))
    let start = Tensor.normal([count, length], key: key).floats.map(Double.init)
    var vectors = (0..<count).map { Array(start[$0 * length..<($0 + 1) * length]) }
    for index in vectors.indices {
        for _ in 0..<2 {
            for before in 0..<index {
                let share = dot(vectors[index], vectors[before])
                for place in 0..<length { vectors[index][place] -= share * vectors[before][place] }
            }
        }
        let norm = dot(vectors[index], vectors[index]).squareRoot()
        for place in 0..<length { vectors[index][place] /= norm }
    }
    let values = (0..<rows * columns).map { place in
        let (row, column) = (place / columns, place % columns)
        return gain * Float(rows <= columns ? vectors[row][column] : vectors[column][row])
    }
    return Tensor(values, shape: shape)
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for place in a.indices { sum += a[place] * b[place] }
    return sum
}
