import ApusSystem
import ApusText

/// What a tokenizer loses in a file: the file is read, and texts are encoded and decoded with both.
package struct TokenizerLosses {
    let original: Tokenizer
    let path: String

    /// - Parameter path: the file that the tokenizer was written to.
    package init(of original: Tokenizer, writtenTo path: String) {
        self.original = original
        self.path = path
    }

    /// A phrase for each stage that differs, with the text that shows it.
    package func phrases() -> [String] {
        let copy: Tokenizer
        do {
            copy = try Tokenizer(file: path)
        } catch {
            let message = (error as? any DescribedError)?.message ?? "\(error)"
            return ["everything but the tokens, as the file cannot be read by itself: \(message)"]
        }
        let comparison = TokenizerComparison(first: original, second: copy)
        var found: [(stage: String, phrase: String)] = []
        for text in texts {
            if let divergence = comparison.divergence(on: text) {
                add(divergence.stage.rawValue, divergence.reason, text, to: &found)
            } else if let difference = decoded(text, copy) {
                add("decoder", difference, text, to: &found)
            }
        }
        return found.map(\.phrase)
    }

    private func add(
        _ stage: String, _ reason: String, _ text: String,
        to found: inout [(stage: String, phrase: String)]
    ) {
        if found.contains(where: { $0.stage == stage }) { return }
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(60)))
        found.append((stage, "\(stage): \(reason) (in “\(printable(shown))”)"))
    }

    /// How the ids of a text are decoded differently, nil where they are not.
    private func decoded(_ text: String, _ copy: Tokenizer) -> String? {
        let ids = original.ids(of: text)
        for skips in [true, false] {
            let texts = (
                original.decode(ids, skippingSpecialTokens: skips),
                copy.decode(ids, skippingSpecialTokens: skips)
            )
            guard texts.0.utf8.elementsEqual(texts.1.utf8) else {
                return "ids are decoded to “\(printable(texts.0))” and to “\(printable(texts.1))”"
            }
        }
        return nil
    }

    /// Texts that show what tokenizers differ in, with the vocabulary's own added tokens and some of its tokens.
    private var texts: [String] {
        var texts = Self.texts
        for token in original.addedTokens.prefix(64).map(\.content) {
            texts += ["the \(token) fox", "the\(token)fox", "\(token) The", "the \(token)"]
        }
        var symbols: [String] = []
        if case .sentencePiece(let settings) = original.normalizer {
            symbols = settings.userSymbols
        }
        for symbol in symbols.prefix(64) {
            texts += ["the \(symbol) fox", "the\(symbol)fox", "\(symbol) The", "the \(symbol)"]
        }
        let vocabulary = original.vocabulary
        let step = max(1, Int(vocabulary.endID) / 512)
        for id in stride(from: 0, to: Int(vocabulary.endID), by: step) {
            if let token = vocabulary[Int32(id)], !original.isSpecial(Int32(id)) {
                texts.append("the " + original.decode([Int32(id)]) + token)
            }
        }
        return texts
    }

    private static let texts = [
        "The quick brown fox jumps over the lazy dog.", " the  fox   ran ", "the\nred\r\n\n\tfox ",
        "don't we'll I'VE it's", "12 1234 3.14 1,000,000", "Größe café naïve ÀÉÎ Straße",
        "e\u{301}te\u{301} ﬁn ½ Å x²", "日本語 text 中文 ไทย हिन्दी العربية", "🦊 👩‍👧 ☃",
        "a\u{A0}b\u{3000}c\u{200B}d", "\u{0}a\u{1F}\u{7F}b", "``quoted'' \"text\"…", "▁the ▁ fox",
        "<unk> <s> </s> [CLS] [SEP]", "!!! -- ... (a) [b] {c}", "ΣΊΣΥΦΟΣ İstanbul", "x", "",
        "https://a.example/b?c=d&e=f",
        String(repeating: "one two three four five six seven ", count: 30),
    ]
}
