import ApusSystem
import ApusText
import Testing

/// Folders of checkpoints as transformers 5.24 reads them; its numbers (`Reference/tokenizer_folders.py`).
struct FolderTests {
    private let words = pieces(
        [
            "he", "▁the", "▁fox", "▁ran", "▁r", "▁t", "fo", "▁fo", "an", "t", "h", "e", "f", "o",
            "x", "r", "a", "n", "▁",
        ],
        method: .bpe)

    private func tokens(
        _ configuration: String, _ text: String, _ others: [String: String] = [:]
    ) throws -> [String] {
        var files = others
        files["tokenizer_config.json"] = configuration
        return try withFolder(files, pieces: ("tokenizer.model", words)) {
            try Tokenizer(directory: $0).encode(text).tokens
        }
    }

    // MARK: Added tokens

    @Test func addedTokensOfPiecesAreFoundAnywhereInAText() throws {
        let llama = #"{"tokenizer_class": "LlamaTokenizer", "add_bos_token": true"#
        let right = ["<s>", "▁the", "▁fox", "<|im_end|>", "▁ran"]
        let listed = ["added_tokens.json": #"{"<|im_end|>": 22}"#]
        #expect(try tokens(llama + "}", "the fox<|im_end|> ran", listed) == right)
        let bare = llama + #", "added_tokens_decoder": {"22": {"content": "<|im_end|>"}}}"#
        #expect(try tokens(bare, "the fox<|im_end|> ran") == right)
        let general =
            #"{"tokenizer_class": "PreTrainedTokenizerFast", "added_tokens_decoder": "#
            + #"{"22": {"content": "<|im_end|>", "normalized": true}}}"#
        #expect(try tokens(general, "the fox<|im_end|> ran") == Array(right.dropFirst()))
    }

    @Test func withoutLegacyNoSpaceIsPutBehindASpecialToken() throws {
        let llama =
            #"{"tokenizer_class": "LlamaTokenizerFast", "added_tokens_decoder": "#
            + #"{"22": {"content": "[I]", "special": true, "normalized": false}}, "legacy": "#
        #expect(try tokens(llama + "false}", "[I]the fox") == ["[I]", "t", "he", "▁fox"])
        #expect(try tokens(llama + "true}", "[I]the fox") == ["[I]", "▁the", "▁fox"])
    }

    @Test func whatTheConfigurationSaysOfATokenCountsMoreThanTheTokenizersFile() throws {
        let json =
            #"{"model": {"type": "WordLevel", "vocab": {"a": 0, "b": 1, "?": 2}, "unk_token": "?"}, "#
            + #""pre_tokenizer": {"type": "Split", "pattern": {"String": ""}, "behavior": "Isolated", "invert": false}, "#
            + #""added_tokens": [{"id": 3, "content": "<m>", "special": true, "normalized": false}]}"#
        let flags =
            #"{"added_tokens_decoder": {"3": {"content": "<m>", "lstrip": true, "rstrip": true, "#
            + #""special": true, "normalized": false}}}"#
        func ids(_ configuration: String, _ text: String) throws -> [Int32] {
            try withFolder(["tokenizer.json": json, "tokenizer_config.json": configuration]) {
                try Tokenizer(directory: $0).ids(of: text)
            }
        }
        #expect(try ids("{}", "a <m> b") == [0, 2, 3, 2, 1])
        #expect(try ids(flags, "a <m> b") == [0, 3, 1])
        #expect(try ids(#"{"extra_special_tokens": ["<i>"]}"#, "a<i>") == [0, 4])
        #expect(try ids(#"{"extra_special_tokens": {"boi": "<i>"}}"#, "a<i>") == [0, 4])
        #expect(try ids(#"{"additional_special_tokens": ["<i>"]}"#, "a<i>") == [0, 4])
        #expect(try ids(#"{"image_token": "<i>", "mask_token": "<k>"}"#, "a<k><i>") == [0, 4, 5])
    }

    // MARK: Ids

    @Test func statedIDsAreKeptAndLeaveHoles() throws {
        let entry = #"{"content": "<end>", "special": true, "normalized": false}"#
        let llama =
            #"{"tokenizer_class": "LlamaTokenizer", "added_tokens_decoder": {"30": \#(entry)}}"#
        let files = ["tokenizer_config.json": llama]
        let ids = try withFolder(files, pieces: ("tokenizer.model", words)) {
            try Tokenizer(directory: $0).ids(of: "the<end>")
        }
        #expect(ids == [4, 30])
        let merges = [
            "vocab.json": #"{"a": 0, "b": 1, "ab": 2, "<|endoftext|>": 3}"#, "merges.txt": "a b\n",
            "tokenizer_config.json":
                #"{"tokenizer_class": "GPT2Tokenizer", "added_tokens_decoder": {"9": \#(entry)}}"#,
        ]
        let tokenizer = try withFolder(merges) { try Tokenizer(directory: $0) }
        #expect(tokenizer.ids(of: "ab<end>") == [2, 9])
        #expect(tokenizer.decode([2, 9], skippingSpecialTokens: false) == "ab<end>")
    }

    @Test func aStatedIDThatTheVocabularyContradictsIsRefused() throws {
        let files = [
            "vocab.json": #"{"a": 0, "b": 1, "ab": 2}"#, "merges.txt": "a b\n",
            "tokenizer_config.json":
                #"{"tokenizer_class": "GPT2Tokenizer", "added_tokens_decoder": {"1": {"content": "a"}}}"#,
        ]
        try withFolder(files) { folder in
            let error = #expect(throws: TokenizerError.self) { try Tokenizer(directory: folder) }
            #expect(error?.message.contains("which has the id 0 in the vocabulary") == true)
        }
    }

    @Test func ranksHaveTheIDsThatTheConfigurationStates() throws {
        let entry = #"{"content": "<e>", "special": true}"#
        let files = [
            "tokenizer.model": "YQ== 0\nYg== 1\nYWI= 2\n",
            "tokenizer_config.json":
                #"{"tokenizer_class": "TokenizersBackend", "added_tokens_decoder": {"5": \#(entry)}}"#,
        ]
        let tokenizer = try withFolder(files) { try Tokenizer(directory: $0) }
        #expect(tokenizer.ids(of: "ab<e>a") == [2, 5, 0])
        #expect(tokenizer.ids(of: "<|reserved_token_3|>") == [3])
    }

    // MARK: Classes

    @Test func qwen2CutsNumbersIntoDigits() throws {
        var files = [
            "vocab.json": #"{"1": 0, "2": 1, "12": 2, "<|endoftext|>": 3, "Ġ": 4}"#,
            "merges.txt": "1 2\n",
            "tokenizer_config.json": #"{"tokenizer_class": "Qwen2Tokenizer"}"#,
        ]
        #expect(try withFolder(files) { try Tokenizer(directory: $0).ids(of: "12") } == [0, 1])
        files["tokenizer_config.json"] = #"{"tokenizer_class": "GPT2TokenizerFast"}"#
        #expect(try withFolder(files) { try Tokenizer(directory: $0).ids(of: "12") } == [2])
    }

    @Test func theKindOfModelNamesTheClassWhereTheTokenizerDoesNot() throws {
        let files = [
            "vocab.json": #"{"1": 0, "2": 1, "12": 2, "<|endoftext|>": 3}"#, "merges.txt": "1 2\n",
            "config.json": #"{"model_type": "qwen3"}"#,
        ]
        #expect(try withFolder(files) { try Tokenizer(directory: $0).ids(of: "12") } == [0, 1])
    }

    @Test func camembertHasFairseqsOrderAndDebertaItsFileName() throws {
        let model = pieces(["▁fox", "▁the", "▁", "f", "o", "x"], method: .unigram)
        let camembert = ["tokenizer_config.json": #"{"tokenizer_class": "CamembertTokenizer"}"#]
        let ids = try withFolder(camembert, pieces: ("sentencepiece.bpe.model", model)) {
            try Tokenizer(directory: $0).ids(of: "the fox")
        }
        // Five tokens in front, of which the model's first piece is none.
        #expect(ids == [5, 8, 7, 6])
        let deberta = ["tokenizer_config.json": #"{"tokenizer_class": "DebertaV2Tokenizer"}"#]
        let encoding = try withFolder(deberta, pieces: ("spm.model", model)) {
            try Tokenizer(directory: $0).encode("the fox")
        }
        #expect(encoding.tokens == ["[CLS]", "▁the", "▁fox", "[SEP]"])
        #expect(encoding.ids == [9, 4, 3, 10])
    }

    @Test(arguments: ["M2M100Tokenizer", "XLMTokenizer", "EsmTokenizer", "NoSuchTokenizer"])
    func aClassThatIsNotKnownIsRefusedByItsName(name: String) throws {
        let files = [
            "tokenizer_config.json": #"{"tokenizer_class": "\#(name)"}"#,
            "vocab.json": "{\"a\": 0}",
            "merges.txt": "#version: 0.2\n", "vocab.txt": "[UNK]\n[CLS]\n[SEP]\n",
        ]
        try withFolder(files, pieces: ("sentencepiece.bpe.model", words)) { folder in
            let error = #expect(throws: TokenizerError.self) { try Tokenizer(directory: folder) }
            #expect(error?.message.contains("class \(name) is not known") == true)
        }
    }

    @Test func piecesBesideAListOfIDsAreNotReadByThemselves() throws {
        try withFolder(["vocab.json": "{\"a\": 0}"], pieces: ("sentencepiece.bpe.model", words)) {
            folder in
            let error = #expect(throws: TokenizerError.self) { try Tokenizer(directory: folder) }
            #expect(error?.message.contains("M2M100Tokenizer") == true)
        }
    }

    // MARK: Special tokens as text

    @Test func specialTokensInATextAreTextWhereThatIsAskedFor() throws {
        let configuration =
            #"{"tokenizer_class": "LlamaTokenizer", "added_tokens_decoder": "#
            + #"{"1": {"content": "<s>", "special": true}, "22": {"content": "fox", "special": false}}}"#
        let files = ["tokenizer_config.json": configuration]
        let tokenizer = try withFolder(files, pieces: ("tokenizer.model", words)) {
            try Tokenizer(directory: $0)
        }
        let text = "the<s>fox"
        #expect(tokenizer.ids(of: text) == [4, 1, 22])
        let plain = tokenizer.encode(text, takingSpecialTokensAsText: true)
        #expect(!plain.ids.contains(1) && plain.ids.contains(22))
        #expect(tokenizer.ids(of: text, takingSpecialTokensAsText: true) == plain.ids)
        #expect(tokenizer.ids(of: [text, text], takingSpecialTokensAsText: true)[1] == plain.ids)
        #expect(
            tokenizer.encodings(of: [text], takingSpecialTokensAsText: true)[0].ids == plain.ids)
        let pair = tokenizer.encode(text, pair: text, takingSpecialTokensAsText: true)
        #expect(pair.ids == plain.ids + plain.ids)
        var always = tokenizer
        always.takesSpecialTokensAsText = true
        #expect(always.encode(text).ids == plain.ids)
        #expect(always.encode(text, takingSpecialTokensAsText: false).ids == [4, 1, 22])
    }

    @Test func aConfigurationMayAskForCleanSpacesSidesAndSpecialTokensAsText() throws {
        let files = [
            "vocab.txt": "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n.\n",
            "tokenizer_config.json":
                #"{"tokenizer_class": "BertTokenizer", "split_special_tokens": true, "padding_side": "left", "#
                + #""model_max_length": 512, "truncation_side": "left", "clean_up_tokenization_spaces": true}"#,
        ]
        let tokenizer = try withFolder(files) { try Tokenizer(directory: $0) }
        #expect(tokenizer.ids(of: "[PAD]", addingSpecialTokens: false).first == 1)
        #expect(tokenizer.defaults.paddingSide == .left)
        #expect(tokenizer.defaults.truncationSide == .left)
        #expect(tokenizer.defaults.maximumLength == 512)
        #expect(tokenizer.defaults.paddingToken == SpecialToken("[PAD]", id: 0))
        #expect(tokenizer.cleansUpSpaces)
    }
}
