import ApusCore

/// The singular value decomposition of a small square matrix: M = U · diag(σ) · Vᵀ.
///
/// One-sided Jacobi (Hestenes 1958): pairs of columns are turned until all are orthogonal; their
/// lengths are the singular values. In double precision.
struct JacobiSVD {
    /// σ, the largest first.
    let values: [Double]
    private let size: Int
    // Columns one after another, in the order of the values.
    private let leftColumns: [[Double]]
    private let rightColumns: [[Double]]

    /// Decomposes the transpose of a matrix that is given row by row.
    init(transposing matrix: [Double], size: Int) {
        // The transpose's columns are the rows.
        var columns = (0..<size).map { Array(matrix[$0 * size..<($0 + 1) * size]) }
        var turned = (0..<size).map { column in
            (0..<size).map { $0 == column ? 1.0 : 0.0 }
        }
        // Some ten sweeps do for hundreds of columns; sixty are there for none.
        for _ in 0..<60 where Self.sweep(&columns, &turned) == false { break }
        let lengths = columns.map { Self.dot($0, $0).squareRoot() }
        // Equal lengths keep their order.
        let order = lengths.indices.sorted {
            lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : $0 < $1
        }
        self.size = size
        values = order.map { lengths[$0] }
        leftColumns = order.map { column in
            lengths[column] > 0 ? columns[column].map { $0 / lengths[column] } : columns[column]
        }
        rightColumns = order.map { turned[$0] }
    }

    /// The first left vectors, `[size, columns]`.
    func left(columns: Int) -> Tensor { Self.tensor(leftColumns, size, columns) }

    /// The first right vectors, `[size, columns]`.
    func right(columns: Int) -> Tensor { Self.tensor(rightColumns, size, columns) }

    private static func tensor(_ vectors: [[Double]], _ size: Int, _ columns: Int) -> Tensor {
        let values = (0..<size).flatMap { row in (0..<columns).map { Float(vectors[$0][row]) } }
        return Tensor(values, shape: Shape(size, columns))
    }

    /// Turns each pair of columns once.
    ///
    /// - Returns: whether any pair was not orthogonal.
    private static func sweep(_ columns: inout [[Double]], _ turned: inout [[Double]]) -> Bool {
        var changed = false
        for first in columns.indices {
            for second in columns.indices where second > first {
                let alpha = dot(columns[first], columns[first])
                let beta = dot(columns[second], columns[second])
                let gamma = dot(columns[first], columns[second])
                guard gamma.magnitude > 1e-15 * (alpha * beta).squareRoot(), gamma != 0 else {
                    continue
                }
                changed = true
                let zeta = (beta - alpha) / (2 * gamma)
                let root = zeta.magnitude + (1 + zeta * zeta).squareRoot()
                let tangent = (zeta < 0 ? -1 : 1) / root
                let cosine = 1 / (1 + tangent * tangent).squareRoot()
                turn(&columns, first, second, cosine, cosine * tangent)
                turn(&turned, first, second, cosine, cosine * tangent)
            }
        }
        return changed
    }

    private static func turn(
        _ columns: inout [[Double]], _ first: Int, _ second: Int, _ cosine: Double, _ sine: Double
    ) {
        for row in columns[first].indices {
            let (a, b) = (columns[first][row], columns[second][row])
            columns[first][row] = cosine * a - sine * b
            columns[second][row] = sine * a + cosine * b
        }
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        a.indices.reduce(0) { $0 + a[$1] * b[$1] }
    }
}
