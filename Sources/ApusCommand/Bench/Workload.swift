import Apus

/// A computation that is timed, under the name that the scripts of other libraries use for theirs.
package struct Workload: Sendable {
    /// The word on the command line.
    package let name: String
    /// What is computed, in a few words.
    package let summary: String
    /// Repeats it for about the given number of seconds and tells what it took.
    package let measure: @Sendable (_ seconds: Double) -> [Measurement]

    /// What the optimizers of the workloads do with table rows without a gradient.
    @TaskLocal static var rows = RowSteps.lazy

    /// All workloads, in the order in which they run.
    package static let all: [Workload] = [
        .matmul, .xor, .mlp, .lstm, .tagger, .fieldTagger, .languageModel, .cnn, .gpt, .gpt384,
        .seq2seq, .tokenizer, .ops,
    ]
}
