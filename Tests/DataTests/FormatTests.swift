import ApusData
import ApusSystem
import ApusText
import Testing

@Test func quotedFieldsHoldSeparatorsQuotesAndLineBreaks() throws {
    let content =
        "text,label\r\n\"a, \"\"b\"\"\",x\r\n\"two\nlines\r\n\"\"\",y\nplain \"q\",\"x\"\n\"\",y"
    #expect(
        try read(content) == [
            ["a, \"b\"", "x"], ["two\nlines\n\"", "y"], ["plain \"q\"", "x"], ["", "y"],
        ])
}

@Test func everyWayToEndALineIsRead() throws {
    for end in ["\n", "\r\n"] {
        for last in ["", end, end + end] {
            let content = ["text,label", "a,x", "", "b,y", "c,x"].joined(separator: end) + last
            #expect(try read(content) == [["a", "x"], ["b", "y"], ["c", "x"]])
        }
    }
}

@Test func aByteOrderMarkIsNoPartOfTheHeader() throws {
    #expect(try read("\u{FEFF}text,label\na,x\nb,y\n") == [["a", "x"], ["b", "y"]])
    #expect(try read("\u{FEFF}\"text\",label\na,x\nb,y\n") == [["a", "x"], ["b", "y"]])
    #expect(
        try read("\u{FEFF}{\"text\": \"a\", \"label\": 1}\n", name: "t.jsonl") == [["a", "1"]])
    #expect(
        failure([0xFF, 0xFE, 0x61, 0x00]) == "t.csv:1: the file is in UTF-16")
}

@Test func quotesInTabSeparatedFilesAreOrdinaryUnlessTheyAreClear() throws {
    let content = """
        label\ttext
        x\t" a bare one
        y\t"wrapped, but no pair inside"
        x\t"a ""clear"" case"
        y\t"one" and "two"
        x\t"
        y\t""
        x\t"odd \"\"\" count"
        """
    #expect(
        try read(content, name: "t.tsv").map { $0[0] } == [
            "\" a bare one", "\"wrapped, but no pair inside\"", "a \"clear\" case",
            "\"one\" and \"two\"", "\"", "\"\"", "\"odd \"\"\" count\"",
        ])
    let quoted = "\"label\"\t\"text\"\n\"x\"\t\"one\"\n\"y\"\t\"\"\n\"x\"\tbare \"one\"\n"
    #expect(
        try read(quoted, name: "t.tsv") == [["one", "x"], ["", "y"], ["bare \"one\"", "x"]])
}

@Test func semicolonsAndTabsPartFieldsWhereTheFirstLineHasNoComma() throws {
    #expect(try read("text;label\na, b;x\nc;y\n") == [["a, b", "x"], ["c", "y"]])
    #expect(try read("text\tlabel\na, b\tx\nc\ty\n") == [["a, b", "x"], ["c", "y"]])
}

@Test func aJSONObjectALineIsRead() throws {
    let content = """
        {"id": 7, "text": "a \\"b\\"\\n\\u00e9", "label": "x", "more": [1, {"deep": null}]}

        {"label": true, "text": "c", "id": 8, "more": null}
        {"text": "d", "label": 3, "unknown": "ignored"}
        """
    for name in ["t.jsonl", "t.ndjson", "t.txt"] {
        #expect(
            try read(content, name: name) == [["a \"b\"\né", "x"], ["c", "true"], ["d", "3"]])
    }
    #expect(
        failure("{\"text\": \"a\", \"label\": 1}\n{\"text\": \"b\"}\n", name: "t.jsonl")
            == "t.jsonl:2: no text, number or truth value under “label”")
    #expect(failure("{\"text\": \"a\"\n", name: "t.jsonl").hasPrefix("t.jsonl:1"))
    #expect(failure("[1]\n", name: "t.jsonl").hasPrefix("t.jsonl:1"))
}

@Test func fastTextLinesAreRead() throws {
    let content = "__label__good nice , \"film\"\n\n__label__bad\tawful\r\n__label__good\n"
    #expect(
        try read(content, name: "t.txt") == [
            ["nice , \"film\"", "good"], ["awful", "bad"], ["", "good"],
        ]
    )
    #expect(
        failure("__label__a __label__b text\n", name: "t.ft") == "t.ft:1: more than one label")
    #expect(
        failure("__label__a x\nno label\n", name: "t.txt")
            == "t.txt:2: no word of the line begins with __label__")
    #expect(
        failure("__label__a x\n__label__ y\n", name: "t.txt") == "t.txt:2: the label is empty")
}

@Test func fastTextLabelsStandAnywhereBetweenWhiteSpace() throws {
    let content =
        " __label__calm the kettle hums\n\t__label__loud\u{B}doors slam\r\n \t\n"
        + "rain falls __label__calm on leaves \nsirens  howl __label__loud\n__label__calm\n"
        + "my__label__x stays __label__loud __label__loud\n"
    for name in ["t.txt", "t"] {
        let found = try read(content, name: name)
        #expect(
            found.map { $0[0] } == [
                "the kettle hums", "doors slam", "rain falls on leaves", "sirens  howl", "",
                "my__label__x stays",
            ])
        #expect(found.map { $0[1] } == ["calm", "loud", "calm", "loud", "calm", "loud"])
    }
    #expect(
        failure("__label__a x\ny __label__a z __label__b\n", name: "t")
            == "t:2: more than one label")
    // Without labels, lines need none, and several are no mistake.
    let texts = try TableReader(
        BytesReader("a __label__x b\n\nc\n__label__y d __label__x\n", name: "t"), labels: false)
    var lines: [String] = []
    while try texts.next() { lines.append(texts.text) }
    #expect(lines == ["a b", "c", "d"] && texts.format == .fastText)
    // Words of a few lines only are no format.
    let words = "one\ntwo __label__x\nthree\nfour\n"
    #expect(failure(words, name: "t") == "t: plain lines of text without labels")
}

@Test func plainLinesAreTextsWithoutLabels() throws {
    let reader = try TableReader(
        BytesReader("one\ttwo, three\n\nlast", name: "-"), labels: false)
    var lines: [String] = []
    while try reader.next() {
        #expect(reader.line == lines.count + 1)
        lines.append(reader.text)
    }
    #expect(lines == ["one\ttwo, three", "", "last"])
    #expect(reader.format == .lines)
    #expect(failure("just text\n", name: "t.txt") == "t.txt: plain lines of text without labels")
    let nothing = try TableReader(BytesReader("", name: "-"), labels: false)
    #expect(try nothing.next() == false)
}

@Test func theNameOfAFileTellsItsFormat() {
    #expect(TableFormat(path: "a/b.c/train.csv") == .csv)
    #expect(TableFormat(path: "train.TSV.gz") == .tsv)
    #expect(TableFormat(path: "train.jsonl.gz") == .jsonLines)
    #expect(TableFormat(path: "csv") == nil)
    #expect(TableFormat(path: "train.txt.gz") == nil)
}

@Test func textsOfSeveralColumnsAreJoined() throws {
    let content = "title,body,class\nA,\"b \"\"c\"\"\",x\nD,,y\n"
    let options = TableOptions(textColumns: ["title", "body"], labelColumn: "class")
    #expect(try read(content, options) == [["A b \"c\"", "x"], ["D ", "y"]])
    let turned = TableOptions(textColumns: ["2", "1"], labelColumn: "3")
    #expect(try read(content, turned) == [["b \"c\" A", "x"], [" D", "y"]])
}
