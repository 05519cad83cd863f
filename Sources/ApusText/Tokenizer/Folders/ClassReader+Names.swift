import ApusSystem

extension ClassReader {
    /// How a class is read.
    struct Recipe: Sendable {
        /// The kind of model that it makes.
        let kind: FolderVocabulary.Kind
        /// Whether its vocabulary is a SentencePiece model where there is no `tokenizer.json`.
        let hasPieces: Bool
        /// What it makes.
        let parts: @Sendable (ClassReader) throws -> ClassParts

        /// The class of a name; nil: it is not known.
        init?(_ name: String) {
            guard let recipe = recipes[TokenizerClass.aliases[name] ?? name] else { return nil }
            self = recipe
        }

        fileprivate init(
            _ kind: FolderVocabulary.Kind, hasPieces: Bool = false,
            _ parts: @escaping @Sendable (ClassReader) -> () throws -> ClassParts
        ) {
            self.kind = kind
            self.hasPieces = hasPieces
            self.parts = { try parts($0)() }
        }
    }

    /// The names of all classes that are known.
    static var names: [String] {
        (Array(recipes.keys) + TokenizerClass.aliases.keys).filter { $0 != "DPRTokenizer" }.sorted()
    }
}

private typealias Recipe = ClassReader.Recipe

private let recipes: [String: ClassReader.Recipe] = [
    "BertTokenizer": Recipe(.wordPiece, ClassReader.bert),
    "DPRTokenizer": Recipe(.wordPiece, ClassReader.dpr),
    "FunnelTokenizer": Recipe(.wordPiece, ClassReader.funnel),
    "MPNetTokenizer": Recipe(.wordPiece, ClassReader.mpNet),
    "SplinterTokenizer": Recipe(.wordPiece, ClassReader.splinter),

    "GPT2Tokenizer": Recipe(.bpe, ClassReader.gpt2),
    "CodeGenTokenizer": Recipe(.bpe, ClassReader.gpt2),
    "GPTNeoXTokenizer": Recipe(.bpe, ClassReader.gptNeoX),
    "RobertaTokenizer": Recipe(.bpe, ClassReader.roberta),
    "LukeTokenizer": Recipe(.bpe, ClassReader.luke),
    "BlenderbotTokenizer": Recipe(.bpe, ClassReader.blenderbot),
    "DebertaTokenizer": Recipe(.bpe, ClassReader.deberta),
    "Qwen2Tokenizer": Recipe(.bpe) { reader in { try reader.qwen2() } },
    "Qwen3_5Tokenizer": Recipe(.bpe, ClassReader.qwen35),
    "WhisperTokenizer": Recipe(.bpe, ClassReader.whisper),
    "CohereTokenizer": Recipe(.bpe, ClassReader.cohere),
    "NougatTokenizer": Recipe(.bpe, ClassReader.nougat),
    "CLIPTokenizer": Recipe(.bpe, ClassReader.clip),
    "HerbertTokenizer": Recipe(.bpe, ClassReader.herbert),
    "OpenAIGPTTokenizer": Recipe(.bpe, ClassReader.openAIGPT),

    "LlamaTokenizer": Recipe(.bpe, hasPieces: true, ClassReader.llama),
    "CodeLlamaTokenizer": Recipe(.bpe, hasPieces: true, ClassReader.codeLlama),
    "GemmaTokenizer": Recipe(.bpe, hasPieces: true, ClassReader.gemma),
    "Siglip2Tokenizer": Recipe(.bpe, hasPieces: true, ClassReader.siglip2),
    "NllbTokenizer": Recipe(.bpe, hasPieces: true, ClassReader.nllb),
    "SeamlessM4TTokenizer": Recipe(.bpe, hasPieces: true, ClassReader.seamlessM4T),
    "ReformerTokenizer": Recipe(.bpe, hasPieces: true, ClassReader.reformer),
    "Tipsv2Tokenizer": Recipe(.bpe, hasPieces: true, ClassReader.tipsv2),

    "T5Tokenizer": Recipe(.unigram, hasPieces: true, ClassReader.t5),
    "UdopTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.udop),
    "VideoPrismTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.videoPrism),
    "AlbertTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.albert),
    "FNetTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.fNet),
    "RemBertTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.remBERT),
    "XLNetTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.xlNet),
    "DebertaV2Tokenizer": Recipe(.unigram, hasPieces: true, ClassReader.debertaV2),
    "BigBirdTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.bigBird),
    "PegasusTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.pegasus),
    "XLMRobertaTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.xlmRoberta),
    "CamembertTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.camembert),
    "BarthezTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.barthez),
    "XGLMTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.xglm),
    "MBartTokenizer": Recipe(.unigram, hasPieces: true, ClassReader.mBART),
    "MBart50Tokenizer": Recipe(.unigram, hasPieces: true, ClassReader.mBART50),
]
