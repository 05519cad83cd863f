extension Tokenizer {
    /// The text that ids stand for. Ids without a token are passed over.
    ///
    /// - Parameters:
    ///   - skippingSpecialTokens: leaves special tokens out.
    ///   - cleaningUpSpaces: takes English spaces before punctuation and in contractions away (`don ' t` becomes
    ///     `don't`), what transformers calls "clean_up_tokenization_spaces"; nil: as ``cleansUpSpaces`` says.
    public func decode(
        _ ids: some Sequence<Int32>, skippingSpecialTokens: Bool = true,
        cleaningUpSpaces: Bool? = nil
    ) -> String {
        var tokens: [String] = []
        for id in ids {
            if let added = engine.added.shown(id) {
                if !(skippingSpecialTokens && added.isSpecial) { tokens.append(added.text) }
            } else if let token = model.vocabulary[id] {
                tokens.append(token)
            }
        }
        let text = decoder?.decode(tokens) ?? tokens.joined(separator: " ")
        return cleaningUpSpaces ?? cleansUpSpaces ? TokenDecoder.spacesCleanedUp(text) : text
    }

    /// Decodes ids one by one, as a model generates them.
    public func streamingDecoder(skippingSpecialTokens: Bool = true) -> StreamingDecoder {
        StreamingDecoder(self, skippingSpecialTokens: skippingSpecialTokens)
    }
}
