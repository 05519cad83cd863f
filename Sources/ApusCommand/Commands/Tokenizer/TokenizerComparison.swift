import ApusSystem
import ApusText

/// Finds where two tokenizers part.
package struct TokenizerComparison {
    let first: Tokenizer
    let second: Tokenizer
    /// Whether tokens count and not their ids.
    let ignoresIDs: Bool

    /// A comparison.
    package init(first: Tokenizer, second: Tokenizer, ignoresIDs: Bool = false) {
        self.first = first
        self.second = second
        self.ignoresIDs = ignoresIDs
    }

    /// The stage of a tokenizer at which two part.
    package enum Stage: String {
        case addedTokens = "added tokens"
        case normalizer, preTokenizer = "pre-tokenizer", model, vocabulary
        case postProcessor = "post-processor"
    }

    /// The first difference of two tokenizers on a text.
    package struct Divergence {
        /// Where they part.
        package let stage: Stage
        /// What each made of the text there.
        package let parts: (first: String, second: String)
        /// The first byte of the text at which they differ.
        package let byte: Int
        /// The text around it.
        package let context: String
        /// The tokens around it, of each.
        package let tokens: (first: [String], second: [String])
        /// The position of the first different token.
        package let position: Int
        /// A sentence on why.
        package let reason: String
    }

    /// The first difference on a text, nil when there is none. What is put around the text counts last.
    package func divergence(on text: String) -> Divergence? {
        let plain = (
            first.encode(text, addingSpecialTokens: false),
            second.encode(text, addingSpecialTokens: false)
        )
        if let position = firstDifference(plain.0, plain.1) {
            let ends = [plain.0, plain.1].map { encoding in
                position < encoding.count ? encoding.byteRanges[position].upperBound : 0
            }
            // Stages are compared on the text up to there: what happens later is not the reason.
            let end = max(ends[0], ends[1])
            let part = end > 0 ? Self.slice(text, 0..<end) : text
            let found = stageDifference(part) ?? modelDifference(plain.0, plain.1, position)
            return divergence(text, plain.0, plain.1, position, found)
        }
        let framed = (first.encode(text), second.encode(text))
        guard let position = firstDifference(framed.0, framed.1) else { return nil }
        let parts = (Self.token(framed.0, position), Self.token(framed.1, position))
        let found: Found = (
            .postProcessor, parts,
            "the special tokens around the text differ: “\(shown(parts.0))” and “\(shown(parts.1))”"
        )
        return divergence(text, framed.0, framed.1, position, found)
    }

    private typealias Found = (stage: Stage, parts: (String, String), reason: String)

    private func divergence(
        _ text: String, _ one: Encoding, _ other: Encoding, _ position: Int, _ found: Found
    ) -> Divergence {
        let byte = min(place(one, position, text), place(other, position, text))
        return Divergence(
            stage: found.stage, parts: found.parts, byte: byte,
            context: Self.context(of: text, at: byte),
            tokens: (around(one.tokens, position), around(other.tokens, position)),
            position: position, reason: found.reason)
    }

    /// The position of the first token that differs.
    private func firstDifference(_ one: Encoding, _ other: Encoding) -> Int? {
        let shorter = min(one.count, other.count)
        let tokens = ignoresIDs ? (one.tokens, other.tokens) : ([], [])
        for position in 0..<shorter {
            let isSame =
                ignoresIDs
                ? Self.isSame(tokens.0[position], tokens.1[position])
                : one.ids[position] == other.ids[position]
            if !isSame { return position }
        }
        return one.count == other.count ? nil : shorter
    }

    private static func token(_ encoding: Encoding, _ position: Int) -> String {
        position < encoding.count ? encoding.tokens[position] : "the end"
    }

    /// Strings are compared by their bytes: for Swift, é is e with an accent.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }

    private func stageDifference(_ text: String) -> Found? {
        let (one, other) = (first.stages(of: text), second.stages(of: text))
        let added = (one.filter { $0.token != nil }, other.filter { $0.token != nil })
        for index in 0..<max(added.0.count, added.1.count) {
            let left = index < added.0.count ? added.0[index].source : nil
            let right = index < added.1.count ? added.1[index].source : nil
            guard left != right else { continue }
            let isFirst = (left?.lowerBound ?? .max) <= (right?.lowerBound ?? .max)
            let token = Self.slice(text, (isFirst ? left : right) ?? 0..<0)
            let who = isFirst ? "first" : "second"
            return (
                .addedTokens, (isFirst ? token : "", isFirst ? "" : token),
                "only the \(who) takes “\(shown(token))” out as an added token"
            )
        }
        for (left, right) in zip(one, other) where left.token == nil {
            if !Self.isSame(left.normalized, right.normalized) {
                let parts = Self.firstDifference(left.normalized, right.normalized)
                return (
                    .normalizer, parts, "the text is changed to “\(parts.0)” and to “\(parts.1)”"
                )
            }
        }
        let words = (one.flatMap(\.words), other.flatMap(\.words))
        for (left, right) in zip(words.0, words.1) {
            let parts = (left.word, right.word)
            if left.source != right.source {
                return (
                    .preTokenizer, parts,
                    "the text is cut into “\(shown(parts.0))” and into “\(shown(parts.1))” there"
                )
            }
            if !Self.isSame(left.word, right.word) {
                return (
                    .preTokenizer, parts,
                    "a word is written “\(shown(parts.0))” and “\(shown(parts.1))”"
                )
            }
        }
        return nil
    }

    private func modelDifference(_ one: Encoding, _ other: Encoding, _ position: Int) -> Found {
        let (left, right) = (Self.token(one, position), Self.token(other, position))
        if position < one.count, position < other.count, Self.isSame(left, right) {
            return (
                .vocabulary, (left, right),
                "“\(shown(left))” has the id \(one.ids[position]) and the id \(other.ids[position])"
            )
        }
        // Who lacks the other's token cannot choose it.
        let isLacking = (
            second.vocabulary.id(of: left) == nil, first.vocabulary.id(of: right) == nil
        )
        let reason =
            switch isLacking {
            case (true, true): "neither vocabulary holds the other's token"
            case (true, false): "the second vocabulary lacks “\(shown(left))”"
            case (false, true): "the first vocabulary lacks “\(shown(right))”"
            case (false, false):
                type(of: first.model) == type(of: second.model)
                    ? "both vocabularies hold both tokens: the merges or scores differ"
                    : "the models are of different kinds"
            }
        return (.model, (left, right), reason)
    }

    /// Where a token stands in the text; that of the next token with a place for one without.
    private func place(_ encoding: Encoding, _ position: Int, _ text: String) -> Int {
        let ranges = encoding.byteRanges
        for index in position..<max(encoding.count, position) where !ranges[index].isEmpty {
            return ranges[index].lowerBound
        }
        return text.utf8.count
    }

    private func around(_ tokens: [String], _ position: Int) -> [String] {
        Array(tokens[max(0, min(position, tokens.count) - 2)..<min(position + 3, tokens.count)])
    }

    private static func slice(_ text: String, _ range: Range<Int>) -> String {
        String(decoding: Array(text.utf8)[range], as: UTF8.self)
    }

    /// A few characters from where two texts part.
    private static func firstDifference(_ one: String, _ other: String) -> (String, String) {
        let (left, right) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
        var place = 0
        while place < left.count, place < right.count, left[place] == right[place] { place += 1 }
        func part(_ scalars: [Unicode.Scalar]) -> String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[max(0, place - 3)..<min(place + 5, scalars.count)])
            return printable(String(text))
        }
        return (part(left), part(right))
    }

    /// The text around a byte, that byte's character behind a bar.
    private static func context(of text: String, at byte: Int) -> String {
        let bytes = Array(text.utf8)
        var start = max(0, byte - 20)
        var end = min(bytes.count, byte + 20)
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        let before = printable(String(decoding: bytes[start..<byte], as: UTF8.self))
        let after = printable(String(decoding: bytes[byte..<end], as: UTF8.self))
        return (start > 0 ? "…" : "") + before + "┃" + after + (end < bytes.count ? "…" : "")
    }
}

extension TokenizerComparison.Divergence {
    /// As people read it.
    func text(_ place: String, _ names: (String, String)) -> String {
        var table = TextTable([.left, .left])
        table.add([names.0, tokens.first.map { shownToken($0) }.joined(separator: " ")])
        table.add([names.1, tokens.second.map { shownToken($0) }.joined(separator: " ")])
        return """
            \(printable(place)): \(context)
            \(table.text(indent: 2))  token \(position), stage: \(stage.rawValue): \(reason)

            """
    }

    /// For a program.
    func json(_ place: String) -> JSON {
        [
            "place": .string(place), "byte": .integer(byte), "token": .integer(position),
            "stage": .string(stage.rawValue), "reason": .string(reason),
            "first": .string(parts.first), "second": .string(parts.second),
            "firstTokens": .strings(tokens.first), "secondTokens": .strings(tokens.second),
        ]
    }
}
