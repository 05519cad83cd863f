import CApusKernels

/// Random numbers one after the other: a key and a position in its stream of 2^64 words.
///
/// Both can be read, and a generator made from them continues exactly there, so a checkpoint needs nothing
/// else. It serves the standard library's `random(in:using:)` too; what is drawn by this type's own methods
/// stays the same over versions of Swift.
///
/// ```swift
/// var generator = RandomGenerator(RandomKey(42))
/// let order = generator.permutation(of: documents.count)
/// ```
public struct RandomGenerator: RandomNumberGenerator, Sendable {
    /// The stream.
    public let key: RandomKey
    /// How many words of 32 bits lie behind.
    public private(set) var position: UInt64

    // The block that the position stands in, kept because four words come at once.
    private var block: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    private var blockIndex: UInt64?

    /// The stream of `key`, from `position` on.
    public init(_ key: RandomKey, position: UInt64 = 0) {
        self.key = key
        self.position = position
    }

    /// The next 64 bits: two words, the lower one first.
    public mutating func next() -> UInt64 {
        let low = nextWord()
        return UInt64(low) | UInt64(nextWord()) << 32
    }

    /// The next 32 bits.
    public mutating func nextWord() -> UInt32 {
        if Tracer.isTracing { Tracer.refuseGenerator() }
        let index = position / 4
        if index != blockIndex {
            block = apus_philox(index, 0, key.value).words
            blockIndex = index
        }
        let word = position % 4
        position &+= 1
        switch word {
        case 0: return block.0
        case 1: return block.1
        case 2: return block.2
        default: return block.3
        }
    }

    /// A uniform number in [0, 1), in 2^24 steps.
    public mutating func uniform() -> Float {
        Float(nextWord() >> 8) * 0x1p-24
    }

    /// A number from the normal distribution with mean 0 and deviation 1.
    ///
    /// It takes two words of the stream, of which the first stands at an even position.
    public mutating func normal() -> Float {
        if Tracer.isTracing { Tracer.refuseGenerator() }
        position &+= position % 2
        var number: Float = 0
        randomKernels.pointee.normal(&number, key.value, position, 1, 0, 1)
        position &+= 2
        return number
    }
}

extension RandomGenerator: Hashable {
    /// Whether both will give the same numbers from here on.
    public static func == (a: RandomGenerator, b: RandomGenerator) -> Bool {
        a.key == b.key && a.position == b.position
    }

    /// Hashes the key and the position.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(key)
        hasher.combine(position)
    }
}
