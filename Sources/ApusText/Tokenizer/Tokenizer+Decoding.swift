extension Tokenizer {
    /// The text that ids stand for. Ids without a token are passed over.
    ///
    /// - Parameter skippingSpecialTokens: leaves special tokens out.
    public func decode(_ ids: some Sequence<Int32>, skippingSpecialTokens: Bool = true) -> String {
        var tokens: [String] = []
        for id in ids {
            if let added = engine.added.shown(id) {
                if !(skippingSpecialTokens && added.isSpecial) { tokens.append(added.text) }
            } else if let token = model.vocabulary[id] {
                tokens.append(token)
            }
        }
        return decoder?.decode(tokens) ?? tokens.joined(separator: " ")
    }

    /// Decodes ids one by one, as a model generates them.
    public func streamingDecoder(skippingSpecialTokens: Bool = true) -> StreamingDecoder {
        StreamingDecoder(self, skippingSpecialTokens: skippingSpecialTokens)
    }
}
