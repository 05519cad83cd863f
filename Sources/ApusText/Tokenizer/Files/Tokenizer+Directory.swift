extension Tokenizer {
    /// Reads the tokenizer of a checkpoint's folder, as `AutoTokenizer` of Hugging Face's transformers 5.24 does.
    ///
    /// The class that `tokenizer_config.json` names ("tokenizer_class"; without it, that of `config.json`) decides
    /// how text is changed, cut and framed. The vocabulary comes from `tokenizer.json`, or from `vocab.txt`;
    /// `vocab.json` and `merges.txt`; a SentencePiece model; Marian's `source.spm` and `vocab.json`; tiktoken's ranks;
    /// CLIP's vocabulary. Where no class, or only “PreTrainedTokenizerFast”, is named, a `tokenizer.json` says
    /// everything by itself. Special and added tokens come from `tokenizer_config.json`, and without
    /// "added_tokens_decoder" there from `special_tokens_map.json` and `added_tokens.json`; their flags count more than
    /// those of `tokenizer.json`. An id that the folder states for a token is kept (for `tokenizer.json`, ids
    /// follow the order of the tokens, as in transformers).
    ///
    /// As there, texts are neither cut nor filled up unless it is asked for: see ``defaults``.
    ///
    ///     let tokenizer = try Tokenizer(directory: "bert-base-uncased")
    ///
    /// - Throws: ``FileError``, ``JSONError``, ``TokenizerError``: what is wrong, and where. A class that is not known is
    ///   refused by its name, unless there is a `tokenizer.json`.
    public init(directory: String) throws {
        self = try FolderReader(folder: CheckpointFolder(directory)).tokenizer()
    }
}
