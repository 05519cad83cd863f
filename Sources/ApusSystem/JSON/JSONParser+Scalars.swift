extension JSONParser {
    /// A string, from its opening quote on.
    mutating func string() throws(JSONError) -> String {
        String(decoding: try text(), as: UTF8.self)
    }

    /// The bytes of a string, from its opening quote on: valid UTF-8, escapes resolved.
    ///
    /// They hold until the next string is read, and as long as the parser and the document's bytes.
    package mutating func text() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        position += 1
        let start = position
        let isASCII = skipPlain()
        guard peek == UInt8(ascii: "\\") else {
            try closeQuote()
            let text = UnsafeBufferPointer(rebasing: bytes[start..<position - 1])
            if !isASCII { try validate(start..<position - 1) }
            return text
        }
        unescaped.removeAll()
        var runStart = start
        while true {
            try validate(runStart..<position)
            unescaped.append(UnsafeBufferPointer(rebasing: bytes[runStart..<position]))
            guard peek == UInt8(ascii: "\\") else { break }
            unescaped.append(try escape())
            runStart = position
            _ = skipPlain()
        }
        try closeQuote()
        return unescaped.contents
    }

    /// Goes on to the next quote, backslash or control character; says whether all before is ASCII.
    private mutating func skipPlain() -> Bool {
        var seen: UInt8 = 0
        var place = position
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            seen |= byte
            place += 1
        }
        position = place
        return seen < 0x80
    }

    private mutating func closeQuote() throws(JSONError) {
        guard position < bytes.count else { throw unexpected(expected: "a closing quote") }
        guard bytes[position] == UInt8(ascii: "\"") else {
            throw .controlCharacter(at: place(position), byte: bytes[position])
        }
        position += 1
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

    private func validate(_ range: Range<Int>) throws(JSONError) {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        let valid = validPrefix(part)
        if valid < part.count { throw .invalidUTF8(at: place(range.lowerBound + valid)) }
    }

    /// How many bytes at the beginning are valid UTF-8 (Unicode 17, table 3-7).
    private func validPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var position = 0
        while position < bytes.count {
            let lead = bytes[position]
            if lead < 0x80 {
                position += 1
                continue
            }
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch lead {
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF:
                length = 3
                if lead == 0xE0 { second = 0xA0...0xBF }
                if lead == 0xED { second = 0x80...0x9F }
            case 0xF0...0xF4:
                length = 4
                if lead == 0xF0 { second = 0x90...0xBF }
                if lead == 0xF4 { second = 0x80...0x8F }
            default: return position
            }
            guard position + length <= bytes.count, second.contains(bytes[position + 1]) else {
                return position
            }
            for next in position + 2..<position + length where bytes[next] & 0xC0 != 0x80 {
                return position
            }
            position += length
        }
        return position
    }
}
