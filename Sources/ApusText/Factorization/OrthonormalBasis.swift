import ApusCore

/// An orthonormal basis of the columns of a tall matrix: A = Q · R.
///
/// Classical Gram–Schmidt, every column twice, which leaves nothing to speak of that is not
/// orthogonal (Giraud, Langou, Rozložník and van den Eshof 2005). A column that depends on those
/// before it becomes zeros. Rows are taken in chunks of a fixed size, whose sums are added in order.
struct OrthonormalBasis {
    /// Q: `[rows, columns]`.
    let vectors: Tensor
    /// R, upper triangular, row by row: `[columns, columns]`.
    let coefficients: [Double]

    private static let chunk = 4096

    init(of matrix: Tensor) {
        let (rows, columns) = (matrix.shape[0], matrix.shape[1])
        // Columns one after another, so that a column is read in one go.
        var basis = matrix.transposed().scalars(of: Float.self)
        var coefficients = [Double](repeating: 0, count: columns * columns)
        basis.withUnsafeMutableBufferPointer { basis in
            coefficients.withUnsafeMutableBufferPointer { coefficients in
                guard let start = basis.baseAddress, let r = coefficients.baseAddress else {
                    return
                }
                let work = ColumnWork(basis: start, rows: rows, columns: columns)
                for column in 0..<columns { Self.orthogonalize(column, work, r) }
            }
        }
        vectors = Tensor(basis, shape: Shape(columns, rows)).transposed()
        self.coefficients = coefficients
    }

    private static func orthogonalize(
        _ column: Int, _ work: ColumnWork, _ r: UnsafeMutablePointer<Double>
    ) {
        let length = work.squaredLength(of: column).squareRoot()
        for _ in 0..<2 where column > 0 {
            let shares = work.products(of: column)
            for other in 0..<column { r[other * work.columns + column] += shares[other] }
            work.subtract(shares, from: column)
        }
        let left = work.squaredLength(of: column).squareRoot()
        // What is left of a dependent column is rounding.
        let isDependent = left <= length * 1e-6
        r[column * work.columns + column] = isDependent ? 0 : left
        work.scale(column, by: isDependent ? 0 : 1 / left)
    }

    /// The loops over a column and those before it.
    private struct ColumnWork {
        // Tasks touch rows of their own, so the pointer may be used by several.
        nonisolated(unsafe) let basis: UnsafeMutablePointer<Float>
        let rows: Int
        let columns: Int

        private var chunks: Int { (rows + chunk - 1) / chunk }

        private func range(of part: Int) -> Range<Int> {
            part * chunk..<min((part + 1) * chunk, rows)
        }

        func squaredLength(of column: Int) -> Double {
            (0..<chunks).reduce(0) { $0 + dot(column, column, range(of: $1)) }
        }

        /// The products of a column with each before it.
        func products(of column: Int) -> [Double] {
            var parts = [Double](repeating: 0, count: chunks * column)
            parts.withUnsafeMutableBufferPointer { parts in
                nonisolated(unsafe) let parts = parts
                Parallel.run(chunks) { part in
                    for other in 0..<column {
                        parts[part * column + other] = dot(other, column, range(of: part))
                    }
                }
            }
            return (0..<column).map { other in
                (0..<chunks).reduce(0) { $0 + parts[$1 * column + other] }
            }
        }

        func subtract(_ shares: [Double], from column: Int) {
            let factors = shares.map { Float($0) }
            Parallel.run(chunks) { part in
                let range = range(of: part)
                let target = basis + column * rows
                for other in 0..<column {
                    let source = basis + other * rows
                    let factor = factors[other]
                    for row in range { target[row] -= factor * source[row] }
                }
            }
        }

        func scale(_ column: Int, by factor: Double) {
            let target = basis + column * rows
            for row in 0..<rows { target[row] = Float(Double(target[row]) * factor) }
        }

        /// Sixteen lanes of sums, then a tree.
        private func dot(_ first: Int, _ second: Int, _ range: Range<Int>) -> Double {
            let a = UnsafeRawPointer(basis + first * rows + range.lowerBound)
            let b = UnsafeRawPointer(basis + second * rows + range.lowerBound)
            var sums = SIMD16<Float>()
            var position = 0
            let size = MemoryLayout<Float>.stride
            while position + 16 <= range.count {
                sums +=
                    a.loadUnaligned(fromByteOffset: position * size, as: SIMD16<Float>.self)
                    * b.loadUnaligned(fromByteOffset: position * size, as: SIMD16<Float>.self)
                position += 16
            }
            let eight = sums.lowHalf + sums.highHalf
            let four = eight.lowHalf + eight.highHalf
            let two = four.lowHalf + four.highHalf
            var sum = Double(two[0] + two[1])
            while position < range.count {
                sum +=
                    Double(a.load(fromByteOffset: position * size, as: Float.self))
                    * Double(b.load(fromByteOffset: position * size, as: Float.self))
                position += 1
            }
            return sum
        }
    }
}
