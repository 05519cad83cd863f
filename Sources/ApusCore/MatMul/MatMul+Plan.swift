import CApusKernels

extension MatMul {
    /// How a product is cut into tasks: by its size alone, into blocks of C.
    ///
    /// A task takes so many rows that they fill half of a second-level cache of 1 MiB (264, or 22 tiles of 12, with
    /// 512 of k; more with less) and stay there while the strips of B pass by, and one or a few strips of columns.
    struct Plan {
        /// Multiplications below which handing over costs more than it brings.
        static let smallestSharedProduct = 1 << 17
        /// Multiplications that a task should have at least: half a microsecond at the peak.
        static let smallestTask = 1 << 16
        /// Multiplications below which a product is over before a sleeping thread would have woken up.
        static let shortProduct = 1 << 22
        /// Multiplications from which packing B once, for all parts of the rows, is worth a job of its own.
        static let packingProduct = 1 << 26
        private static let mostRows = 264
        private static let longestStretch = 512
        private static let fewRows = 3
        /// With fewer tasks than this, threads would wait for the last one: cut finer.
        private static let enoughTasks = 12

        private let rowsPerTask: Int
        private let columnsPerTask: Int
        private let tasksAcross: Int
        /// How many tasks have the same columns.
        let partsDown: Int
        let taskCount: Int

        init(_ block: apus_matmul_block, _ kernels: UnsafePointer<apus_matmul_kernels>) {
            func parts(_ whole: Int, _ part: Int) -> Int { (whole + part - 1) / part }
            let strip = kernels.pointee.strip_columns
            let depth = max(block.k, 1)
            let strips = max(parts(block.n, strip), 1)

            let leastRows = parts(Self.smallestTask, strips * strip * depth)
            let mostRows =
                Self.mostRows * Self.longestStretch / min(max(depth, 128), Self.longestStretch)
            var rowParts = max(parts(block.m, max(mostRows, leastRows)), 1)

            // Four strips are copied side by side: their lines are fetched together.
            var stripsPerTask = 4
            while stripsPerTask > 1, rowParts * parts(strips, stripsPerTask) < Self.enoughTasks {
                stripsPerTask /= 2
            }
            let across = parts(strips, stripsPerTask)
            if rowParts * across < Self.enoughTasks {
                let finer = parts(block.m, max(leastRows, 2 * kernels.pointee.tile_rows))
                rowParts = max(rowParts, min(parts(Self.enoughTasks, across), finer))
            }
            let rows = max(parts(block.m, rowParts), 1)
            stripsPerTask = max(
                stripsPerTask, parts(Self.smallestTask, rows * strip * depth))

            // Few rows go through B in strips of four times the width.
            if block.m <= Self.fewRows { stripsPerTask = parts(stripsPerTask, 4) * 4 }

            rowsPerTask = rows
            columnsPerTask = stripsPerTask * strip
            tasksAcross = parts(strips, stripsPerTask)
            partsDown = rowParts
            taskCount = rowParts * tasksAcross
        }

        /// Computes one task of `whole`, a product of the shape that was planned.
        func compute(
            _ task: Int, of whole: apus_matmul_block,
            _ kernels: UnsafePointer<apus_matmul_kernels>
        ) {
            let (down, across) = task.quotientAndRemainder(dividingBy: tasksAcross)
            let row = down * rowsPerTask
            let column = across * columnsPerTask
            var block = whole
            block.m = min(rowsPerTask, whole.m - row)
            block.n = min(columnsPerTask, whole.n - column)
            guard block.m > 0, block.n > 0 else { return }
            block.a += row * whole.a_row
            if let packed = whole.packed_b {
                // A strip holds all k rows, one after the other.
                block.packed_b = packed + column * whole.k
            } else {
                block.b += column * whole.b_column
            }
            block.c += row * whole.c_row + column
            if let bias = whole.bias { block.bias = bias + column }
            MatMul.compute(&block, kernels)
        }
    }
}
