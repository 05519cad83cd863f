import ApusSystem
import ApusText
import Testing

/// The vocabularies of real models and what their own programs make of 245 texts in 46 languages and 5,285
/// questions: `../shared/data/tokenizers`.
private let data: String = {
    let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    return repository.dropLast().joined(separator: "/") + "/shared/data/tokenizers"
}()

@Suite(
    "The golden encodings of real vocabularies",
    .enabled(if: fileExists(data), "the vocabularies are not there: ../shared/data/tokenizers"))
struct GoldenDataTests {
    @Test(arguments: [
        ("gpt2", "gpt2/encoder.json.gz"), ("bert_uncased", "bert/vocab.txt.gz"),
        ("clip", "clip/bpe_simple_vocab_16e6.txt.gz"), ("albert_sp", "albert/spiece.model.gz"),
        ("sp_test_model", "sentencepiece/test_model.model.gz"),
    ])
    func everyTextHasTheIDsOfItsOwnProgram(name: String, file: String) throws {
        let tokenizer = try Tokenizer(file: "\(data)/\(file)")
        var checked = 0
        try forEachLine(of: "multi_golden.jsonl") { line in
            let text = try line["text"].string()
            let cleaned = name == "clip" ? Tokenizer.clipCleaned(text) : text
            let ids = try line[name].array().map { Int32(try $0.integer()) }
            #expect(
                tokenizer.encode(cleaned, addingSpecialTokens: false).ids == ids,
                "\(text.debugDescription)")
            #expect(
                tokenizer.ids(of: cleaned, addingSpecialTokens: false) == ids,
                "\(text.debugDescription)")
            checked += 1
        }
        #expect(checked == 245)
    }

    @Test func everyQuestionHasBERTsPieces() throws {
        let bert = try Tokenizer(file: "\(data)/bert/vocab.txt.gz")
        var checked = 0
        try forEachLine(of: "questions_bert.jsonl.gz") { line in
            let text = try line["text"].string()
            let encoding = bert.encode(text, addingSpecialTokens: false)
            #expect(
                try encoding.ids.map { Int($0) } == line["ids"].array().map { try $0.integer() })
            #expect(try encoding.tokens == line["wordpiece"].strings(), "\(text)")
            checked += 1
        }
        #expect(checked == 5_285)
    }

    @Test(arguments: [
        ("bert_uncased_encoded.json", "bert/vocab.txt.gz"),
        ("gpt2_encoded_tokens.json", "gpt2/encoder.json.gz"),
    ])
    func aLongTextHasTheTokensOfItsOwnProgram(golden: String, file: String) throws {
        let tokenizer = try Tokenizer(file: "\(data)/\(file)")
        let json = try JSONCursor(file: "\(data)/golden/\(golden)")
        let text = try json["text"].string()
        let pieces = tokenizer.encode(text, addingSpecialTokens: false).tokens
        #expect(try pieces == json["bpe_tokens"].strings())
        let ids = try json["token_ids"].array().map { Int32(try $0.integer()) }
        #expect(tokenizer.encode(text).ids == ids)
        #expect(
            try tokenizer.decode(
                ids, skippingSpecialTokens: false, cleaningUpSpaces: golden.hasPrefix("bert"))
                == json["decoded_text"].string())
    }

    @Test(arguments: [
        ("bert-base-uncased", "bert/vocab.txt.gz"), ("distilgpt2", "gpt2/encoder.json.gz"),
    ])
    func otherTestsOfTheseVocabulariesPassToo(name: String, file: String) throws {
        let tokenizer = try Tokenizer(file: "\(data)/\(file)")
        let tests = try JSONCursor(file: "\(data)/golden/tokenizer_tests.json")[name].array()
        #expect(tests.count == 9)
        for test in tests {
            let encoding = tokenizer.encode(try test["input"].string())
            let ids = try test["encoded"]["input_ids"].array().map { Int32(try $0.integer()) }
            #expect(encoding.ids == ids)
            #expect(
                try tokenizer.decode(ids, skippingSpecialTokens: false, cleaningUpSpaces: true)
                    == test["decoded_with_special"].string())
            #expect(
                try tokenizer.decode(ids, cleaningUpSpaces: true)
                    == test["decoded_without_special"].string())
        }
    }

    private func forEachLine(of file: String, _ body: (JSONCursor) throws -> Void) throws {
        let name = "\(data)/golden/\(file)"
        try LineReader(openForReading(name)).forEachLine { line, number in
            try body(JSONCursor(JSON(parsing: line, name: name, line: number), source: name))
        }
    }
}
