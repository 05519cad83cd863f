extension Tokenizer {
    /// Encodes a text.
    ///
    /// - Parameters:
    ///   - addingSpecialTokens: whether the post-processor puts in its special tokens.
    ///   - takingSpecialTokensAsText: what a text holds of special tokens is text like any other, as it should be in
    ///     what strangers write; nil: as ``takesSpecialTokensAsText`` says.
    public func encode(
        _ text: String, addingSpecialTokens: Bool = true, takingSpecialTokensAsText: Bool? = nil
    ) -> Encoding {
        let asText = takingSpecialTokensAsText ?? takesSpecialTokensAsText
        return finished([plainEncoding(of: text, typeID: 0, asText)], addingSpecialTokens)
    }

    /// Encodes two texts that belong together, a question and a passage for example.
    ///
    /// - Parameters:
    ///   - addingSpecialTokens: whether the post-processor puts in its special tokens.
    ///   - takingSpecialTokensAsText: what a text holds of special tokens is text like any other, as it should be in
    ///     what strangers write; nil: as ``takesSpecialTokensAsText`` says.
    public func encode(
        _ text: String, pair: String, addingSpecialTokens: Bool = true,
        takingSpecialTokensAsText: Bool? = nil
    ) -> Encoding {
        let asText = takingSpecialTokensAsText ?? takesSpecialTokensAsText
        return finished(
            [
                plainEncoding(of: text, typeID: 0, asText),
                plainEncoding(of: pair, typeID: 1, asText),
            ], addingSpecialTokens)
    }

    /// The ids alone: what ``encode(_:addingSpecialTokens:takingSpecialTokensAsText:)`` gives, several times as fast.
    public func ids(
        of text: String, addingSpecialTokens: Bool = true, takingSpecialTokensAsText: Bool? = nil
    ) -> [Int32] {
        var ids: [Int32] = []
        appendIDs(
            of: text, addingSpecialTokens: addingSpecialTokens,
            takingSpecialTokensAsText: takingSpecialTokensAsText, to: &ids)
        return ids
    }

    /// Truncation, special tokens and padding, as ``Encoding`` needs them.
    private func finished(_ parts: [Encoding], _ addingSpecialTokens: Bool) -> Encoding {
        var parts = parts
        if let truncation {
            let added =
                addingSpecialTokens ? postProcessor?.addedCount(forPair: parts.count > 1) ?? 0 : 0
            truncation.truncate(&parts, added: added)
        }
        if let postProcessor {
            parts = postProcessor.process(
                parts, addingSpecialTokens: addingSpecialTokens, engine: engine)
        }
        var result = parts.count == 1 ? parts[0] : Encoding(engine: engine)
        if parts.count > 1 {
            result.reserveCapacity(parts.reduce(0) { $0 + $1.count })
            for part in parts { result.merge(part) }
        }
        if let padding { result.pad(to: padding.target(for: result.count), padding) }
        return result
    }

    /// The text's tokens, without anything around.
    private func plainEncoding(of text: String, typeID: Int32, _ asText: Bool) -> Encoding {
        var encoding = Encoding(engine: engine)
        var text = text
        text.withUTF8 { bytes in
            engine.withScratch { scratch in
                let builder = EncodingBuilder(
                    engine: engine, text: bytes, takesSpecialTokensAsText: asText)
                builder.build(&encoding, scratch)
            }
        }
        encoding.specialTokensMask = [Int32](repeating: 0, count: encoding.count)
        encoding.attentionMask = [Int32](repeating: 1, count: encoding.count)
        encoding.setType(typeID)
        return encoding
    }
}

extension Padding {
    /// The length that the longest text of a batch is filled up to.
    func target(for longest: Int) -> Int {
        var target = longest
        if case .fixed(let length) = length { target = length }
        if let multiple, multiple > 0, target % multiple > 0 {
            target += multiple - target % multiple
        }
        return target
    }
}
