import CApusKernels

/// The kernel tables of the active instruction set.
package enum Kernels {
    // Constant tables in the program's own memory: nothing is shared that could change.
    nonisolated(unsafe) package static let pointwise = table(apus_pointwise_kernels_for)
    nonisolated(unsafe) package static let reduce = table(apus_reduce_kernels_for)
    nonisolated(unsafe) package static let embedding = table(apus_embedding_kernels_for)
    nonisolated(unsafe) package static let optimizer = table(apus_optimizer_kernels_for)

    private static func table<Table>(
        _ lookup: (apus_isa) -> UnsafePointer<Table>?
    ) -> UnsafePointer<Table> {
        guard let table = lookup(InstructionSet.active.code) else {
            fatalError("Apus: no kernels for the instruction set \(InstructionSet.active)")
        }
        return table
    }
}
