extension JSONParser {
    /// A string, from its opening quote on.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let text = try decoded(start..<position)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                return try stringWithEscapes(from: start)
            case 0..<0x20:
                throw .controlCharacter(at: place(position), byte: bytes[position])
            default:
                position += 1
            }
        }
        throw unexpected(expected: "a closing quote")
    }

    /// The rest of a string whose first escape stands at `position`.
    private mutating func stringWithEscapes(from start: Int) throws(JSONError) -> String {
        var text = try decoded(start..<position)
        var runStart = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                text += try decoded(runStart..<position)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                text += try decoded(runStart..<position)
                text.unicodeScalars.append(try escape())
                runStart = position
            case 0..<0x20:
                throw .controlCharacter(at: place(position), byte: bytes[position])
            default:
                position += 1
            }
        }
        throw unexpected(expected: "a closing quote")
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = position
        position += 1
        let letter = peek
        position += 1
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw invalidEscape(start, length: 2)
        }
        let first = try fourDigits(start)
        // Everything but a surrogate is a scalar by itself.
        if let scalar = Unicode.Scalar(first) { return scalar }
        let escape = text(start..<position)
        guard first < 0xDC00, peek == UInt8(ascii: "\\"),
            position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
        else { throw .loneSurrogate(at: place(start), escape: escape) }
        let secondStart = position
        position += 2
        let second = try fourDigits(secondStart)
        guard 0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw .loneSurrogate(at: place(start), escape: escape) }
        return scalar
    }

    /// The number that four hexadecimal digits after `\u` stand for.
    private mutating func fourDigits(_ escapeStart: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch peek {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = peek - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = peek - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = peek - UInt8(ascii: "A") + 10
            default: throw invalidEscape(escapeStart, length: 6)
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private func invalidEscape(_ start: Int, length: Int) -> JSONError {
        .invalidEscape(
            at: place(start), escape: text(start..<min(start + length, bytes.count)))
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func decoded(_ range: Range<Int>) throws(JSONError) -> String {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        // Most strings are ASCII, which needs no check; the checking initializer costs three times as much.
        if part.allSatisfy({ $0 < 0x80 }) { return String(decoding: part, as: UTF8.self) }
        guard let text = String(validating: part, as: UTF8.self) else {
            throw .invalidUTF8(at: place(range.lowerBound + validPrefix(part)))
        }
        return text
    }

    /// How many bytes at the beginning are valid UTF-8.
    private func validPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var iterator = bytes.makeIterator()
        var decoder = UTF8()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            count += UTF8.width(scalar)
        }
        return count
    }

    // MARK: Numbers

    /// `-? (0 | [1-9][0-9]*) (\.[0-9]+)? ([eE][+-]?[0-9]+)?`
    mutating func number() throws(JSONError) -> JSON {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        let leadingZero = peek == UInt8(ascii: "0")
        let whole = takeDigits()
        if whole == 0 { throw invalidNumber(start, "a digit is missing") }
        if leadingZero, whole > 1 { throw invalidNumber(start, "it begins with 0") }
        var isInteger = true
        if peek == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            if takeDigits() == 0 { throw invalidNumber(start, "no digit after the point") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            if takeDigits() == 0 { throw invalidNumber(start, "no digit in the exponent") }
        }
        let text = text(start..<position)
        // -0 is a number: an integer would lose its sign.
        if isInteger, let integer = Int64(text), text != "-0" { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            throw invalidNumber(start, "it is too large")
        }
        return .number(number)
    }

    private mutating func takeDigits() -> Int {
        let start = position
        while UInt8(ascii: "0")...UInt8(ascii: "9") ~= peek { position += 1 }
        return position - start
    }

    private func invalidNumber(_ start: Int, _ reason: String) -> JSONError {
        .invalidNumber(at: place(start), reason: reason)
    }
}
