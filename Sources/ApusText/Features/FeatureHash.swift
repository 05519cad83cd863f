/// The 64-bit hash that stands for an n-gram: FNV-1a over a tag and the bytes, then a mixing step.
///
/// FNV-1a goes on from the hash of a prefix to that of a longer n-gram with one multiplication a
/// byte, which is how a text's n-grams of all lengths are hashed in one pass. The last step
/// spreads what FNV leaves in the high bits. Words and character n-grams have different tags,
/// hence different hashes. The same on every machine and in every process. (Fowler, Noll, Vo 1991;
/// mixing after Moremur, P. Evensen 2019.)
public enum FeatureHash {
    /// The tag byte of word n-grams.
    public static let wordTag = UInt8(ascii: "w")

    /// The tag byte of character n-grams.
    public static let characterTag = UInt8(ascii: "c")

    /// FNV-1a's state after the tag.
    @inline(__always)
    static func seed(tag: UInt8) -> UInt64 { extend(0xCBF2_9CE4_8422_2325, with: tag) }

    /// FNV-1a's state one byte further on.
    @inline(__always)
    static func extend(_ state: UInt64, with byte: UInt8) -> UInt64 {
        (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    /// The hash of what the state has seen; never 0, which marks free slots.
    @inline(__always)
    static func finish(_ state: UInt64) -> UInt64 {
        var hash = state
        hash = (hash ^ hash >> 27) &* 0x3C79_AC49_2BA7_B653
        hash = (hash ^ hash >> 33) &* 0x1C69_B3F7_4AC4_AE35
        hash ^= hash >> 27
        return hash == 0 ? 1 : hash
    }

    /// The hash of bytes whose first is the tag.
    public static func hash(tagged bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { state = extend(state, with: byte) }
        return finish(state)
    }

    /// The bucket, from 0 to `buckets - 1`, of a hash: its high bits, by multiplication instead of
    /// division.
    @inline(__always)
    public static func bucket(of hash: UInt64, among buckets: Int) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(buckets)).high)
    }
}
