import CApusKernels

/// The random number kernels of the active instruction set. `nonisolated(unsafe)`: the table is a constant.
nonisolated(unsafe) let randomKernels: UnsafePointer<apus_random_kernels> = {
    guard let table = apus_random_kernels_for(InstructionSet.active.code) else {
        fatalError("Apus: no random number kernels for \(InstructionSet.active).")
    }
    return table
}()
