import CApusKernels
import Synchronization

/// The kernel tables of the active instruction set.
///
/// Each is read through a relaxed atomic, which costs what a plain load costs, so that a test can compare
/// instruction sets within one process.
package enum Kernels {
    package static var pointwise: UnsafePointer<apus_pointwise_kernels> {
        @inline(__always) get { pointwiseInUse.load(ordering: .relaxed) }
    }
    package static var reduce: UnsafePointer<apus_reduce_kernels> {
        @inline(__always) get { reduceInUse.load(ordering: .relaxed) }
    }
    package static var attention: UnsafePointer<apus_attention_kernels> {
        @inline(__always) get { attentionInUse.load(ordering: .relaxed) }
    }
    package static var embedding: UnsafePointer<apus_embedding_kernels> {
        @inline(__always) get { embeddingInUse.load(ordering: .relaxed) }
    }
    package static var optimizer: UnsafePointer<apus_optimizer_kernels> {
        @inline(__always) get { optimizerInUse.load(ordering: .relaxed) }
    }
    package static var matmul: UnsafePointer<apus_matmul_kernels> {
        @inline(__always) get { matmulInUse.load(ordering: .relaxed) }
    }
    package static var normalization: UnsafePointer<apus_normalization_kernels> {
        @inline(__always) get { normalizationInUse.load(ordering: .relaxed) }
    }
    package static var pooling: UnsafePointer<apus_pooling_kernels> {
        @inline(__always) get { poolingInUse.load(ordering: .relaxed) }
    }
    package static var random: UnsafePointer<apus_random_kernels> {
        @inline(__always) get { randomInUse.load(ordering: .relaxed) }
    }
    package static var recurrent: UnsafePointer<apus_recurrent_kernels> {
        @inline(__always) get { recurrentInUse.load(ordering: .relaxed) }
    }
    package static var gloVe: UnsafePointer<apus_glove_kernels> {
        @inline(__always) get { gloVeInUse.load(ordering: .relaxed) }
    }
    package static var wordVectors: UnsafePointer<apus_wordvector_kernels> {
        @inline(__always) get { wordVectorsInUse.load(ordering: .relaxed) }
    }

    // The tables are constants; a pointer to one is as good in any thread.
    nonisolated(unsafe) private static let pointwiseInUse = Atomic(
        table(apus_pointwise_kernels_for))
    nonisolated(unsafe) private static let reduceInUse = Atomic(table(apus_reduce_kernels_for))
    nonisolated(unsafe) private static let attentionInUse = Atomic(
        table(apus_attention_kernels_for))
    nonisolated(unsafe) private static let embeddingInUse = Atomic(
        table(apus_embedding_kernels_for))
    nonisolated(unsafe) private static let optimizerInUse = Atomic(
        table(apus_optimizer_kernels_for))
    nonisolated(unsafe) private static let matmulInUse = Atomic(table(apus_matmul_kernels_for))
    nonisolated(unsafe) private static let normalizationInUse = Atomic(
        table(apus_normalization_kernels_for))
    nonisolated(unsafe) private static let poolingInUse = Atomic(table(apus_pooling_kernels_for))
    nonisolated(unsafe) private static let randomInUse = Atomic(table(apus_random_kernels_for))
    nonisolated(unsafe) private static let recurrentInUse = Atomic(
        table(apus_recurrent_kernels_for))
    nonisolated(unsafe) private static let gloVeInUse = Atomic(table(apus_glove_kernels_for))
    nonisolated(unsafe) private static let wordVectorsInUse = Atomic(
        table(apus_wordvector_kernels_for))

    /// Runs `body` while the whole process uses the kernels of another instruction set: for the test that all of
    /// them give the same bits.
    package static func withInstructionSet<Result>(
        _ set: InstructionSet, _ body: () throws -> Result
    ) rethrows -> Result {
        use(set)
        defer { use(.active) }
        return try body()
    }

    private static func use(_ set: InstructionSet) {
        pointwiseInUse.store(table(apus_pointwise_kernels_for, set), ordering: .relaxed)
        reduceInUse.store(table(apus_reduce_kernels_for, set), ordering: .relaxed)
        attentionInUse.store(table(apus_attention_kernels_for, set), ordering: .relaxed)
        embeddingInUse.store(table(apus_embedding_kernels_for, set), ordering: .relaxed)
        optimizerInUse.store(table(apus_optimizer_kernels_for, set), ordering: .relaxed)
        matmulInUse.store(table(apus_matmul_kernels_for, set), ordering: .relaxed)
        normalizationInUse.store(table(apus_normalization_kernels_for, set), ordering: .relaxed)
        poolingInUse.store(table(apus_pooling_kernels_for, set), ordering: .relaxed)
        randomInUse.store(table(apus_random_kernels_for, set), ordering: .relaxed)
        recurrentInUse.store(table(apus_recurrent_kernels_for, set), ordering: .relaxed)
        gloVeInUse.store(table(apus_glove_kernels_for, set), ordering: .relaxed)
        wordVectorsInUse.store(table(apus_wordvector_kernels_for, set), ordering: .relaxed)
    }

    private static func table<Table>(
        _ lookup: (apus_isa) -> UnsafePointer<Table>?, _ set: InstructionSet = .active
    ) -> UnsafePointer<Table> {
        guard let table = lookup(set.code) else {
            fatalError("Apus: no kernels for the instruction set \(set)")
        }
        return table
    }
}
