extension Tokenizer {
    /// What OpenAI's program for CLIP does to a text before its tokenizer: characters are repaired as the Python
    /// package ftfy 6 repairs them, HTML's character references decoded twice, white space at the ends removed.
    ///
    /// Of ftfy all steps are done but the guessing of wrong encodings (`Ã©` for `é`) and names of references
    /// in capitals (`&EACUTE;`): curly quotes become straight, ligatures and full-width forms their letters, line
    /// breaks line feeds; terminal escapes and control characters go; C1 controls are read as Windows-1252;
    /// the result is in normalization form C.
    public static func clipCleaned(_ text: String) -> String {
        let repaired = repairedLines(of: text)
        let decoded = CharacterReferences.decoded(CharacterReferences.decoded(repaired))
        var scalars = Substring(decoded).unicodeScalars
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// What Python's `str.strip` takes for space: Unicode's white space and four separators of ASCII.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        UnicodeTables.isWhitespace(scalar.value) || 0x1C...0x1F ~= scalar.value
    }

    /// Repairs line by line; from the first line with `<` on references are left alone: it may be HTML.
    private static func repairedLines(of text: String) -> String {
        var decodesReferences = true
        var result = ""
        var rest = Substring(text).unicodeScalars
        while !rest.isEmpty {
            let end = rest.firstIndex(of: "\n").map { rest.index(after: $0) } ?? rest.endIndex
            let line = rest[..<end]
            if line.contains("<") { decodesReferences = false }
            result += repaired(String(line), decodingReferences: decodesReferences)
            rest = rest[end...]
        }
        return result
    }

    /// Repairs until nothing changes any more.
    private static func repaired(_ line: String, decodingReferences: Bool) -> String {
        var line = line
        while true {
            var next = decodingReferences ? CharacterReferences.closedDecoded(line) : line
            next = repairedScalars(next)
            next = NormalizationForm.nfc.normalized(next)
            if next.utf8.elementsEqual(line.utf8) { return next }
            line = next
        }
    }

    private static func repairedScalars(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var position = 0
        while position < scalars.count {
            let scalar = scalars[position]
            if scalar == "\u{1B}", let length = terminalEscape(scalars[position...]) {
                position += length
                continue
            }
            position += 1
            switch scalar.value {
            case 0x0D:
                if position < scalars.count, scalars[position] == "\n" { position += 1 }
                result.append("\n")
            case 0x85, 0x2028, 0x2029: result.append("\n")
            case 0x80...0x9F: result.append(Windows1252.scalar(of: UInt8(scalar.value)))
            case 0x02BC, 0x2018...0x201B: result.append("'")
            case 0x201C...0x201F: result.append("\"")
            case 0x0132, 0x0133, 0x0149, 0x01C4...0x01CC, 0x01F1...0x01F3, 0xFB00...0xFB06:
                result.append(contentsOf: ligature(scalar))
            case 0x3000, 0xFF01...0xFFEE: result.append(contentsOf: compatible(scalar))
            case 0x00...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFC:
                break
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The length of a terminal's escape, `ESC [ 1 ; 31 m`.
    private static func terminalEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
        guard scalars.dropFirst().first == "[" else { return nil }
        let parameters = scalars.dropFirst(2).prefix {
            $0 == ";" || UnicodeTables.category(of: $0.value) == .decimalNumber
        }
        let last = scalars.dropFirst(2 + parameters.count).first
        let isLetter = last.map { ("a"..."z").contains($0) || ("A"..."Z").contains($0) } ?? false
        return isLetter ? 3 + parameters.count : nil
    }

    /// The letters of a ligature: those of NFKC, but that "ŉ" has the apostrophe that is a letter and "ſt" keeps
    /// its long s.
    private static func ligature(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        switch scalar.value {
        case 0x0149: "\u{02BC}n".unicodeScalars
        case 0xFB05: "\u{017F}t".unicodeScalars
        default: compatible(scalar)
        }
    }

    private static func compatible(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        NormalizationForm.nfkc.normalized(String(scalar)).unicodeScalars
    }
}
