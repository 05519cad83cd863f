import ApusText
import Synchronization

/// What predicting needs besides the texts, kept for the next: tables of letters, and a place for each feature.
///
/// Setting it up takes longer than classifying a hundred short texts.
public final class PredictionMemory: Sendable {
    private let idle = Mutex<[Vectorizer.Scratch]>([])

    /// Memory that has nothing yet.
    public init() {}

    /// Lends `body` memory that no other thread has.
    func withScratch<Result>(_ body: (inout Vectorizer.Scratch) -> Result) -> Result {
        var scratch = idle.withLock { $0.popLast() } ?? Vectorizer.Scratch()
        let result = body(&scratch)
        idle.withLock { [scratch] in $0.append(scratch) }
        return result
    }
}
