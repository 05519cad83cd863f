import CApusUnicode

/// HTML's character references: `&amp;`, `&#8217;`, `&#x2019;`.
public enum CharacterReferences {
    /// Replaces each reference by what it stands for, by the rules of HTML5 (WHATWG), as browsers do: a name that
    /// is known without its semicolon counts even when letters follow (`&ampx` is `&x`).
    public static func decoded(_ text: String) -> String { replacing(in: text, onlyClosed: false) }

    /// Replaces the unmistakable ones only: those that end in a semicolon.
    static func closedDecoded(_ text: String) -> String { replacing(in: text, onlyClosed: true) }

    private static func replacing(in text: String, onlyClosed: Bool) -> String {
        let bytes = Array(text.utf8)
        guard var next = bytes.firstIndex(of: UInt8(ascii: "&")) else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var copied = 0
        while true {
            if let (value, length) = reference(in: bytes[(next + 1)...], onlyClosed: onlyClosed) {
                output += bytes[copied..<next] + value
                copied = next + 1 + length
            }
            let from = max(copied, next + 1)
            guard let following = bytes[from...].firstIndex(of: UInt8(ascii: "&")) else { break }
            next = following
        }
        output += bytes[copied...]
        return String(decoding: output, as: UTF8.self)
    }

    /// What the reference behind an `&` stands for, and how many bytes it has.
    private static func reference(
        in bytes: ArraySlice<UInt8>, onlyClosed: Bool
    ) -> (value: [UInt8], length: Int)? {
        let text = bytes.prefix(longest)
        if text.first == UInt8(ascii: "#") {
            return numeric(bytes.dropFirst(), onlyClosed: onlyClosed)
        }
        if onlyClosed {
            guard let end = text.firstIndex(of: UInt8(ascii: ";")) else { return nil }
            return value(of: text[...end]).map { ($0, end - text.startIndex + 1) }
        }
        for length in stride(from: text.count, to: 1, by: -1) {
            if let value = value(of: text.prefix(length)) { return (value, length) }
        }
        return nil
    }

    private static func numeric(
        _ bytes: ArraySlice<UInt8>, onlyClosed: Bool
    ) -> (value: [UInt8], length: Int)? {
        let isHexadecimal = bytes.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
        let digits = bytes.dropFirst(isHexadecimal ? 1 : 0)
        var number: UInt32 = 0
        var count = 0
        for byte in digits {
            guard let digit = digit(byte), digit < (isHexadecimal ? 16 : 10) else { break }
            // Above U+10FFFF all are one.
            number = min(0x11_0000, number * (isHexadecimal ? 16 : 10) + digit)
            count += 1
        }
        guard count > 0 else { return nil }
        let isClosed = digits.dropFirst(count).first == UInt8(ascii: ";")
        if onlyClosed, !isClosed { return nil }
        let length = 1 + (isHexadecimal ? 1 : 0) + count + (isClosed ? 1 : 0)
        return (Array(String(scalar(number)).utf8), length)
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte) - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte) - 55
        default: nil
        }
    }

    /// What a number stands for: the C1 controls are read as Windows-1252, what is no scalar is U+FFFD, and
    /// numbers that name no character stand for nothing.
    private static func scalar(_ number: UInt32) -> String {
        if number == 0 { return "\u{FFFD}" }
        if 0x80...0x9F ~= number { return String(Windows1252.scalar(of: UInt8(number))) }
        guard let scalar = Unicode.Scalar(number) else { return "\u{FFFD}" }
        let isNothing =
            number < 0x09 || 0x0E...0x1F ~= number || number == 0x0B || number == 0x7F
            || 0xFDD0...0xFDEF ~= number || number & 0xFFFE == 0xFFFE
        return isNothing ? "" : String(scalar)
    }

    /// The longest name, `CounterClockwiseContourIntegral;`, has 32 bytes.
    private static let longest = 32

    private static var entities: UnsafeBufferPointer<apus_html_entity> {
        var count: Int32 = 0
        let first = apus_html_entities(&count)
        return UnsafeBufferPointer(start: first, count: Int(count))
    }

    /// What a name stands for, by binary search.
    private static func value(of name: ArraySlice<UInt8>) -> [UInt8]? {
        let entities = entities
        var (low, high) = (0, entities.count)
        while low < high {
            let middle = (low + high) / 2
            switch order(name, entities[middle].name) {
            case 0: return Array(String(cString: entities[middle].value).utf8)
            case ..<0: high = middle
            default: low = middle + 1
            }
        }
        return nil
    }

    private static func order(_ name: ArraySlice<UInt8>, _ other: UnsafePointer<CChar>) -> Int {
        var position = 0
        for byte in name {
            let difference = Int(byte) - Int(UInt8(bitPattern: other[position]))
            if difference != 0 { return difference }
            position += 1
        }
        return other[position] == 0 ? 0 : -1
    }
}

/// Windows' code page for the bytes that are C1 controls in Latin-1.
enum Windows1252 {
    private static let scalars = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

    /// The character of a byte from 0x80 to 0x9F; five bytes stand for the control itself.
    static func scalar(of byte: UInt8) -> Unicode.Scalar { scalars[Int(byte) - 0x80] }
}
