import ApusSystem
import ApusText
import Testing

/// What Hugging Face's tokenizers 0.23 makes of difficult texts: the folders of `Reference/goldens/tokenizers`, made by
/// `Reference/tokenizer_goldens.py`, and those of `../shared/golden/tokenizers` where they are, or of the folder that
/// `APUS_TOKENIZER_GOLDENS` names.
private let folders: [String] = {
    let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast(4).joined(separator: "/")
    let others =
        environmentVariable("APUS_TOKENIZER_GOLDENS")
        ?? "\(repository)/../shared/golden/tokenizers"
    return ["\(repository)/Reference/goldens/tokenizers", others].flatMap { folder in
        ((try? listDirectory(folder)) ?? []).sorted().map { joinPath(folder, $0) }
            .filter { fileExists(joinPath($0, "expected.jsonl.gz")) }
    }
}()

@Suite("The golden texts of Hugging Face's tokenizers")
struct GoldenTokenizerTests {
    @Test func theTokenizersOfTheRepositoryAreThere() {
        #expect(folders.count { $0.contains("/Reference/goldens/") } == 8)
    }

    @Test(arguments: folders)
    func everyLineComesOutTheSame(_ folder: String) throws {
        let tokenizer = try Tokenizer(json: "\(folder)/tokenizer.json")
        var checked = 0
        try forEachLine(of: folder) { line in
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

    @Test(arguments: folders)
    func whatWasReadIsWrittenToTheSameBehaviour(_ folder: String) throws {
        let tokenizer = try Tokenizer(json: "\(folder)/tokenizer.json")
        let written = "/tmp/apus-tests-\(UInt64.random(in: 0 ... .max))"
        try createDirectory(written)
        defer { try? removeTree(written) }
        let file = written + "/tokenizer.json"
        try tokenizer.save(json: file)
        let again = try Tokenizer(json: file)
        try forEachLine(of: folder, limit: 60) { line in
            #expect(again.ids(of: line.text) == tokenizer.ids(of: line.text))
            #expect(again.decode(line.ids) == tokenizer.decode(line.ids))
        }
    }

    @Test(arguments: folders)
    func streamingGivesTheDecodedTextAndNoPartsOfScalars(_ folder: String) throws {
        let tokenizer = try Tokenizer(json: "\(folder)/tokenizer.json")
        try forEachLine(of: folder) { line in
            guard line.pair == nil else { return }
            var stream = tokenizer.streamingDecoder()
            var text = ""
            for id in line.ids { text += stream.append(id) }
            text += stream.finish()
            #expect(text.utf8.elementsEqual(line.decoded.utf8), "\(line.text.debugDescription)")
        }
    }

    @Test func bytesThatAreNoScalarDoNotSpoilWhatWasGivenOut() throws {
        let folder = try #require(folders.first { $0.hasSuffix("/sentencepiece-bpe") })
        let tokenizer = try Tokenizer(json: "\(folder)/tokenizer.json")
        let (first, second) = (Int32(3 + 0xC3), Int32(3 + 0x80))  // behind three special tokens
        let word = try #require(tokenizer.ids(of: "the").last)
        var stream = tokenizer.streamingDecoder()
        #expect([first, second].map { stream.append($0) } == ["", "À"])
        #expect([first, word].map { stream.append($0) } == ["", "\u{FFFD} the"])
        #expect([first, second].map { stream.append($0) } == ["", "À"])
        #expect(stream.append(first).isEmpty)
        #expect(stream.finish() == "\u{FFFD}")
    }

    private func forEachLine(
        of folder: String, limit: Int = .max, _ body: (GoldenLine) throws -> Void
    ) throws {
        let reader = LineReader(try openForReading("\(folder)/expected.jsonl.gz"))
        try reader.forEachLine { bytes, number in
            guard number <= limit else { return }
            let json = try JSON(parsing: bytes, name: folder, line: number)
            try body(GoldenLine(JSONCursor(json, source: folder)))
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
