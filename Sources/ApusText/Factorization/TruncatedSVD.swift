import ApusCore

/// The largest singular values of a sparse matrix, with their vectors: A ≈ U · diag(σ) · Vᵀ.
///
/// A is multiplied by a few more random vectors than are wanted; what comes out spans nearly the
/// space of the largest singular vectors, and after some rounds of multiplying by Aᵀ and A, with an
/// orthonormal basis taken each time, quite nearly. In that small space the decomposition is done
/// exactly (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1).
///
/// A seed gives the same bits on every machine, for any number of threads.
public struct TruncatedSVD: Sendable {
    /// U: the left singular vectors, `[rows, rank]`.
    public let left: Tensor
    /// σ: the singular values, the largest first; 0 behind the matrix's own rank.
    public let singularValues: [Float]
    /// V: the right singular vectors, `[columns, rank]`. In each the entry that is largest in
    /// magnitude is positive, which settles the sign of both.
    public let right: Tensor

    /// Decomposes `matrix`.
    ///
    /// - Parameters:
    ///   - rank: how many singular values are wanted, at most as many as the smaller side has.
    ///   - iterations: rounds of multiplying by Aᵀ and A; more where the values fall slowly.
    ///   - oversampling: how many more random vectors are taken.
    ///   - key: what they are drawn from.
    public init(
        _ matrix: SparseRows, rank: Int, iterations: Int = 4, oversampling: Int = 10,
        key: RandomKey = RandomKey(0)
    ) {
        let smallerSide = min(matrix.count, matrix.columnCount)
        guard 1...max(smallerSide, 1) ~= rank, iterations >= 0, oversampling >= 0 else {
            fatalError(
                "TruncatedSVD: rank \(rank), \(iterations) iterations, \(oversampling) more vectors "
                    + "for a matrix [\(matrix.count), \(matrix.columnCount)]: the rank must be in "
                    + "1…\(smallerSide), the others not negative")
        }
        guard smallerSide > 0 else { fatalError("TruncatedSVD: the matrix has no entries") }
        let width = min(rank + oversampling, smallerSide)
        let forward = SparseProduct(matrix)
        let backward = SparseProduct(matrix.transposed())

        var range = forward.product(with: Self.gaussian([matrix.columnCount, width], key))
        range = OrthonormalBasis(of: range).vectors
        for _ in 0..<iterations {
            let domain = OrthonormalBasis(of: backward.product(with: range)).vectors
            range = OrthonormalBasis(of: forward.product(with: domain)).vectors
        }
        // A ≈ Q·Qᵀ·A = Q·(P·R)ᵀ, and Rᵀ is small: Rᵀ = U'·Σ·V'ᵀ, so that U = Q·U' and V = P·V'.
        let domain = OrthonormalBasis(of: backward.product(with: range))
        let small = JacobiSVD(transposing: domain.coefficients, size: width)
        let signed = Self.signsSettled(
            left: matmul(range, small.left(count: rank)),
            right: matmul(domain.vectors, small.right(count: rank)), rank: rank)
        (left, right) = signed
        singularValues = small.values.prefix(rank).map { Float($0) }
    }

    private static func gaussian(_ size: [Int], _ key: RandomKey) -> Tensor {
        var values = [Float](repeating: 0, count: size[0] * size[1])
        values.withUnsafeMutableBufferPointer { key.fillNormal($0) }
        return Tensor(values, shape: Shape(size[0], size[1]))
    }

    private static func signsSettled(
        left: Tensor, right: Tensor, rank: Int
    ) -> (left: Tensor, right: Tensor) {
        var signs = [Float](repeating: 1, count: rank)
        var largest = [Float](repeating: 0, count: rank)
        right.withElements(of: Float.self) { values in
            for place in values.indices where values[place].magnitude > largest[place % rank] {
                largest[place % rank] = values[place].magnitude
                signs[place % rank] = values[place] < 0 ? -1 : 1
            }
        }
        let factors = Tensor(signs)
        return (left * factors, right * factors)
    }

    /// What the rows of a matrix over the same columns are in the space of the right vectors:
    /// A · V, which is U · diag(σ) for the matrix itself. `[rows, rank]`.
    public func transform(_ rows: SparseRows) -> Tensor {
        SparseProduct(rows).product(with: right)
    }
}

/// A sparse matrix that is multiplied with dense ones: a row is a bag of the other's rows.
struct SparseProduct {
    private let ids: Tensor
    private let offsets: Tensor
    private let weights: Tensor

    init(_ matrix: SparseRows) {
        guard matrix.ids.count < Int(Int32.max) else {
            fatalError("SparseProduct: \(matrix.ids.count) entries; there can be up to 2³¹ − 2")
        }
        ids = Tensor(ids: matrix.ids)
        offsets = Tensor(ids: matrix.offsets.map { Int32(truncatingIfNeeded: $0) })
        weights = Tensor(matrix.weights)
    }

    /// `[rows, columns]` · `[columns, width]` → `[rows, width]`.
    func product(with dense: Tensor) -> Tensor {
        embeddingBag(ids: ids, offsets: offsets, weights: weights, table: dense)
    }
}
