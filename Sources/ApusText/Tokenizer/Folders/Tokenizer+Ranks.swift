import ApusSystem

extension Tokenizer {
    /// Reads the ranks of a folder with the tokens of its configuration, as transformers does.
    ///
    /// Ids behind the ranks that no token is stated for get tokens of their own, `<|reserved_token_128003|>`, as
    /// there. Without a configuration the special tokens are those of the encoding that the number of ranks tells.
    ///
    /// - Throws: ``FileError``, ``TokenizerError``.
    init(tiktoken file: String, tokens: FolderTokens) throws {
        guard tokens.hasDecoder || tokens.extra != nil else {
            try self.init(tiktoken: file)
            return
        }
        let ranks = try TokenVocabulary(tiktoken: file)
        let encoding = TiktokenEncoding(rankCount: ranks.count) ?? .llama3
        try self.init(tiktoken: ranks, pattern: Pattern(encoding.pattern))
        var stated: [Int32: String] = [:]
        for entry in tokens.listed {
            if let known = ranks.id(of: entry.token.content), known != entry.id {
                throw TokenizerError.invalidComponent(
                    file: file, path: "added_tokens_decoder.\(entry.id)",
                    problem: "is “\(printable(entry.token.content))”, which has the rank \(known)")
            }
            stated[entry.id] = entry.token.content
        }
        let last = tokens.listed.last?.id ?? -1
        guard Int(last) < ranks.count + 100_000 else {
            throw TokenizerError.invalidComponent(
                file: file, path: "added_tokens_decoder.\(last)",
                problem: "is far behind the \(ranks.count) ranks")
        }
        var added: [AddedToken] = []
        if last >= ranks.endID {
            added = (ranks.endID...last).map { id in
                AddedToken(
                    stated[id] ?? "<|reserved_token_\(id)|>", isSpecial: true, id: id)
            }
        }
        add(
            added
                + tokens.added(
                    special: tokens.special, more: tokens.extra ?? [], besides: [],
                    keepsIDs: true))
    }
}
