/// A fixed set of computations, told by one SHA-256: what `apus verify` runs.
///
/// Everything follows from numbers and sentences that the program carries: no file, no clock, no number of threads.
package struct VerificationGroup: Sendable {
    /// What it is called on the command line.
    package let name: String
    /// What it computes, in a few words.
    package let summary: String
    private let compute: @Sendable (inout BitDigest) throws -> Void

    /// A group.
    package init(
        name: String, summary: String,
        compute: @escaping @Sendable (inout BitDigest) throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.compute = compute
    }

    /// Every group, from single operations to whole trainings.
    package static let all = [
        operations, random, losses, layers, optimizers, compiledSteps, classifiers, tokenizers,
        vectors, features,
    ]

    /// Computes it.
    ///
    /// - Returns: the SHA-256 of all results, in hexadecimal digits.
    package func digest() throws -> String {
        var digest = BitDigest()
        try compute(&digest)
        return digest.text
    }

    /// The digest that it has in this build, as it was carried into it.
    package var expected: String { CarriedDigests.all[name] ?? "none" }
}
