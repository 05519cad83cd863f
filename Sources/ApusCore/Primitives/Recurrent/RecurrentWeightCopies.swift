import CApusKernels

/// The recurrent weights of each direction in the order in which products read them, copied once for all steps into
/// memory of the pool.
struct RecurrentWeightCopies {
    let kernels = MatMul.activeKernels
    private let rows: Int
    private let columns: Int
    private let floatsPerDirection: Int
    private let memory: UnsafeMutableRawPointer
    private let byteCount: Int

    /// Room for `directions` matrices; to be given back by ``release()``.
    init(directions: Int, rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        // Each begins at a multiple of 64 bytes.
        floatsPerDirection =
            (PackedMatrix.floatCount(rows: rows, columns: columns, kernels) + 15) / 16 * 16
        byteCount = directions * floatsPerDirection * MemoryLayout<Float>.stride
        memory = MemoryPool.allocate(byteCount: byteCount)
    }

    func release() { MemoryPool.release(memory, byteCount: byteCount) }

    /// Copies the right side of a direction's products.
    func pack(_ direction: Int, _ matrix: MatMul.Operand<Float>) {
        PackedMatrix.pack(
            rows: rows, columns: columns, matrix, into: floats + direction * floatsPerDirection,
            kernels)
    }

    /// The copy of a direction's matrix.
    func strips(_ direction: Int) -> UnsafePointer<Float> {
        UnsafePointer(floats + direction * floatsPerDirection)
    }

    private var floats: UnsafeMutablePointer<Float> { memory.assumingMemoryBound(to: Float.self) }
}
