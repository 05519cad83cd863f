import CApusKernels

/// The name of a stream of random numbers: 64 bits that decide everything drawn under it.
///
/// There is no global generator. A program starts from one key, the seed, and derives a key for each purpose:
/// by name, by number, or several at once. Equal keys give equal numbers on every machine.
///
/// ```swift
/// let key = RandomKey(42)
/// let weights = key.folded(in: "weights")
/// let dropout = key.folded(in: "dropout").folded(in: step)
/// ```
///
/// Numbers come from the counter-based generator Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", 2011). Draws use counters with an upper half of 0, derived keys the others, so
/// that a key's own numbers and its children never meet.
public struct RandomKey: Sendable {
    /// The 64 bits; `RandomKey(key.value) == key`.
    public let value: UInt64
    /// What a ``Tracer`` knows the key by, beside its bits; 0 for most.
    let traceTag: UInt64

    /// The key with the given bits. Any number is as good as any other.
    public init(_ seed: UInt64) { self.init(seed, traceTag: 0) }

    init(_ value: UInt64, traceTag: UInt64) {
        self.value = value
        self.traceTag = traceTag
    }

    /// `count` keys that are independent of each other and of this key's own numbers.
    ///
    /// The first keys are the same whatever the count.
    public func split(_ count: Int) -> [RandomKey] {
        guard count >= 0 else {
            fatalError("RandomKey.split(\(count)): the number of keys cannot be negative.")
        }
        return (0..<count).map { child(UInt64($0), purpose: .split) }
    }

    /// The key for one of many: a step, an epoch, a layer.
    public func folded(in number: some BinaryInteger) -> RandomKey {
        child(UInt64(truncatingIfNeeded: number), purpose: .number)
    }

    /// The key for a purpose. Every byte of the name's UTF-8 counts.
    public func folded(in name: String) -> RandomKey {
        var name = name
        return name.withUTF8 { bytes in
            var key = self
            var done = 0
            // Eight bytes at a time; the length in the counter tells "a" from "a\0", and an empty name from none.
            repeat {
                let piece = bytes[done..<min(done + 8, bytes.count)]
                let word = piece.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                key = key.child(word, purpose: .name, length: bytes.count - done)
                done += 8
            } while done < bytes.count
            return key
        }
    }

    /// What a derived key is for; the lowest byte of the counter's upper half, never 0.
    private enum Purpose: UInt64 {
        case split = 1
        case number = 2
        case name = 3
    }

    private func child(_ counter: UInt64, purpose: Purpose, length: Int = 0) -> RandomKey {
        let purpose = purpose.rawValue | UInt64(length) << 8
        let key = derived(counter, purpose)
        return Tracer.isTracing ? Tracer.derive(key, from: self, counter, purpose) : key
    }

    /// The key of a counter of two halves.
    func derived(_ counter: UInt64, _ purpose: UInt64) -> RandomKey {
        let words = apus_philox(counter, purpose, value).words
        return RandomKey(UInt64(words.0) | UInt64(words.1) << 32)
    }
}

extension RandomKey: Hashable {
    /// Whether the bits are equal.
    public static func == (a: RandomKey, b: RandomKey) -> Bool { a.value == b.value }

    /// The bits.
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
