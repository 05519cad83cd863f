import ApusText

/// Scalars and bytes, and fingerprints of them, as `Reference/unicode_goldens.py` makes them.
enum Sample {
    /// The blocks in which normalization does something.
    static let blocks: [Range<UInt32>] = [
        0x0..<0x3400, 0xA000..<0xAC40, 0xD7A0..<0xD800, 0xF900..<0x17000, 0x1B000..<0x1FC00,
        0x2F800..<0x2FA20,
    ]
    /// Blocks with letters of two cases, without those that are younger than Unicode 14.
    static let cased: [Range<UInt32>] = [
        0x0..<0x1C80, 0x1C90..<0x3000, 0xA640..<0xA7C8, 0x10400..<0x10500,
    ]

    /// Each scalar with the same ones behind it.
    static func text(_ blocks: [Range<UInt32>], behind: String) -> [UInt8] {
        var text = String.UnicodeScalarView()
        for value in blocks.joined() {
            if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            text.append(contentsOf: behind.unicodeScalars)
        }
        return Array(String(text).utf8)
    }

    /// 64-bit FNV-1a.
    static func fingerprint(_ bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBufferPointer { bytes in
            var value: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return value
        }
    }

    /// Every scalar value.
    static let scalars = [0..<UInt32(0xD800), 0xE000..<UInt32(0x110000)].joined()
}
