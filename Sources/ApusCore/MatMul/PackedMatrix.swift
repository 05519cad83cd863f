import CApusKernels

/// The right side of a product, copied once into the order in which the kernels read it.
///
/// For weights that meet many left sides: the copy that a product makes on its way is saved. The results are
/// the same to the bit.
///
/// `@unchecked Sendable`: written in `init` only.
package final class PackedMatrix: @unchecked Sendable {
    /// k, rows of op(B).
    package let rows: Int
    /// n, columns of op(B).
    package let columns: Int

    let strips: UnsafePointer<Float>
    let kernels: UnsafePointer<apus_matmul_kernels>
    private let memory: UnsafeMutableRawPointer
    private let byteCount: Int

    package init(
        rows: Int, columns: Int, _ matrix: MatMul.Operand<Float>,
        kernels: UnsafePointer<apus_matmul_kernels> = MatMul.activeKernels
    ) {
        self.rows = rows
        self.columns = columns
        self.kernels = kernels
        byteCount =
            Self.floatCount(rows: rows, columns: columns, kernels) * MemoryLayout<Float>.stride
        memory = MemoryPool.allocate(byteCount: byteCount)
        let packed = memory.assumingMemoryBound(to: Float.self)
        strips = UnsafePointer(packed)
        Self.pack(rows: rows, columns: columns, matrix, into: packed, kernels)
    }

    /// The numbers that a copy takes: the last strip is filled up.
    static func floatCount(
        rows: Int, columns: Int, _ kernels: UnsafePointer<apus_matmul_kernels>
    ) -> Int {
        let strip = kernels.pointee.strip_columns
        return (columns + strip - 1) / strip * strip * rows
    }

    /// Copies into memory of one's own, as part of a larger operation.
    static func pack(
        rows: Int, columns: Int, _ matrix: MatMul.Operand<Float>,
        into packed: UnsafeMutablePointer<Float>, _ kernels: UnsafePointer<apus_matmul_kernels>
    ) {
        // Four strips side by side: their lines are fetched together.
        let columnsPerTask = 4 * kernels.pointee.strip_columns
        Parallel.run((columns + columnsPerTask - 1) / columnsPerTask) { task in
            let column = task * columnsPerTask
            kernels.pointee.pack_b(
                rows, min(columnsPerTask, columns - column),
                matrix.base + column * matrix.columnStep, matrix.rowStep, matrix.columnStep,
                packed + column * rows)
        }
    }

    deinit { MemoryPool.release(memory, byteCount: byteCount) }
}
