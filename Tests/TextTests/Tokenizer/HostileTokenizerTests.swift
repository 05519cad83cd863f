import ApusSystem
import ApusText
import Testing

/// Tokenizer files that ask for what cannot be.
struct HostileTokenizerTests {
    private func tokenizer(normalizer: String, decoder: String = "null") throws -> Tokenizer {
        let folder = "/tmp/apus-tests-\(UInt64.random(in: 0 ... .max))"
        try createDirectory(folder)
        defer { try? removeTree(folder) }
        let file = folder + "/tokenizer.json"
        let text = """
            {"normalizer": \(normalizer), "decoder": \(decoder), "model":
             {"type": "WordLevel", "vocab": {"a": 0, "[UNK]": 1}, "unk_token": "[UNK]"}}
            """
        try atomicWrite(to: file) { try $0.write(Array(text.utf8)) }
        return try Tokenizer(file: file)
    }

    private func doublings(_ count: Int, _ list: String) -> String {
        let one = #"{"type": "Replace", "pattern": {"String": "a"}, "content": "aa"}"#
        let all = Array(repeating: one, count: count).joined(separator: ", ")
        return #"{"type": "Sequence", "\#(list)": [\#(all)]}"#
    }

    @Test func aHundredDoublingsOfTheTextAreRefused() {
        #expect(throws: TokenizerError.self) {
            try tokenizer(normalizer: doublings(100, "normalizers"))
        }
        #expect(throws: TokenizerError.self) {
            try tokenizer(normalizer: "null", decoder: doublings(100, "decoders"))
        }
    }

    @Test func aFewDoublingsAreNot() throws {
        let tokenizer = try tokenizer(normalizer: doublings(3, "normalizers"))
        #expect(tokenizer.encode("a").tokens == ["[UNK]"])
    }

    @Test func anUnknownComponentIsNamedWithTheKnownOnes() {
        do {
            _ = try tokenizer(normalizer: #"{"type": "NFX"}"#)
            Issue.record("it was read")
        } catch let error as TokenizerError {
            #expect(error.message.hasSuffix(#": "normalizer" is of the unknown kind “NFX”"#))
            #expect(error.hint == "did you mean NFC?")
        } catch {
            Issue.record("another error: \(error)")
        }
    }
}
