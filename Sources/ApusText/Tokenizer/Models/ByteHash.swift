#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A quick hash of bytes, the same on every machine: eight bytes a step, multiplied and folded.
///
/// It is not keyed, so whoever chooses the tokens could make them collide; a table then gets slow, as
/// slow as comparing each with each, and never wrong.
enum ByteHash {
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }

    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = multiplier ^ UInt64(truncatingIfNeeded: bytes.count)
        var position = 0
        while position + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            hash = mix(hash, UInt64(littleEndian: word))
            position += 8
        }
        var rest: UInt64 = 0
        while position < raw.count {
            rest = rest << 8 | UInt64(raw[position])
            position += 1
        }
        return mix(mix(hash, rest), 0x2545_F491_4F6C_DD1D)
    }

    @inline(__always)
    static func areEqual(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        guard let first = a.baseAddress, let second = b.baseAddress, a.count > 0 else {
            return true
        }
        return memcmp(first, second, a.count) == 0
    }
}

extension ByteHash {
    /// The first place of a byte from `start` on.
    @inline(__always)
    static func firstIndex(
        of byte: UInt8, in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        guard start < text.count, let base = text.baseAddress else { return nil }
        guard let found = memchr(base + start, Int32(byte), text.count - start) else { return nil }
        return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
}
