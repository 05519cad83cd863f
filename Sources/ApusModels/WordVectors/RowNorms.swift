import ApusCore
import CApusKernels
import Synchronization

/// The inverse lengths of the rows of a table, computed when they are first asked for.
final class RowNorms: Sendable {
    private let inverses = Mutex<[Float]?>(nil)

    /// 1/‖row‖ for each row, 0 for a row of zeros or one whose length is not a number.
    func inverseNorms(of values: [Float], dimension: Int) -> [Float] {
        inverses.withLock { known in
            if let known { return known }
            let computed = Self.compute(values, dimension)
            known = computed
            return computed
        }
    }

    private static func compute(_ values: [Float], _ dimension: Int) -> [Float] {
        let rows = values.count / dimension
        let kernels = Kernels.reduce
        return values.withUnsafeBufferPointer { values in
            (0..<rows).map { row in
                guard let base = values.baseAddress else { return 0 }
                return inverseLength(base + row * dimension, dimension, kernels)
            }
        }
    }
}

/// 1/‖x‖, or 0 where that is no finite number.
func inverseLength(
    _ x: UnsafePointer<Float>, _ count: Int, _ kernels: UnsafePointer<apus_reduce_kernels>
) -> Float {
    let squares = kernels.pointee.sum_of_squares(x, Int64(count))
    if squares > 1e-24 && squares < 1e30 { return 1 / squares.squareRoot() }
    // Squares that overflow or vanish as floats do neither as doubles.
    let length = (0..<count).reduce(0.0) { $0 + Double(x[$1]) * Double(x[$1]) }.squareRoot()
    let inverse = Float(1 / length)
    return length > 0 && inverse.isFinite ? inverse : 0
}

/// The place of the first infinity or NaN, or −1.
func firstNotFinite(_ values: [Float]) -> Int {
    values.withUnsafeBufferPointer { values in
        values.baseAddress.map {
            Int(Kernels.reduce.pointee.first_not_finite($0, Int64(values.count)))
        } ?? -1
    }
}

extension WordVectors {
    /// 1/‖vector‖ of each row, 0 for rows of zeros.
    var inverseNorms: [Float] { norms.inverseNorms(of: values, dimension: dimension) }
}
