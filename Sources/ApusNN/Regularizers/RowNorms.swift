import ApusCore
import CApusKernels

/// Max-norm (Srebro and Shraibman 2005; with dropout Srivastava et al. 2014): after a step, the weights that lead into
/// a unit, a row of its weight, are scaled back to a norm of at most c.
///
///     w ← w · min(1, c / ‖w‖)
enum RowNorms {
    /// - Parameters:
    ///   - rows: the rows that may have changed; nil for all.
    static func limit(
        _ weights: UnsafeMutablePointer<Float>, _ shape: Shape, rows: TensorView?, to limit: Float
    ) {
        let width = shape.rowWidth
        let numbers = rows.map { UnsafePointer($0.elements(as: Int32.self)) }
        nonisolated(unsafe) let pointers = (weights, numbers)
        Parallel.rows(rows?.count ?? (shape.rank == 0 ? 1 : shape[0]), costing: width) { range in
            Kernels.optimizer.pointee.limit_row_norms(
                pointers.0, pointers.1, width, range.lowerBound, range.upperBound, limit)
        }
    }
}
