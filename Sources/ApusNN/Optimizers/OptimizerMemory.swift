import ApusCore
import CApusKernels

extension apus_optimizer_memory {
    private static let chunk = 64 * 1024

    /// A step over all elements, or over the rows that have a gradient: cut for the worker threads by size.
    func step(_ shape: Shape, rows: TensorView?, by rule: apus_optimizer_rule) {
        if rule.kind == APUS_ADAFACTOR { return AdafactorStep(self, shape, rule).run() }
        withUnsafePointer(to: self) { memory in
            withUnsafePointer(to: rule) { rule in
                if let rows {
                    Self.step(memory, rows, width: shape.rowWidth, rule)
                } else {
                    Self.step(memory, shape.count, rule)
                }
            }
        }
    }

    private static func step(
        _ memory: UnsafePointer<Self>, _ count: Int, _ rule: UnsafePointer<apus_optimizer_rule>
    ) {
        let kernel = Kernels.optimizer.pointee.step
        if count <= chunk {
            kernel?(memory, 0, count, rule)
            return
        }
        Parallel.run((count + chunk - 1) / chunk) { task in
            kernel?(memory, task * chunk, min((task + 1) * chunk, count), rule)
        }
    }

    private static func step(
        _ memory: UnsafePointer<Self>, _ rows: TensorView, width: Int,
        _ rule: UnsafePointer<apus_optimizer_rule>
    ) {
        let numbers = UnsafePointer(rows.elements(as: Int32.self))
        let kernel = Kernels.optimizer.pointee.step_rows
        Parallel.rows(rows.count, costing: width) { range in
            kernel?(memory, numbers, width, range.lowerBound, range.upperBound, rule)
        }
    }
}

extension Shape {
    /// The number of elements below one index of the first axis.
    var rowWidth: Int { rank == 0 ? 1 : count / Swift.max(self[0], 1) }
}
