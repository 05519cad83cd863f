/// Bytes as letters (RFC 4648, section 4), as tiktoken and `tokenizer.json` hold them.
enum Base64 {
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// The bytes; nil when the letters are none of base 64.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        for letter in text {
            if letter == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            let value = values[Int(letter)]
            guard value < 64, padding == 0 else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count % 4 == 0 {
                bytes.append(UInt8(bits >> 16 & 0xFF))
                bytes.append(UInt8(bits >> 8 & 0xFF))
                bytes.append(UInt8(bits & 0xFF))
                bits = 0
            }
        }
        guard (count + padding) % 4 == 0, padding <= 2 else { return nil }
        switch count % 4 {
        case 2: bytes.append(UInt8(bits >> 4 & 0xFF))
        case 3:
            bytes.append(UInt8(bits >> 10 & 0xFF))
            bytes.append(UInt8(bits >> 2 & 0xFF))
        case 1: return nil
        default: break
        }
        return bytes
    }

    /// The letters.
    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let rest = bytes.count - start
            var bits = UInt32(bytes[start]) << 16
            if rest > 1 { bits |= UInt32(bytes[start + 1]) << 8 }
            if rest > 2 { bits |= UInt32(bytes[start + 2]) }
            text.append(letters[Int(bits >> 18)])
            text.append(letters[Int(bits >> 12 & 63)])
            text.append(rest > 1 ? letters[Int(bits >> 6 & 63)] : UInt8(ascii: "="))
            text.append(rest > 2 ? letters[Int(bits & 63)] : UInt8(ascii: "="))
        }
        return String(decoding: text, as: UTF8.self)
    }
}
