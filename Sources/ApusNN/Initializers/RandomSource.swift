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
    private let taken: Atomic<Int>

    /// A source whose keys follow from one.
    public convenience init(key: RandomKey) { self.init(key: key, taken: 0) }

    private init(key: RandomKey, taken: Int) {
        self.key = key
        self.taken = Atomic(taken)
    }

    /// A source that will give the keys that this one gives next.
    func fork() -> RandomSource {
        RandomSource(key: key, taken: taken.load(ordering: .relaxed))
    }

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
