import ApusSystem
import ApusText
import Testing

/// What Hugging Face's tokenizers 0.23 makes of difficult texts: `../shared/golden/tokenizers`, or the folder
/// that `APUS_TOKENIZER_GOLDENS` names (`tokenizer_goldens.py` makes others).
private let goldens: String = {
    if let folder = environmentVariable("APUS_TOKENIZER_GOLDENS") { return folder }
    let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    return repository.dropLast().joined(separator: "/") + "/shared/golden/tokenizers"
}()

private let kinds = [
    "bert", "byte-level-bpe", "character-bpe", "gpt2", "sentencepiece-bpe", "unigram",
    "unigram-byte-fallback", "word-level", "wordpiece-cased",
]

@Suite(
    "The golden texts of Hugging Face's tokenizers",
    .enabled(if: fileExists(goldens), "the golden texts are not there: ../shared/golden/tokenizers")
)
struct GoldenTokenizerTests {
    @Test(arguments: kinds)
    func everyLineComesOutTheSame(_ kind: String) throws {
        let tokenizer = try Tokenizer(json: "\(goldens)/\(kind)/tokenizer.json")
        var checked = 0
        try forEachLine(of: kind) { line in
            checked += 1
            if let pair = line.pair {
                let encoding = tokenizer.encode(line.text, pair: pair)
                #expect(encoding.ids == line.ids, "\(line.text.debugDescription)")
                #expect(encoding.typeIDs == line.typeIDs, "\(line.text.debugDescription)")
                return
            }
            let encoding = tokenizer.encode(line.text)
            #expect(encoding.ids == line.ids, "\(line.text.debugDescription)")
            #expect(tokenizer.ids(of: line.text) == line.ids, "\(line.text.debugDescription)")
            #expect(
                encoding.tokens.map { Array($0.utf8) } == line.tokens.map { Array($0.utf8) },
                "\(line.text.debugDescription)")
            #expect(encoding.scalarRanges == line.offsets, "\(line.text.debugDescription)")
            let decoded = tokenizer.decode(line.ids)
            #expect(
                decoded.utf8.elementsEqual(line.decoded.utf8), "\(line.text.debugDescription)")
        }
        #expect(checked > 0)
    }

    @Test(arguments: kinds)
    func whatWasReadIsWrittenToTheSameBehaviour(_ kind: String) throws {
        let tokenizer = try Tokenizer(json: "\(goldens)/\(kind)/tokenizer.json")
        let folder = "/tmp/apus-tests-\(UInt64.random(in: 0 ... .max))"
        try createDirectory(folder)
        defer { try? removeTree(folder) }
        let file = folder + "/tokenizer.json"
        try tokenizer.save(json: file)
        let again = try Tokenizer(json: file)
        try forEachLine(of: kind, limit: 60) { line in
            #expect(again.ids(of: line.text) == tokenizer.ids(of: line.text))
            #expect(again.decode(line.ids) == tokenizer.decode(line.ids))
        }
    }

    @Test(arguments: kinds)
    func streamingGivesTheDecodedTextAndNoPartsOfScalars(_ kind: String) throws {
        let tokenizer = try Tokenizer(json: "\(goldens)/\(kind)/tokenizer.json")
        try forEachLine(of: kind, limit: 40) { line in
            var stream = tokenizer.streamingDecoder()
            var text = ""
            for id in line.ids { text += stream.append(id) }
            text += stream.finish()
            #expect(text.utf8.elementsEqual(line.decoded.utf8), "\(line.text.debugDescription)")
        }
    }

    private func forEachLine(
        of kind: String, limit: Int = .max, _ body: (GoldenLine) throws -> Void
    ) throws {
        let reader = LineReader(try openForReading("\(goldens)/\(kind)/expected.jsonl.gz"))
        try reader.forEachLine { bytes, number in
            guard number <= limit else { return }
            let json = try JSON(parsing: bytes, name: kind, line: number)
            try body(GoldenLine(JSONCursor(json, source: kind)))
        }
    }
}

/// A line of a golden file.
private struct GoldenLine {
    let text: String
    let pair: String?
    let ids: [Int32]
    let tokens: [String]
    let offsets: [Range<Int>]
    let typeIDs: [Int32]
    let decoded: String

    init(_ json: JSONCursor) throws {
        text = try json["text"].string()
        pair = try json["pair"].isPresent ? json["pair"].string() : nil
        ids = try json["ids"].array().map { Int32(try $0.integer()) }
        tokens = try pair == nil ? json["tokens"].strings() : []
        offsets = try json["offsets"].array(orEmpty: true).map {
            let bounds = try $0.array()
            return try bounds[0].integer()..<bounds[1].integer()
        }
        typeIDs = try json["type_ids"].array(orEmpty: true).map { Int32(try $0.integer()) }
        decoded = try json["decoded"].string(default: "")
    }
}
