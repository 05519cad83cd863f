import CApusKernels

/// The random number kernels of the active instruction set.
var randomKernels: UnsafePointer<apus_random_kernels> { Kernels.random }
