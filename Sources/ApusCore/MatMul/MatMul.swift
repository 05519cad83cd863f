import CApusKernels

/// The matrix product of float32: C[m, n] = activation(op(A)[m, k] · op(B)[k, n] + bias[n]).
///
/// Each element is one chain of fused multiply-adds over k in ascending order, from 0 (or from C's old value):
/// `sum = a[p] · b[p] + sum`, rounded once a step. Where k is over 4096 the chains end every 512; eight are added up,
/// and their sums in double, so that the error does not grow with the depth. Neither rows and columns, transposition,
/// packing, batch, instruction set nor number of threads changes that order, so none of them changes a bit; in particular
/// a row's result does not depend on the batch it sits in. Nothing is skipped: 0 · ∞ gives NaN.
package enum MatMul {
    /// What happens to a sum after the bias was added.
    package enum Activation {
        case none
        /// x < 0 → 0; NaN stays NaN.
        case relu
    }

    /// A matrix as it lies in memory: row-major, `stride` numbers from one row to the next.
    package struct Operand<Scalar> {
        package var base: UnsafePointer<Scalar>
        package var stride: Int
        /// The product reads the transpose of what lies in memory.
        package var isTransposed: Bool

        package init(_ base: UnsafePointer<Scalar>, stride: Int, isTransposed: Bool = false) {
            self.base = base
            self.stride = stride
            self.isTransposed = isTransposed
        }

        @inline(__always) var rowStep: Int { isTransposed ? 1 : stride }
        @inline(__always) var columnStep: Int { isTransposed ? stride : 1 }
    }

    /// The kernels in use; tests ask for others.
    package static var activeKernels: UnsafePointer<apus_matmul_kernels> { Kernels.matmul }

    package static func kernels(for set: InstructionSet) -> UnsafePointer<apus_matmul_kernels> {
        guard let kernels = apus_matmul_kernels_for(set.code) else {
            fatalError("MatMul: no kernels for the instruction set \(set).")
        }
        return kernels
    }

    /// Computes one product.
    ///
    /// - Parameters:
    ///   - rows: m, rows of op(A) and C.
    ///   - columns: n, columns of op(B) and C.
    ///   - depth: k, columns of op(A) and rows of op(B).
    ///   - result: C, row-major; must not overlap A, B or the bias.
    ///   - resultStride: numbers from one row of C to the next.
    ///   - accumulating: start from the old values of C.
    ///   - bias: `columns` numbers, added after the sum.
    @inline(__always)
    package static func multiply(
        rows: Int, columns: Int, depth: Int,
        _ left: Operand<Float>, _ right: Operand<Float>,
        into result: UnsafeMutablePointer<Float>, resultStride: Int,
        accumulating: Bool = false, bias: UnsafePointer<Float>? = nil,
        activation: Activation = .none,
        kernels: UnsafePointer<apus_matmul_kernels> = activeKernels
    ) {
        var block = apus_matmul_block(
            m: rows, n: columns, k: depth,
            a: left.base, a_row: left.rowStep, a_column: left.columnStep,
            b: right.base, b_row: right.rowStep, b_column: right.columnStep, packed_b: nil,
            c: result, c_row: resultStride, bias: bias, workspace: nil,
            accumulate: accumulating ? 1 : 0, activation: activation.code)
        run(&block, kernels)
    }

    /// Computes one product whose right side was packed before.
    package static func multiply(
        rows: Int, _ left: Operand<Float>, _ right: PackedMatrix,
        into result: UnsafeMutablePointer<Float>, resultStride: Int,
        accumulating: Bool = false, bias: UnsafePointer<Float>? = nil,
        activation: Activation = .none
    ) {
        var block = apus_matmul_block(
            m: rows, n: right.columns, k: right.rows,
            a: left.base, a_row: left.rowStep, a_column: left.columnStep,
            b: nil, b_row: 0, b_column: 1, packed_b: right.strips,
            c: result, c_row: resultStride, bias: bias, workspace: nil,
            accumulate: accumulating ? 1 : 0, activation: activation.code)
        run(&block, right.kernels)
    }

    /// Computes `count` products of the same shape; each step leads from one matrix to the next, 0 repeats it.
    package static func multiplyBatch(
        count: Int, rows: Int, columns: Int, depth: Int,
        _ left: Operand<Float>, step leftStep: Int,
        _ right: Operand<Float>, step rightStep: Int,
        into result: UnsafeMutablePointer<Float>, resultStride: Int, step resultStep: Int,
        accumulating: Bool = false, bias: UnsafePointer<Float>? = nil,
        activation: Activation = .none,
        kernels: UnsafePointer<apus_matmul_kernels> = activeKernels
    ) {
        var whole = apus_matmul_block(
            m: rows, n: columns, k: depth,
            a: left.base, a_row: left.rowStep, a_column: left.columnStep,
            b: right.base, b_row: right.rowStep, b_column: right.columnStep, packed_b: nil,
            c: result, c_row: resultStride, bias: bias, workspace: nil,
            accumulate: accumulating ? 1 : 0, activation: activation.code)
        // One left matrix after the other with the same right one is a single taller product.
        if rightStep == 0, !left.isTransposed, leftStep == rows * left.stride,
            resultStep == rows * resultStride
        {
            whole.m = rows * count
            return run(&whole, kernels)
        }
        let plan = Plan(whole, kernels)
        let work = multiplications(whole)
        // Small products are done several to a task, large ones are cut.
        let productsPerTask = max(1, min(Plan.smallestTask / max(work, 1), count))
        let tasksPerProduct = productsPerTask > 1 ? 1 : plan.taskCount
        let groups = (count + productsPerTask - 1) / productsPerTask

        let body = { (task: Int) in
            let (group, part) = task.quotientAndRemainder(dividingBy: tasksPerProduct)
            for product in group * productsPerTask..<min((group + 1) * productsPerTask, count) {
                var block = whole
                block.a += product * leftStep
                block.b += product * rightStep
                block.c += product * resultStep
                if tasksPerProduct > 1 {
                    plan.compute(part, of: block, kernels)
                } else {
                    compute(&block, kernels)
                }
            }
        }
        Parallel.run(
            groups * tasksPerProduct, isShort: work * count < Plan.shortProduct, body)
    }

    @inline(__always)
    private static func run(
        _ block: inout apus_matmul_block, _ kernels: UnsafePointer<apus_matmul_kernels>
    ) {
        let work = multiplications(block)
        if work < Plan.smallestSharedProduct { return compute(&block, kernels) }
        runShared(block, work, kernels)
    }

    @inline(never)
    private static func runShared(
        _ block: apus_matmul_block, _ work: Int, _ kernels: UnsafePointer<apus_matmul_kernels>
    ) {
        let plan = Plan(block, kernels)
        var block = block
        guard plan.partsDown > 1, work >= Plan.packingProduct,
            kernels.pointee.copies_b(&block) != 0
        else {
            return Parallel.run(plan.taskCount, isShort: work < Plan.shortProduct) {
                plan.compute($0, of: block, kernels)
            }
        }
        // Every part of the rows would copy the same columns.
        let right = Operand(
            block.b, stride: max(block.b_row, block.b_column), isTransposed: block.b_column != 1)
        let packed = PackedMatrix(rows: block.k, columns: block.n, right, kernels: kernels)
        block.packed_b = packed.strips
        withExtendedLifetime(packed) {
            Parallel.run(plan.taskCount) { plan.compute($0, of: block, kernels) }
        }
    }

    @inline(__always)
    private static func multiplications(_ block: apus_matmul_block) -> Int {
        block.m &* block.n &* block.k
    }

    /// Computes a block on this thread.
    @inline(__always)
    static func compute(
        _ block: inout apus_matmul_block, _ kernels: UnsafePointer<apus_matmul_kernels>
    ) {
        let byteCount = kernels.pointee.workspace_size(&block) * MemoryLayout<Float>.stride
        if byteCount == 0 { return kernels.pointee.block(&block) }
        let workspace = MemoryPool.allocate(byteCount: byteCount)
        block.workspace = workspace.assumingMemoryBound(to: Float.self)
        kernels.pointee.block(&block)
        MemoryPool.release(workspace, byteCount: byteCount)
    }
}

extension MatMul.Activation {
    fileprivate var code: UInt8 {
        switch self {
        case .none: UInt8(APUS_MATMUL_STORE.rawValue)
        case .relu: UInt8(APUS_MATMUL_RELU.rawValue)
        }
    }
}
