/// GPT-2's alphabet: each of the 256 bytes as a visible character, so that any text is made of them
/// (Radford et al. 2019).
///
/// The printable bytes of Latin-1 stand for themselves; the others, in order, are U+0100, U+0101 and so on.
public enum ByteCharacters {
    /// The character of each byte.
    public static let scalars: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (0..<256).map { (byte: UInt32) in
            if isPlain(byte) { return Unicode.Scalar(UInt8(byte)) }
            defer { next += 1 }
            return Unicode.Scalar(next) ?? "?"
        }
    }()

    private static func isPlain(_ byte: UInt32) -> Bool {
        0x21...0x7E ~= byte || 0xA1...0xAC ~= byte || 0xAE...0xFF ~= byte
    }

    /// The byte of each character up to U+0143, -1 for those that stand for none.
    static let bytes: [Int16] = {
        var bytes = [Int16](repeating: -1, count: 0x144)
        for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = Int16(byte) }
        return bytes
    }()

    /// The byte that a character stands for.
    @inline(__always)
    public static func byte(of scalar: UInt32) -> UInt8? {
        guard scalar < 0x144 else { return nil }
        let byte = bytes[Int(scalar)]
        return byte < 0 ? nil : UInt8(byte)
    }

    /// Calls `body` with the characters of raw bytes in UTF-8, written into `scratch`.
    static func withEncoded<Result>(
        _ raw: UnsafeBufferPointer<UInt8>, _ scratch: inout [UInt8],
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        scratch.removeAll(keepingCapacity: true)
        for byte in raw {
            let scalar = scalars[Int(byte)].value
            if scalar < 0x80 {
                scratch.append(UInt8(scalar))
            } else {
                scratch.append(UInt8(0xC0 | scalar >> 6))
                scratch.append(UInt8(0x80 | scalar & 0x3F))
            }
        }
        return scratch.withUnsafeBufferPointer(body)
    }
}
