import ApusSystem

/// The class of transformers that reads a folder.
enum TokenizerClass: Equatable {
    /// None in particular: `tokenizer.json` as it is, a SentencePiece model or tiktoken's ranks by themselves.
    case general
    /// A class of a name, without "Fast".
    case named(String)
    /// Nothing in the folder says.
    case unstated

    /// The class that transformers 5.24 chooses: that of the tokenizer's configuration, checked against the kind of
    /// model, else that of the model's configuration, else that of the kind of model.
    ///
    /// - Parameter isByteLevel: whether the folder's `tokenizer.json` is byte-level.
    init(_ folder: CheckpointFolder, isByteLevel: Bool) throws {
        let model = try folder.modelSettings()
        let modelType = try model["model_type"].string(default: "")
        let ownName = try folder.settings["tokenizer_class"].optionalString()
        let name = try (ownName ?? model["tokenizer_class"].optionalString()).map(Self.withoutFast)
        let registered = ModelTypes.tokenizerClass(of: modelType)
        let isWrong = ModelTypes.hasWrongClasses(modelType)
        if name == "LlamaTokenizer", isByteLevel, !isWrong {
            self = .general
        } else if let name, let registered, registered != name {
            self = registered == "TokenizersBackend" ? .general : Self(isWrong ? registered : name)
        } else if let name = name ?? registered {
            self = Self(name)
        } else {
            self = .unstated
        }
    }

    private init(_ name: String) {
        self = Self.generalNames.contains(name) ? .general : .named(name)
    }

    private static let generalNames = [
        "PreTrainedTokenizer", "PreTrainedTokenizerFast", "TokenizersBackend", "PythonBackend",
        "BloomTokenizer",
    ]

    private static func withoutFast(_ name: String) -> String {
        name.hasSuffix("Fast") && name != "PreTrainedTokenizerFast"
            ? String(name.dropLast(4)) : name
    }

    /// Other names of classes.
    static let aliases = [
        "BartTokenizer": "RobertaTokenizer", "LEDTokenizer": "RobertaTokenizer",
        "LongformerTokenizer": "RobertaTokenizer", "MvpTokenizer": "RobertaTokenizer",
        "ConvBertTokenizer": "BertTokenizer", "DistilBertTokenizer": "BertTokenizer",
        "ElectraTokenizer": "BertTokenizer", "LayoutLMTokenizer": "BertTokenizer",
        "LxmertTokenizer": "BertTokenizer", "MobileBertTokenizer": "BertTokenizer",
        "SqueezeBertTokenizer": "BertTokenizer",
        "Phi3Tokenizer": "LlamaTokenizer",
        "DPRContextEncoderTokenizer": "DPRTokenizer",
        "DPRQuestionEncoderTokenizer": "DPRTokenizer", "DPRReaderTokenizer": "DPRTokenizer",
    ]
}
