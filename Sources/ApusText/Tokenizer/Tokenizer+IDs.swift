extension Tokenizer {
    /// Appends the ids of a text; for many texts this spares an array each.
    public func appendIDs(
        of text: String, addingSpecialTokens: Bool = true, takingSpecialTokensAsText: Bool? = nil,
        to ids: inout [Int32]
    ) {
        let asText = takingSpecialTokensAsText ?? takesSpecialTokensAsText
        guard truncation == nil, padding == nil,
            let frame = TokenFrame(postProcessor, addingSpecialTokens)
        else {
            ids +=
                encode(
                    text, addingSpecialTokens: addingSpecialTokens,
                    takingSpecialTokensAsText: asText
                ).ids
            return
        }
        var text = text
        ids += frame.before
        text.withUTF8 { bytes in
            engine.withScratch { scratch in
                EncodingBuilder(
                    engine: engine, text: bytes, takesSpecialTokensAsText: asText
                ).appendIDs(to: &ids, scratch)
            }
        }
        ids += frame.after
    }
}

/// The ids that a post-processor puts around one text, where that is all it does to ids.
struct TokenFrame {
    var before: [Int32] = []
    var after: [Int32] = []

    init?(_ processor: PostProcessor?, _ addingSpecialTokens: Bool) {
        guard addingSpecialTokens else { return }
        switch processor {
        case nil, .byteLevel: break
        case .bert(let separator, let classifier), .roberta(let separator, let classifier, _, _):
            before = [classifier.id]
            after = [separator.id]
        case .template(let template):
            var isAfter = false
            for part in template.single {
                switch part {
                case .special(let name, _):
                    let ids = template.special(name)?.ids ?? []
                    if isAfter { after += ids } else { before += ids }
                case .first:
                    if isAfter { return nil }
                    isAfter = true
                case .second: continue
                }
            }
            if !isAfter { return nil }
        case .sequence(let processors):
            for processor in processors {
                guard let inner = TokenFrame(processor, true) else { return nil }
                before = inner.before + before
                after += inner.after
            }
        }
    }
}
