/// The tokens added to a tokenizer, and how they are found in text.
///
/// Of two that normalization makes the same the first counts, special ones before others; Hugging Face's
/// tokenizers choose by the order of a hash table there.
struct AddedVocabulary: Sendable {
    /// The tokens in the order in which they were added, each content once.
    private(set) var tokens: [AddedToken] = []
    /// Their ids.
    private(set) var ids: [Int32] = []
    /// What decoding shows for each: those that are looked for in normalized text, normalized.
    private var shown: [String] = []
    /// The place in `tokens` of an id.
    private var places: [Int32: Int] = [:]
    private var contents = TokenVocabulary()
    private var raw = AddedTokenMatcher()
    private var normalized = AddedTokenMatcher()

    /// The tokens on top of a model's. A token gets the id that it states; else one that the model has keeps
    /// its id, and others follow the last.
    init(_ added: [AddedToken], model: TokenVocabulary, normalizer: Normalizer?) {
        var greatest: Int32?
        for token in added where !token.content.isEmpty {
            let known = contents.id(of: token.content)
            if let known, let place = places[known] {
                tokens[place] = token
                continue
            }
            let next = greatest.map { max($0 + 1, Int32(model.count)) } ?? Int32(model.count)
            let id = token.id ?? model.id(of: token.content) ?? next
            greatest = max(greatest ?? id, id)
            contents.insert(token.content, id: id)
            places[id] = tokens.count
            tokens.append(token)
            ids.append(id)
        }
        shown = tokens.map { token in
            token.isNormalized
                ? normalizer?.normalized(token.content) ?? token.content : token.content
        }
        let order =
            tokens.indices.filter { tokens[$0].isSpecial }
            + tokens.indices.filter { !tokens[$0].isSpecial }
        for place in order {
            let token = tokens[place]
            if token.isNormalized {
                normalized.add(shown[place], token, ids[place])
            } else {
                raw.add(token.content, token, ids[place])
            }
        }
        raw.finish()
        normalized.finish()
    }

    /// What decoding shows for an id, and whether it may be left out: that only goes by the text, so a special
    /// token that normalization changes always shows, as in Hugging Face's tokenizers.
    func shown(_ id: Int32) -> (text: String, isSpecial: Bool)? {
        guard let place = places[id] else { return nil }
        let text = shown[place]
        let known = contents.id(of: text).flatMap { places[$0] }
        return (text, known.map { tokens[$0].isSpecial } ?? false)
    }

    /// The token with an id.
    func token(of id: Int32) -> AddedToken? { places[id].map { tokens[$0] } }

    /// A model's vocabulary with the tokens added.
    func joined(to model: TokenVocabulary) -> TokenVocabulary {
        var joined = model
        for (token, id) in zip(tokens, ids) { joined.insert(token.content, id: id) }
        return joined
    }

    /// Whether a text may contain a token, which can only be said before it is normalized when none is
    /// looked for in normalized text, or normalization changes nothing.
    func mayOccur(in text: UnsafeBufferPointer<UInt8>, isNormal: Bool) -> Bool {
        if !normalized.isEmpty, !isNormal || normalized.occurs(in: text) { return true }
        return raw.occurs(in: text)
    }

    /// Finds the tokens in a text, normalizes what lies between them, and finds there those that are looked
    /// for in normalized text. Where special tokens are taken as text, only the others are found.
    func segments(
        of text: UnsafeBufferPointer<UInt8>, normalizer: Normalizer?,
        _ takesSpecialTokensAsText: Bool
    ) -> [PreTokens.Segment] {
        var segments: [PreTokens.Segment] = []
        raw.split(AlignedText(text), takesSpecialTokensAsText) { part, token in
            if token >= 0 {
                let all = 0..<part.count
                segments.append(PreTokens.Segment(text: part, cuts: [all], token: token))
                return
            }
            var part = part
            normalizer?.normalize(&part)
            guard part.count > 0 else { return }
            normalized.split(part, takesSpecialTokensAsText) { part, token in
                let all = 0..<part.count
                segments.append(PreTokens.Segment(text: part, cuts: [all], token: token))
            }
        }
        return segments
    }
}
