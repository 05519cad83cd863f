import ApusData
import ApusSystem
import ApusText
import Testing

@Test func rowsWithTooFewOrTooManyColumnsAreNamedByTheirLine() {
    #expect(
        failure("text,label\na,x\n\"two\nlines\",y\nb\n")
            == "t.csv:5: 1 column, but column 2 is needed")
    #expect(
        failure("text,label\na,x\none, two,y\n") == "t.csv:3: 3 columns, the first row has 2")
    #expect(failure("text,label\na,x\nb,\n") == "t.csv:3: the label is empty")
}

@Test func openQuotesAreNamedByTheLineTheyOpenIn() {
    #expect(
        failure("text,label\na,x\n\"b,y\nc,x\n")
            == "t.csv:3: a quoted field begins here and is never closed")
    #expect(
        failure("text,label\n\"say \"hi\" now\",y\n")
            == "t.csv:2: text follows the closing quote of column 1")
    var options = TableOptions(textColumns: ["text"], labelColumn: "label")
    options.maximumRowBytes = 1_000
    let long = "text,label\na,x\n\"" + String(repeating: "b\n", count: 800)
    #expect(
        failure(long, options)
            == "t.csv:3: the row that begins here is longer than 1000 bytes")
}

@Test func bytesThatNoTextHasAreNamedByLineAndByte() {
    let head = Array("text,label\nab,x\n".utf8)
    #expect(
        failure(head + [0x61, 0xE9, 0x2C, 0x79]) == "t.csv:3: byte 2 of the line is not UTF-8")
    #expect(
        failure(head + Array("0123456789".utf8) + [0, 0x2C, 0x79])
            == "t.csv:3: byte 11 of the line is NUL")
    for broken: [UInt8] in [
        [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ] {
        for padding in 0..<20 {
            let line = [UInt8](repeating: 0x61, count: padding) + broken + Array(",x\n".utf8)
            #expect(
                failure(head + line)
                    == "t.csv:3: byte \(padding + 1) of the line is not UTF-8", "\(broken)")
        }
    }
}

@Test func emptyFilesAreErrors() {
    #expect(failure("") == "t.csv: the file is empty")
    #expect(failure("\n\n") == "t.csv: the file is empty")
    #expect(failure("text,label\n") == "t.csv: there are no rows below the header")
    #expect(failure("", name: "t.jsonl") == "t.jsonl: the file is empty")
    #expect(failure("", name: "t.txt") == "t.txt: the file is empty")
    #expect(failure("\u{FEFF}", name: "t.tsv") == "t.tsv: the file is empty")
}

@Test func aLineOfFiftyMegabytesIsAnErrorWithItsNumber() {
    var content = Array("text,label\na,x\n".utf8)
    content += [UInt8](repeating: 0x61, count: 50_000_000)
    let message = failure(content)
    #expect(message.hasPrefix("t.csv:3: "), "\(message)")
}

@Test func labelsThatTrainingNeverSawAreNamedByTheirLine() throws {
    let data = try LabelledTexts(
        BytesReader("text,label\na,pos\nb,negg\n", name: "dev.csv"),
        options: TableOptions(format: .csv))
    let error = #expect(throws: DataError.self) {
        try data.relabelled(by: LabelSet(["neg", "pos", "zero"]))
    }
    #expect(error?.message == "dev.csv:3: the label “negg” was never seen in training")
    #expect(error?.hint?.hasPrefix("did you mean neg?") == true)
    let same = try data.relabelled(by: LabelSet(["negg", "pos", "a"]))
    #expect(same.labelIDs == [2, 1])
    #expect(same.place(of: 1) == "dev.csv:3")
    #expect(same.labelCounts == [0, 1, 1])
}

@Test func aLabelForEachTextCannotBeLearned() throws {
    let pairs = (0..<21).map { (text: "a", label: "\($0)") }
    #expect(throws: DataError.everyTextItsLabel(file: "texts", count: 21)) {
        try LabelledTexts(pairs).checkForTwoLabels()
    }
    try LabelledTexts(pairs.dropLast()).checkForTwoLabels()
    try LabelledTexts(pairs + pairs.prefix(1)).checkForTwoLabels()
}

@Test func filesOfOtherKindsAreNamed() {
    let array = DataError.jsonArray(file: "t").message
    #expect(failure("[{\"text\":\"a\"}]", name: "t") == array)
    #expect(failure("[\n  {\"text\":\"a\"}\n]", name: "t") == array)
    #expect(failure("[{\"text\":\"a\"}]", name: "t.jsonl").hasSuffix("one object a line"))
    #expect(
        failure([UInt8](repeating: 0, count: 1 << 20), name: "t")
            == "t:1: byte 1 of the line is NUL")
    #expect(throws: DataError.sameColumn(file: "t.csv", column: "2")) {
        try read(
            "text,label\na,b\n", TableOptions(textColumns: ["label"], labelColumn: "2"))
    }
}

@Test func textsToBeClassifiedAreMended() throws {
    let content = Array("text,n\nab,1\nc".utf8) + [0xE9, 0x2C, 0x32, 0x0A, 0x00, 0x2C, 0x33]
    let reader = try TableReader(
        BytesReader(content, name: "t"),
        options: TableOptions(textColumns: ["text"], format: .csv, mendsText: true), labels: false)
    var texts: [String] = []
    while try reader.next() { texts.append(reader.text) }
    #expect(texts == ["ab", "c\u{FFFD}", " "])
    #expect(reader.mender?.count == 2 && reader.mender?.firstLine == 3)
}

@Test func oneLabelIsTooFew() throws {
    let data = LabelledTexts([(text: "a", label: "x"), (text: "b", label: "x")])
    #expect(throws: DataError.oneLabel(file: "texts", label: "x")) { try data.checkForTwoLabels() }
    #expect(data.place(of: 1) == "text 2")
}

@Test func noBytesCrashTheReaders() {
    var state: UInt64 = 7
    func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
    let pieces =
        [
            "\"", "\"\"", ",", "\t", "\n", "\r\n", "\r", "text", "label", "x", "é", "{", "}", ":",
            "\\u00",
            "__label__", " ", "1", "\u{0}", "\"text\":", "[", "]", ";", "\u{FEFF}",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xFE, 0xFF]]
    for round in 0..<3_000 {
        let content = (0..<Int(next() % 24)).flatMap { _ in pieces[Int(next()) % pieces.count] }
        let format = TableFormat.allCases[round % TableFormat.allCases.count]
        for options in [
            TableOptions(format: format), TableOptions(),
            TableOptions(textColumns: ["1"], labelColumn: "2", format: format),
        ] {
            _ = try? LabelledTexts(BytesReader(content, name: "t"), options: options)
            if let reader = try? TableReader(
                BytesReader(content, name: "t"), options: options, labels: false)
            {
                while (try? reader.next()) == true { _ = reader.text }
            }
        }
    }
}

@Test func streamsThatComeInSmallPiecesReadTheSame() throws {
    let content = "\u{FEFF}text,label\r\n\"a\r\nb, \"\"c\"\"\",x\r\nd,y\r\ne,x"
    for size in 1...9 {
        let reader = SmallPieces(Array(content.utf8), size: size)
        let data = try LabelledTexts(reader, options: TableOptions(format: .csv))
        #expect((0..<data.count).map { data.texts[$0] } == ["a\nb, \"c\"", "d", "e"])
        #expect((0..<data.count).map { data.place(of: $0) } == ["pipe:2", "pipe:4", "pipe:5"])
    }
}

private final class SmallPieces: ByteReader {
    let name = "pipe"
    private var rest: ArraySlice<UInt8>
    private let size: Int

    init(_ bytes: [UInt8], size: Int) {
        rest = bytes[...]
        self.size = size
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(size, rest.count, buffer.count)
        buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
    }
}
