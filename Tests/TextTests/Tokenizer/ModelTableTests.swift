import ApusSystem
import ApusText
import Testing

/// The vocabulary and the merges of a `tokenizer.json`, which no tree is made of.
struct ModelTableTests {
    private func tokenizer(_ model: String) throws -> Tokenizer {
        let folder = "/tmp/apus-tests-\(UInt64.random(in: 0 ... .max))"
        try createDirectory(folder)
        defer { try? removeTree(folder) }
        let file = folder + "/tokenizer.json"
        try atomicWrite(to: file) { try $0.write(Array("{\"model\": \(model)}".utf8)) }
        return try Tokenizer(json: file)
    }

    private func message(_ model: String) -> String {
        do {
            _ = try tokenizer(model)
            return "it was read"
        } catch let error as any DescribedError {
            return error.message
        } catch {
            return "another error: \(error)"
        }
    }

    @Test func escapedTokensAreReadWithTheirIDs() throws {
        let tokenizer = try tokenizer(
            #"{"type": "WordLevel", "vocab": {"\u0120a\n": 7, "\ud83d\ude00": 2, "\"": 3}}"#)
        #expect(tokenizer.vocabulary.id(of: "\u{120}a\n") == 7)
        #expect(tokenizer.vocabulary.id(of: "😀") == 2)
        #expect(tokenizer.vocabulary[3] == "\"")
    }

    @Test func mergesMayBePairsOrTextsAndStandBeforeTheVocabulary() throws {
        for merges in [#"[["a", "b"], ["ab", "c"]]"#, #"["a b", "ab c"]"#] {
            let tokenizer = try tokenizer(
                #"{"merges": \#(merges), "vocab": {"a": 0, "b": 1, "c": 2, "ab": 3, "abc": 4}}"#)
            #expect(tokenizer.ids(of: "abcab") == [4, 3])
        }
    }

    @Test(arguments: [
        (
            #"{"type": "WordLevel", "vocab": {"a": 0, "b": 1, "a": 2}}"#,
            #"tokenizer.json:1:59: the key "a" stands twice in the same object"#
        ),
        (
            #"{"type": "WordLevel", "vocab": {"a": 0, "b": -1}}"#,
            #"tokenizer.json: "model.vocab.b" must be an id, a number from 0 to 1,073,741,824"#
        ),
        (
            #"{"type": "WordLevel", "vocab": {"a": "\ud800"}}"#,
            #"tokenizer.json:1:49: \ud800 is half of a surrogate pair, and no character by itself"#
        ),
        (
            #"{"type": "BPE", "vocab": {"a": 0}, "merges": [["a"]]}"#,
            #"tokenizer.json: "model.merges[0]" must be two tokens, ["t", "h"] or "t h""#
        ),
        (
            #"{"type": "BPE", "vocab": {"a": 0}, "merges": ["a a"]}"#,
            #"tokenizer.json: "model.merges[0]" cannot be: the vocabulary does not hold a token of a merge, “aa”"#
        ),
        (
            #"{"type": "BPE", "vocab": [], "merges": []}"#,
            #"tokenizer.json: "model.vocab" must be an object, found an array"#
        ),
        (
            #"{"type": "Unigram", "vocab": [["a", 0], ["b", "c"]]}"#,
            #"tokenizer.json: "model.vocab" holds no number as the score at 1"#
        ),
        (
            #"{"type": "Unigram", "vocab": [["a", 0, 1]]}"#,
            #"tokenizer.json: "model.vocab" holds no pair of a token and its score at 0"#
        ),
        (
            #"{"type": "Elsewhere", "vocab": [1, 2]}"#,
            #"tokenizer.json: "model" is of the unknown kind “Elsewhere”"#
        ),
        (
            #"{"type": "WordLevel", "vocab": {"a": 0}, "vocab": {"b": 0}}"#,
            #"tokenizer.json:1:52: the key "vocab" stands twice in the same object"#
        ),
        (
            #"{"type": "WordLevel", "vocab": {"a": 0"#,
            #"tokenizer.json:1:50: expected "," or "}", found the end"#
        ),
    ])
    func whatIsWrongIsNamedWithItsPlace(_ model: String, _ expected: String) {
        #expect(message(model).hasSuffix(expected), "\(message(model))")
    }
}
