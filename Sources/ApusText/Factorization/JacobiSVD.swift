import ApusCore

/// The singular value decomposition of a small square matrix: M = U · diag(σ) · Vᵀ.
///
/// One-sided Jacobi (Hestenes 1958): pairs of columns are turned until all are orthogonal; their
/// lengths are the singular values. In double precision.
struct JacobiSVD {
    /// σ, the largest first.
    let values: [Double]
    private let size: Int
    /// The columns of M·V = U·diag(σ), one after another, as they came.
    private let columns: [Double]
    /// Those of V.
    private let turned: [Double]
    /// Which column has which value.
    private let order: [Int]

    /// Decomposes the transpose of a matrix that is given row by row.
    init(transposing matrix: [Double], size: Int) {
        // The transpose's columns are the rows.
        var columns = matrix
        var turned = [Double](repeating: 0, count: size * size)
        for column in 0..<size { turned[column * size + column] = 1 }
        columns.withUnsafeMutableBufferPointer { columns in
            turned.withUnsafeMutableBufferPointer { turned in
                guard let columns = columns.baseAddress, let turned = turned.baseAddress else {
                    return
                }
                // Some ten sweeps do for hundreds of columns; sixty are never needed.
                var sweeps = 0
                while sweeps < 60, Self.sweep(columns, turned, size) { sweeps += 1 }
            }
        }
        let lengths = (0..<size).map { column in
            columns[column * size..<(column + 1) * size].reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
        // Equal lengths keep their order.
        order = lengths.indices.sorted {
            lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : $0 < $1
        }
        values = order.map { lengths[$0] }
        (self.size, self.columns, self.turned) = (size, columns, turned)
    }

    /// The first left vectors, `[size, count]`; those of σ = 0 are zeros.
    func left(count: Int) -> Tensor {
        tensor(count) { columns[$0] / (values[$1] > 0 ? values[$1] : 1) }
    }

    /// The first right vectors, `[size, count]`.
    func right(count: Int) -> Tensor { tensor(count) { place, _ in turned[place] } }

    private func tensor(_ count: Int, _ value: (_ place: Int, _ rank: Int) -> Double) -> Tensor {
        let values = (0..<size).flatMap { row in
            (0..<count).map { rank in Float(value(order[rank] * size + row, rank)) }
        }
        return Tensor(values, shape: Shape(size, count))
    }

    /// Turns each pair of columns once.
    ///
    /// - Returns: whether any pair was not orthogonal.
    private static func sweep(
        _ columns: UnsafeMutablePointer<Double>, _ turned: UnsafeMutablePointer<Double>,
        _ size: Int
    ) -> Bool {
        var changed = false
        for first in 0..<size {
            for second in first + 1..<max(size, first + 1) {
                let (a, b) = (columns + first * size, columns + second * size)
                var (alpha, beta, gamma) = (0.0, 0.0, 0.0)
                for row in 0..<size {
                    alpha += a[row] * a[row]
                    beta += b[row] * b[row]
                    gamma += a[row] * b[row]
                }
                guard gamma.magnitude > 1e-15 * (alpha * beta).squareRoot() else { continue }
                changed = true
                let zeta = (beta - alpha) / (2 * gamma)
                let root = zeta.magnitude + (1 + zeta * zeta).squareRoot()
                let tangent = (zeta < 0 ? -1 : 1) / root
                let cosine = 1 / (1 + tangent * tangent).squareRoot()
                turn(a, b, size, cosine, cosine * tangent)
                turn(turned + first * size, turned + second * size, size, cosine, cosine * tangent)
            }
        }
        return changed
    }

    private static func turn(
        _ first: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>, _ size: Int,
        _ cosine: Double, _ sine: Double
    ) {
        for row in 0..<size {
            let (a, b) = (first[row], second[row])
            first[row] = cosine * a - sine * b
            second[row] = sine * a + cosine * b
        }
    }
}
