import ApusSystem
import ApusText
import Testing

/// Folders of checkpoints without a `tokenizer.json`, and files whose content tells their format.
struct DirectoryTests {
    private let words = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\nThe\nswift\n##s\n"

    @Test func theConfigurationSaysWhetherBERTKeepsCapitals() throws {
        let cased = #"{"tokenizer_class": "BertTokenizer", "do_lower_case": false}"#
        let lower = #"{"tokenizer_class": "BertTokenizerFast", "do_lower_case": true}"#
        for (configuration, ids) in [(cased, [2, 5, 6, 7, 3]), (lower, [2, 4, 6, 7, 3])] {
            let files = ["vocab.txt": words, "tokenizer_config.json": configuration]
            let tokenizer = try withFolder(files) { try Tokenizer(directory: $0) }
            #expect(tokenizer.encode("The swifts").ids == ids.map { Int32($0) })
        }
    }

    @Test func classesPutTheirOwnTokensAroundATextOfMerges() throws {
        var files = [
            "vocab.json": #"{"<s>": 0, "</s>": 1, "a": 2, "b": 3, "ab": 4, "<unk>": 5}"#,
            "merges.txt": "#version: 0.2\na b\n",
        ]
        #expect(try withFolder(files) { try Tokenizer(directory: $0) }.encode("ab").ids == [4])
        files["tokenizer_config.json"] = #"{"tokenizer_class": "RobertaTokenizer"}"#
        let roberta = try withFolder(files) { try Tokenizer(directory: $0) }
        #expect(roberta.encode("ab").ids == [0, 4, 1])
        #expect(roberta.encode("ab", pair: "b").ids == [0, 4, 1, 1, 3, 1])
        files["tokenizer_config.json"] =
            #"{"tokenizer_class": "GPT2Tokenizer", "bos_token": "</s>", "add_bos_token": true}"#
        #expect(try withFolder(files) { try Tokenizer(directory: $0) }.encode("ab").ids == [1, 4])
    }

    @Test func ranksOfTiktokenMergeTheLowestFirst() throws {
        var ranks = TokenVocabulary(["a", "b", "c", "bc", "ab"])
        ranks.insert("abc", id: 5)
        let tokenizer = try Tokenizer(
            tiktoken: ranks, pattern: Pattern(#"\p{L}+"#),
            specialTokens: [SpecialToken("<|end|>", id: 9)])
        #expect(tokenizer.ids(of: "abc") == [5])
        #expect(tokenizer.ids(of: "abcc<|end|>") == [5, 2, 9])
        #expect(tokenizer.ids(of: "abb") == [4, 1])
    }

    @Test func ranksThatNobodyKnowsAskForTheirEncoding() throws {
        try withFolder(["my.tiktoken": "YQ== 0\nYg== 1\n"]) { folder in
            #expect(throws: TokenizerError.self) { try Tokenizer(file: folder + "/my.tiktoken") }
            let tokenizer = try Tokenizer(tiktoken: folder + "/my.tiktoken", encoding: .cl100k)
            #expect(tokenizer.ids(of: "ab") == [0, 1])
        }
    }

    @Test func whatIsNoTokenizerSaysWhatWasLookedFor() throws {
        try withFolder(["notes.md": "hello"]) { folder in
            do {
                _ = try Tokenizer(directory: folder)
                Issue.record("it was read")
            } catch let error as TokenizerError {
                #expect(error.message.contains("no tokenizer found; looked for tokenizer.json"))
            }
        }
    }
}
