import ApusCore
import Synchronization

/// Hands out random keys, one after another: each layer that is made takes the next.
///
/// Without ``seeded(_:_:)`` layers take their keys from one source of the process, which starts at the seed 0; a
/// program that makes its layers in a fixed order gets the same numbers in every run.
public final class RandomSource: Sendable {
    /// The source of the innermost ``seeded(_:_:)``, or the process's own.
    @TaskLocal public static var current = RandomSource(key: RandomKey(0))

    private let key: RandomKey
    private let taken = Atomic<Int>(0)

    /// A source whose keys follow from one.
    public init(key: RandomKey) { self.key = key }

    /// The next key.
    public func nextKey() -> RandomKey {
        key.folded(in: taken.add(1, ordering: .relaxed).oldValue)
    }
}

/// Runs `body` with the layers made in it taking their first values from `seed`.
///
/// ```swift
/// let model = seeded(7) { SentimentClassifier(vocabulary: 20_000) }
/// ```
public func seeded<Result>(_ seed: UInt64, _ body: () throws -> Result) rethrows -> Result {
    try RandomSource.$current.withValue(RandomSource(key: RandomKey(seed)), operation: body)
}
