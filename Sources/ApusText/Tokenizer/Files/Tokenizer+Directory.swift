import ApusSystem

extension Tokenizer {
    /// Reads the tokenizer of a checkpoint's folder, as Hugging Face's transformers would.
    ///
    /// A `tokenizer.json` says nearly everything. Without one, `tokenizer_config.json` ("tokenizer_class")
    /// and the files that are there tell what to build: `vocab.txt`; `vocab.json` and `merges.txt`; a
    /// SentencePiece model; Marian's `source.spm`, `target.spm` and `vocab.json`; tiktoken's ranks; CLIP's
    /// vocabulary. Special and added tokens come from `tokenizer_config.json`, `special_tokens_map.json` and
    /// `added_tokens.json`.
    ///
    ///     let tokenizer = try Tokenizer(directory: "bert-base-uncased")
    ///
    /// - Throws: ``FileError``, ``JSONError``, ``TokenizerError``: what is wrong, and where.
    public init(directory: String) throws {
        let names = try listDirectory(directory)
        let configuration = try TokenizerConfiguration(directory: directory, files: names)
        func path(_ candidates: String...) -> String? {
            candidates.first { names.contains($0) }.map { joinPath(directory, $0) }
        }
        if let file = path("tokenizer.json", "tokenizer.json.gz") {
            try self.init(json: file)
            try configuration.adjust(&self)
        } else if let model = path(
            "spiece.model", "tokenizer.model", "sentencepiece.bpe.model", "sentencepiece.model"),
            try DetectedTokenizerFormat(of: model) == .sentencePiece
        {
            self = try SentencePieceFamily(
                model: SentencePieceModel(file: model), configuration: configuration
            ).tokenizer()
        } else if let source = path("source.spm"), let file = path("vocab.json") {
            try self.init(marian: source, vocabulary: file, configuration)
        } else if let file = path("vocab.txt", "vocab.txt.gz") {
            try self.init(
                bertVocabulary: file, normalizer: try configuration.bertNormalizer(),
                specialTokens: SpecialTokens.bert.replaced(by: configuration.special))
        } else if let vocabulary = path(
            "vocab.json", "encoder.json", "vocab.json.gz", "encoder.json.gz"),
            let merges = path("merges.txt", "vocab.bpe", "merges.txt.gz", "vocab.bpe.gz")
        {
            try self.init(vocabulary: vocabulary, merges: merges, as: configuration)
        } else if let file = path(
            "bpe_simple_vocab_16e6.txt.gz", "bpe_simple_vocab_16e6.txt")
        {
            try self.init(clipVocabulary: file)
        } else if let file = path("tokenizer.model", "qwen.tiktoken")
            ?? names.first(where: { $0.hasSuffix(".tiktoken") }).map({ joinPath(directory, $0) })
        {
            try self.init(tiktoken: file)
        } else {
            throw TokenizerError.notATokenizer(
                path: directory,
                looked: [
                    "tokenizer.json", "vocab.txt", "vocab.json with merges.txt", "spiece.model",
                    "tokenizer.model", "source.spm",
                ])
        }
        add(configuration.added(besides: self))
    }

    /// Byte pair encoding in the way of a class of transformers: CLIP, RoBERTa, or GPT-2 for all others.
    private init(vocabulary: String, merges: String, as configuration: TokenizerConfiguration)
        throws
    {
        let addsPrefixSpace = try configuration.json["add_prefix_space"].bool(default: false)
        let name = configuration.tokenizerClass ?? ""
        if name.hasPrefix("CLIP") {
            let special = SpecialTokens.clip.replaced(by: configuration.special)
            try self.init(
                clip: BytePairEncoding(
                    vocabulary: vocabulary, merges: merges,
                    settings: .init(
                        unknownToken: special[.unknown]?.content, wordSuffix: "</w>")),
                specialTokens: special)
        } else if ["Roberta", "Longformer", "Bart", "LED"].contains(where: name.hasPrefix) {
            try self.init(
                roberta: BytePairEncoding(vocabulary: vocabulary, merges: merges),
                addsPrefixSpace: addsPrefixSpace,
                trimsOffsets: configuration.json["trim_offsets"].bool(default: true),
                specialTokens: SpecialTokens.roberta.replaced(by: configuration.special))
        } else {
            try self.init(
                vocabulary: vocabulary, merges: merges, addsPrefixSpace: addsPrefixSpace,
                specialTokens: SpecialTokens.gpt2.replaced(by: configuration.special))
            try configuration.addEnds(to: &self)
        }
    }
}
