import ApusSystem
import ApusText

/// The options of `apus tokenizer train`, and what follows from them.
enum TokenizerTrainOptions {
    /// The kinds of tokenizers that can be trained.
    enum Kind: String, CaseIterable {
        case byteBPE = "byte-bpe"
        case bpe, wordpiece, unigram, word, character
    }

    /// What is to be done.
    struct Plan {
        var kind: Kind
        var trainer: any TokenizerTrainer
        var pipeline: TrainingPipeline
        var reading: CorpusReading
    }

    static let kind = Option(
        "--kind", "NAME", .choice, default: Kind.byteBPE, help: "The kind of tokenizer.")
    static let vocabulary = Option(
        "--vocabulary", "N", .integer(in: 1...10_000_000), default: 30_000,
        help: "Maximum number of tokens.")
    static let special = Option.list(
        "--special", "TOKEN", .text, standard: "by the kind",
        help: "Special tokens, which get the first ids.")
    static let minimumFrequency = Option<Int?>.optional(
        "--min-frequency", "N", .integer(in: 0 ... .max), standard: "0",
        help: "Minimum count of a pair, or a word, to become a token.")
    static let alphabet = Option<Int?>.optional(
        "--alphabet", "N", .integer(in: 1...0x110000), standard: "all",
        help: "Number of characters to keep, the most frequent.")
    static let longest = Option<Int?>.optional(
        "--max-token-length", "N", .integer(in: 1...1 << 20),
        standard: "16 for unigram, else none",
        help:
            "The longest piece of unigram in characters; the tokens of bpe stay below it, or have two."
    )
    static let suffix = Option<String?>.optional(
        "--suffix", "TEXT", .text, help: "Word suffix of bpe (</w>), instead of ▁ for spaces.")
    static let cased = Option.flag(
        "--cased", help: "Keep case and accents, which wordpiece otherwise removes.")
    static let byteFallback = Option.flag(
        "--byte-fallback", help: "Encode unknown characters as bytes (bpe, unigram).")
    static let like = Option<String?>.optional(
        "--like", "TOKENIZER", .file,
        help: "Use the normalizer, pre-tokenizer and decoder of another tokenizer.")
    static let memory = Option<Int?>.optional(
        "--memory", "MB", .integer(in: 1...1_000_000), standard: "1024",
        help:
            "How much memory the table of distinct words may take; where it takes more the rarest are dropped."
    )
    static let keepLineEnds = Option.flag(
        "--keep-line-ends", help: "Keep line ends as part of the text.")

    static let all: [any AnyOption] = [
        kind, vocabulary, special, minimumFrequency, alphabet, longest, suffix, cased,
        byteFallback, like, memory, keepLineEnds,
    ]

    /// What a command line asks for.
    ///
    /// - Throws: ``UsageError`` for options that do not fit together, and what reading a tokenizer throws.
    static func plan(_ values: Values) throws -> Plan {
        let kind = values[kind]
        try checkFit(values, kind)
        var reading = CorpusReading(keepsLineEnds: values[keepLineEnds])
        if let memory = values[memory] { reading.memory = memory * 1_000_000 }
        var pipeline = pipeline(values, kind)
        if let path = values[like] {
            pipeline = TrainingPipeline(of: try TokenizerOptions.read(path))
        }
        return Plan(
            kind: kind, trainer: trainer(values, kind), pipeline: pipeline, reading: reading)
    }

    private static func pipeline(_ values: Values, _ kind: Kind) -> TrainingPipeline {
        switch kind {
        case .byteBPE: return .byteLevel()
        case .wordpiece: return .bert(lowercases: !values[cased])
        case .unigram: return .sentencePiece(byteFallback: values[byteFallback])
        case .word: return .words
        case .character: return .characters
        case .bpe:
            guard let suffix = values[suffix] else {
                return .sentencePiece(byteFallback: values[byteFallback])
            }
            var pipeline = TrainingPipeline.words
            pipeline.decoder = .bpe(suffix: suffix)
            return pipeline
        }
    }

    private static func trainer(_ values: Values, _ kind: Kind) -> any TokenizerTrainer {
        let size = values[vocabulary]
        let special = values.has(special) ? values[special] : standardSpecialTokens(kind)
        let frequency = values[minimumFrequency] ?? 0
        switch kind {
        case .byteBPE:
            return BPETrainer(
                vocabularySize: size, specialTokens: special, minimumFrequency: frequency,
                alphabetLimit: values[alphabet], maximumTokenLength: values[longest])
        case .bpe:
            return BPETrainer(
                vocabularySize: size, specialTokens: special, unknownToken: special.first,
                minimumFrequency: frequency, alphabetLimit: values[alphabet],
                wordSuffix: values[suffix] ?? "", maximumTokenLength: values[longest])
        case .wordpiece:
            return WordPieceTrainer(
                vocabularySize: size, specialTokens: special, minimumFrequency: frequency,
                alphabetLimit: values[alphabet])
        case .unigram:
            return UnigramTrainer(
                vocabularySize: size, specialTokens: special, longestPiece: values[longest] ?? 16)
        case .word, .character:
            return WordLevelTrainer(
                vocabularySize: size, specialTokens: special, unknownToken: special.first ?? "",
                minimumFrequency: frequency)
        }
    }

    /// The first one of bpe, unigram, word and character stands for what is no token.
    private static func standardSpecialTokens(_ kind: Kind) -> [String] {
        switch kind {
        case .byteBPE: ["<|endoftext|>"]
        case .wordpiece: WordPieceTrainer().specialTokens
        case .bpe, .unigram, .word, .character: ["<unk>"]
        }
    }

    /// An option without effect is a misunderstanding, better told than passed over.
    private static func checkFit(_ values: Values, _ kind: Kind) throws(UsageError) {
        func refuse(_ isGiven: Bool, _ name: String, unless kinds: Kind...) throws(UsageError) {
            guard isGiven, !kinds.contains(kind) else { return }
            throw .conflict(
                "\(name) has no meaning for --kind \(kind.rawValue)",
                hint: "it is for \(kinds.map(\.rawValue).joined(separator: ", "))")
        }
        try refuse(
            values.has(minimumFrequency), "--min-frequency",
            unless: .byteBPE, .bpe, .wordpiece, .word, .character)
        try refuse(values.has(alphabet), "--alphabet", unless: .byteBPE, .bpe, .wordpiece)
        try refuse(values.has(longest), "--max-token-length", unless: .byteBPE, .bpe, .unigram)
        try refuse(values.has(suffix), "--suffix", unless: .bpe)
        try refuse(values[cased], "--cased", unless: .wordpiece)
        try refuse(values[byteFallback], "--byte-fallback", unless: .bpe, .unigram)
        if values[like] != nil {
            for (isGiven, name) in [
                (values[cased], "--cased"), (values[byteFallback], "--byte-fallback"),
            ] where isGiven {
                throw .conflict(
                    "\(name) has no effect beside --like",
                    hint: "the other tokenizer says how text is changed")
            }
        }
        if values.has(special), kind == .wordpiece {
            for token in ["[UNK]", "[CLS]", "[SEP]"] where !values[special].contains(token) {
                throw .conflict(
                    "wordpiece needs the special token \(token)",
                    hint: "name it behind --special too")
            }
        }
    }
}
