extension TokenDecoder {
    /// The text that tokens stand for.
    public func decode(_ tokens: [String]) -> String { chain(tokens).joined() }

    /// What becomes of the tokens, one after another; joined they are the text.
    func chain(_ tokens: [String]) -> [String] {
        switch self {
        case .wordPiece(let prefix, let cleansUp):
            return tokens.enumerated().map { index, token in
                let joined = index == 0 ? token : Self.joining(token, prefix)
                return cleansUp ? Self.cleanedUp(joined) : joined
            }
        case .byteLevel:
            return [Self.decodeBytes(tokens)]
        case .metaspace(let settings):
            return tokens.enumerated().map { index, token in
                let drops = index == 0 && settings.prepending != .never
                return token.replacingScalar(settings.replacement, with: drops ? "" : " ")
            }
        case .bpe(let suffix):
            return tokens.enumerated().map { index, token in
                token.replacing(suffix, with: index == tokens.count - 1 ? "" : " ")
            }
        case .byteFallback: return Self.joiningBytes(tokens)
        case .fuse: return [tokens.joined()]
        case .strip(let content, let start, let stop):
            return tokens.map { Self.strip($0, content, start, stop) }
        case .replace(let pattern, let content):
            return tokens.map { pattern.replacingMatches(in: $0, with: content) }
        case .ctc(let padding, let delimiter, let cleansUp):
            return Self.decodeCTC(tokens, padding, delimiter, cleansUp)
        case .sentencePiece(let decoder): return decoder.chain(tokens)
        case .sequence(let decoders):
            return decoders.reduce(tokens) { $1.chain($0) }
        }
    }

    private static func joining(_ token: String, _ prefix: String) -> String {
        // Bytes, because as Swift strings a prefix followed by a combining mark does not begin a text.
        guard token.utf8.starts(with: prefix.utf8) else { return " " + token }
        return String(decoding: token.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }

    /// English spaces that joining words put in too many, and "do not" shortened, as Hugging Face's tokenizers
    /// does it to each token.
    private static func cleanedUp(_ text: String) -> String {
        spacesCleanedUp(text).replacing(" do not", with: " don't")
    }

    /// Takes English spaces away that joining words put in too many: before punctuation, around a lone
    /// apostrophe and in contractions.
    static func spacesCleanedUp(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: " ")) else { return text }
        return [
            (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
            (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
        ].reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    private static func decodeBytes(_ tokens: [String]) -> String {
        var bytes: [UInt8] = []
        for token in tokens {
            let start = bytes.count
            for scalar in token.unicodeScalars {
                guard let byte = ByteCharacters.byte(of: scalar.value) else {
                    // A token with other characters stands for itself.
                    bytes.removeSubrange(start...)
                    bytes.append(contentsOf: token.utf8)
                    break
                }
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func joiningBytes(_ tokens: [String]) -> [String] {
        var result: [String] = []
        var bytes: [UInt8] = []
        func flush() {
            guard !bytes.isEmpty else { return }
            if let text = String(validating: bytes, as: UTF8.self) {
                result.append(text)
            } else {
                result += bytes.map { _ in "\u{FFFD}" }
            }
            bytes = []
        }
        for token in tokens {
            if let byte = byte(named: token) {
                bytes.append(byte)
            } else {
                flush()
                result.append(token)
            }
        }
        flush()
        return result
    }

    /// The byte of a token like `<0xE2>`.
    static func byte(named token: String) -> UInt8? {
        let name = Array(token.utf8)
        guard name.count == 6, name.starts(with: Array("<0x".utf8)), name[5] == UInt8(ascii: ">")
        else { return nil }
        return UInt8(String(decoding: name[3..<5], as: UTF8.self), radix: 16)
    }

    private static func strip(
        _ token: String, _ content: Unicode.Scalar, _ start: Int, _ stop: Int
    ) -> String {
        var scalars = Array(token.unicodeScalars)[...]
        for _ in 0..<max(start, 0) {
            guard scalars.first == content else { break }
            scalars = scalars.dropFirst()
        }
        for _ in 0..<max(stop, 0) {
            guard scalars.last == content else { break }
            scalars = scalars.dropLast()
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    private static func decodeCTC(
        _ tokens: [String], _ padding: String, _ delimiter: String, _ cleansUp: Bool
    ) -> [String] {
        var result: [String] = []
        for (index, token) in tokens.enumerated() {
            if index > 0, token.utf8.elementsEqual(tokens[index - 1].utf8) { continue }
            var text = token.replacing(padding, with: "")
            if cleansUp { text = cleanedUp(text).replacing(delimiter, with: " ") }
            if !text.isEmpty { result.append(text) }
        }
        return result
    }
}

extension TextPattern {
    /// A text with each match replaced.
    func replacingMatches(in text: String, with content: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            var result: [UInt8] = []
            let matches = matches(in: bytes, 0..<bytes.count)
            guard matches.parts.contains(where: \.isMatch) else {
                return String(decoding: bytes, as: UTF8.self)
            }
            for part in matches.parts {
                if part.isMatch {
                    result.append(contentsOf: content.utf8)
                } else {
                    result.append(contentsOf: bytes[part.range])
                }
            }
            return String(decoding: result, as: UTF8.self)
        }
    }
}

extension String {
    /// The text with each occurrence of `part`, byte for byte, replaced.
    fileprivate func replacing(_ part: String, with content: String) -> String {
        TextPattern.string(part).replacingMatches(in: self, with: content)
    }

    fileprivate func replacingScalar(_ scalar: Unicode.Scalar, with content: String) -> String {
        guard unicodeScalars.contains(scalar) else { return self }
        var result = ""
        for other in unicodeScalars {
            if other == scalar { result += content } else { result.unicodeScalars.append(other) }
        }
        return result
    }
}
