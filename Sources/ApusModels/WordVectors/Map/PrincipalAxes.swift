import ApusCore

/// Principal component analysis for a few components: the directions in which points differ most.
///
/// Computed in Double by subspace iteration on the covariance matrix: a block of vectors is multiplied with it
/// and made orthonormal again, until it spans the leading eigenvectors; a small eigenproblem sorts them.
enum PrincipalAxes {
    private static let rounds = 200

    /// The points' coordinates on the first `count` axes, [rows, count]. An axis points to where its greatest
    /// weight is positive.
    static func project(_ points: [Float], dimension: Int, on count: Int) -> [Double] {
        let rows = points.count / dimension
        let centred = centred(points, dimension)
        let axes = leadingAxes(of: covariance(centred, dimension), dimension, count)
        var result = [Double](repeating: 0, count: rows * count)
        for row in 0..<rows {
            for axis in 0..<min(count, axes.count) {
                var sum = 0.0
                for column in 0..<dimension {
                    sum += centred[row * dimension + column] * axes[axis][column]
                }
                result[row * count + axis] = sum
            }
        }
        return result
    }

    private static func centred(_ points: [Float], _ dimension: Int) -> [Double] {
        let rows = points.count / dimension
        var mean = [Double](repeating: 0, count: dimension)
        for index in points.indices { mean[index % dimension] += Double(points[index]) }
        for column in 0..<dimension { mean[column] /= Double(max(rows, 1)) }
        return points.indices.map { Double(points[$0]) - mean[$0 % dimension] }
    }

    /// Xᵀ·X of centred points, [dimension, dimension]; each row of it a task.
    private static func covariance(_ points: [Double], _ dimension: Int) -> [Double] {
        let rows = points.count / dimension
        return [Double](unsafeUninitializedCapacity: dimension * dimension) { result, count in
            let target = SharedDoubles(base: result.baseAddress)
            points.withUnsafeBufferPointer { points in
                Parallel.run(dimension) { line in
                    guard let sums = target.base.map({ $0 + line * dimension }) else { return }
                    for column in 0..<dimension { sums[column] = 0 }
                    for row in 0..<rows {
                        let factor = points[row * dimension + line]
                        for column in 0..<dimension {
                            sums[column] += factor * points[row * dimension + column]
                        }
                    }
                }
            }
            count = dimension * dimension
        }
    }

    private static func leadingAxes(
        of matrix: [Double], _ dimension: Int, _ count: Int
    ) -> [[Double]] {
        // More vectors than axes: the convergence goes with the gap behind the last of them.
        let width = min(dimension, count + 8)
        var generator = RandomGenerator(RandomKey(0).folded(in: "principal axes"))
        var block = (0..<width).map { _ in (0..<dimension).map { _ in Double(generator.normal()) } }
        orthonormalize(&block)
        for _ in 0..<rounds {
            block = block.map { multiply(matrix, $0) }
            orthonormalize(&block)
        }
        // The eigenvectors within the block.
        let images = block.map { multiply(matrix, $0) }
        let small = block.map { left in images.map { dot(left, $0) } }
        let (values, vectors) = symmetricEigen(small)
        let order = values.indices.sorted { (values[$0], -$0) > (values[$1], -$1) }
        return order.prefix(count).map { index in
            var axis = [Double](repeating: 0, count: dimension)
            for (weight, vector) in zip(vectors.map { $0[index] }, block) {
                for column in 0..<dimension { axis[column] += weight * vector[column] }
            }
            let greatest = axis.indices.max { axis[$0].magnitude < axis[$1].magnitude } ?? 0
            return axis.isEmpty || axis[greatest] >= 0 ? axis : axis.map { -$0 }
        }
    }

    private static func multiply(_ matrix: [Double], _ vector: [Double]) -> [Double] {
        vector.indices.map { row in
            var sum = 0.0
            for column in vector.indices {
                sum += matrix[row * vector.count + column] * vector[column]
            }
            return sum
        }
    }

    private static func dot(_ first: [Double], _ second: [Double]) -> Double {
        var sum = 0.0
        for index in first.indices { sum += first[index] * second[index] }
        return sum
    }

    /// Gram and Schmidt, each vector twice, since once leaves rounding behind. A vector that depends on
    /// the others becomes zero.
    private static func orthonormalize(_ block: inout [[Double]]) {
        for index in block.indices {
            let before = dot(block[index], block[index]).squareRoot()
            for _ in 0..<2 {
                for earlier in 0..<index {
                    let share = dot(block[index], block[earlier])
                    for column in block[index].indices {
                        block[index][column] -= share * block[earlier][column]
                    }
                }
            }
            let length = dot(block[index], block[index]).squareRoot()
            let scale = length > 1e-12 * before && length > 0 ? 1 / length : 0
            for column in block[index].indices { block[index][column] *= scale }
        }
    }

    /// Eigenvalues and eigenvectors (as columns) of a small symmetric matrix, by Jacobi's rotations.
    private static func symmetricEigen(_ matrix: [[Double]]) -> ([Double], [[Double]]) {
        var a = matrix
        let size = a.count
        var v = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
        for _ in 0..<60 {
            for p in 0..<size {
                for q in p + 1..<max(size, p + 1) where a[p][q] != 0 {
                    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                    let root = (theta * theta + 1).squareRoot()
                    let t = theta >= 0 ? 1 / (theta + root) : 1 / (theta - root)
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<size {
                        (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q])
                    }
                    for k in 0..<size {
                        (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k])
                        (v[k][p], v[k][q]) = (c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q])
                    }
                    (a[p][q], a[q][p]) = (0, 0)
                }
            }
        }
        return ((0..<size).map { a[$0][$0] }, v)
    }
}

/// Memory that several tasks write, each its own part.
///
/// `@unchecked Sendable`: whoever hands it out cuts it into parts that do not overlap.
struct SharedDoubles: @unchecked Sendable {
    let base: UnsafeMutablePointer<Double>?
}
