import ApusData
import ApusSystem
import ApusText
import Testing

/// Rows of a text and a label, in turns of two labels.
private func rows(_ texts: [String], _ separator: String) -> String {
    texts.enumerated().map { "\($1)\(separator)\($0 % 2 == 0 ? "x" : "y")\n" }.joined()
}

@Test func theSeparatorIsTheOneThatFitsEveryRow() throws {
    let texts = ["Hello, is it open", "Hello", "a, b, c", "one; two", "a | b", "five"]
    for separator in ["\t", "|", ";", ","] {
        let quoted = texts.map { $0.contains(separator) ? "\"\($0)\"" : $0 }
        for header in ["text\(separator)label\n", ""] {
            for name in ["t.csv", "t.txt", "t.tsv"] where name != "t.tsv" || separator == "\t" {
                let found = try read(header + rows(quoted, separator), name: name)
                // Without multi-line fields, tabs leave quotes as they are unless they are clear.
                #expect(found.map { $0[0] } == texts, "\(separator) \(name)")
                #expect(found.map { $0[1] } == ["x", "y", "x", "y", "x", "y"])
            }
        }
    }
}

@Test func separatorsThatLookLikePartsOfTextsGiveWay() throws {
    let greetings = [
        "Hello, is it open", "Hello, it is broken", "Thanks, all fine", "Oh, well", "Thanks, bye",
        "Hello, again",
    ]
    #expect(try read(rows(greetings, ";")).map { $0[0] } == greetings)
    #expect(try read(rows(greetings, "|")).map { $0[0] } == greetings)
    #expect(try read(rows(greetings, " | ")).map { $0[1] } == ["x", "y", "x", "y", "x", "y"])
    let numbers = ["3,5", "1,2", "0,7", "9,9", "2,0", "4,1"]
    #expect(try read(rows(numbers, ";")).map { $0[0] } == numbers)
    let lists = ["to be; or", "not; to", "be; that", "is; the", "to; a", "or; no"]
    #expect(try read(rows(lists, ",")).map { $0[0] } == lists)
    // Only under semicolons are the quotes quoting.
    let quoted = ["a,b", "c,d", "e,f", "g,h", "i,j", "k,l"]
    #expect(try read(rows(quoted.map { "\"\($0)\"" }, ";")).map { $0[0] } == quoted)
}

@Test func namesInTheFirstRowTellSeparatorsApart() throws {
    let content = "a,b;label,c\np,q;x,y\nr,s;z,w\n"
    #expect(failure(content).hasPrefix("t.csv: several separators give every row the same"))
    let options = TableOptions(textColumns: ["a"], labelColumn: "c")
    #expect(try read(content, options) == [["p", "y"], ["r", "w"]])
    #expect(try read("text;label,a\nb;x,c\nd;y,e\n") == [["b", "x,c"], ["d", "y,e"]])
}

@Test func severalFittingSeparatorsAreNamedAndOneCanBeSaid() throws {
    let content = "Hello,one;x\nHello,two;y\nThanks,two;x\nThanks,one;y\n"
    let error = #expect(throws: DataError.self) { try read(content) }
    #expect(
        error?.message == "t.csv: several separators give every row the same number of columns "
            + "(comma: 2; semicolon: 2)")
    #expect(error?.hint == "say which it is: --separator comma or --separator semicolon")
    let options = TableOptions(labelColumn: "2", separator: .semicolon)
    #expect(
        try read(content, options).map { $0[0] }
            == ["Hello,one", "Hello,two", "Thanks,two", "Thanks,one"])
}

@Test func whereNoSeparatorFitsThoseTriedAreNamed() throws {
    let content = "a^b,c,d\ne^f\ng,h^i\nj,k,l,m^n\n"
    let error = #expect(throws: DataError.self) { try read(content) }
    #expect(
        error?.message == "t.csv: no separator gives every row the same number of columns "
            + "(comma: 3, but 1 in line 2; semicolon: 1; tab: 1; bar: 1)")
    #expect(error?.hint?.contains("--separator CHARACTER") == true)
    let caret = try #require(FieldSeparator("^"))
    #expect(try read(content, TableOptions(labelColumn: "1", separator: caret)).count == 3)
}

@Test func aGuessThatFitsMostRowsIsBlamedForTheOthers() throws {
    let content = "text,label\na,x\nb,y\none, two,y\n"
    let error = #expect(throws: DataError.self) { try read(content) }
    #expect(error?.message == "t.csv:4: 3 columns, the first row has 2")
    #expect(error?.hint?.hasPrefix("the separator, comma, is a guess") == true)
    let said = #expect(throws: DataError.self) {
        try read(content, TableOptions(separator: .comma))
    }
    #expect(said?.message == error?.message)
    #expect(said?.hint?.hasPrefix("fields with separators") == true)
    let quote = #expect(throws: DataError.self) { try read("text,label\na,x\n\"b\" c,y\nd,x\n") }
    #expect(quote?.message == "t.csv:3: text follows the closing quote of column 1")
    #expect(quote?.hint?.contains("is a guess") == true)
}

@Test func quotedHeadersMayHoldLineBreaks() throws {
    for (separator, name) in [(",", "t.csv"), (";", "t.csv"), ("\t", "t.tsv"), ("|", "t.txt")] {
        for end in ["\n", "\r\n"] {
            let texts = ["\"it, is; open\"", "\"a | b\"", "\"two\(end)lines\"", "last"]
            let content =
                "\"text\(end)(one \"\"short\"\" sentence)\"\(separator)label\(end)"
                + texts.enumerated().map { "\($1)\(separator)\($0 % 2)\(end)" }.joined()
            let named = TableOptions(textColumns: ["text (one \"short\" sentence)"])
            for options in [TableOptions(), named] {
                let found = try read(content, name: name, options)
                #expect(found.map { $0[0] } == ["it, is; open", "a | b", "two\nlines", "last"])
            }
        }
    }
    let choice = try TableReader(
        BytesReader("\"text\n(one)\",label\na,x\nb,y\n", name: "t"), labels: true
    ).choice
    #expect(choice.names == ["text\n(one)", "label"])
    #expect(
        choice.description.contains("text: column 1 “text\\u{a}(one)”"), "\(choice.description)")
}

@Test func aFirstLineMayNameTheSeparator() throws {
    for first in ["sep=;", "SEP=;\r", "\"sep=;\"", "\n\nsep=;"] {
        for name in ["t.csv", "t.txt"] {
            #expect(
                try read("\(first)\ntext;label\na,b;x\nc,d;y\n", name: name)
                    == [["a,b", "x"], ["c,d", "y"]])
        }
    }
    #expect(try read("sep=\t\ntext\tlabel\na\tx\nb\ty\n").count == 2)
    #expect(try read("sep=^\ntext^label\na^x\nb^y\n") == [["a", "x"], ["b", "y"]])
    // What is said counts more.
    let options = TableOptions(separator: .comma)
    #expect(try read("sep=;\ntext,label\na;b,x\nc,y\n", options) == [["a;b", "x"], ["c", "y"]])
    #expect(failure("sep=;\ntext;label\na;x\nb\n") == "t.csv:4: 1 column, but column 2 is needed")
    let texts = try TextStore(
        reading: "sep=;\ntext;n\na, b;1\nc;2\n", TableOptions())
    #expect(texts == ["a, b", "c"])
}

@Test func emptyFirstLinesAndRowsBelongToNoColumn() throws {
    let expected = [["a, b", "x"], ["c", "y"]]
    for start in ["\n", "\n\r\n", "  \n", ";;\n", "\t\n\n"] {
        #expect(
            try read(start + "text;label\na, b;x\nc;y\n") == expected, "\(start.debugDescription)")
        #expect(try read(start + "text;label\na, b;x\nc;y\n", name: "t.txt") == expected)
    }
    #expect(try read("\ntext\tlabel\na, b\tx\nc\ty\n", name: "t.tsv") == expected)
    #expect(try read("text;label\n\n   \na, b;x\n\nc;y\n\n") == expected)
}

@Test func commentsBeforeTheFirstRowArePassedOver() throws {
    let content = "# made 2024-05-01; by hand\n# two, lines\ntext;label\na;x\nb;y\n"
    #expect(try read(content) == [["a", "x"], ["b", "y"]])
    #expect(try read(content, name: "t.txt") == [["a", "x"], ["b", "y"]])
    // A row that fits is a row.
    let tags = ["#fun", "#sad", "no", "yes", "#maybe", "well"]
    #expect(try read(rows(tags, ",")).map { $0[0] } == tags)
}

@Test func emptyFieldsBehindTheLastColumnAreLeftAside() throws {
    #expect(try read("text;label;\na, b;x;\nc;y;\n") == [["a, b", "x"], ["c", "y"]])
    #expect(try read("text;label\na, b;x;\nc;y;;\n") == [["a, b", "x"], ["c", "y"]])
    #expect(failure("text;label\na;x\nb;y;z\nc;x\n") == "t.csv:3: 3 columns, the first row has 2")
}

@Test func linesThatEndInCarriageReturnsAloneAreRead() throws {
    for name in ["t", "t.csv"] {
        #expect(
            try read("text;label\ra, b;x\r\"c\rd\";y\r", name: name)
                == [["a, b", "x"], ["c\nd", "y"]])
    }
    #expect(try read("__label__x a b\r__label__y c\r", name: "t") == [["a b", "x"], ["c", "y"]])
    #expect(
        try read("{\"text\":\"a\",\"label\":1}\r{\"text\":\"b\",\"label\":2}", name: "t").count == 2
    )
    #expect(try TextStore(reading: "one\rtwo\r", TableOptions()) == ["one", "two"])
    #expect(failure("text,label\na,x\nb\n").hasPrefix("t.csv:3:"))
    // Inside of other lines they are bytes of the text.
    #expect(try read("text,label\na\rb,x\nc,y\n").map { $0[0] } == ["a\rb", "c"])
}

@Test func quotesInTabSeparatedTextsThatQuoteNothingStay() throws {
    let content = "text\tlabel\n\" a bare one\tx\n5\" disk\ty\n\"\tx\nsay \"hi\"\ty\n"
    for name in ["t.tsv", "t.csv", "t.txt"] {
        #expect(
            try read(content, name: name).map { $0[0] }
                == ["\" a bare one", "5\" disk", "\"", "say \"hi\""])
    }
    #expect(try read(content.replacing("\t", with: "|"), name: "t.csv").count == 4)
}

@Test func tablesOfOneColumnAreTextsAndHaveNoLabels() throws {
    for content in ["text\nHello, world\nwhy\n", "text\n\"Hello, world\"\nwhy\n"] {
        let texts = try TextStore(reading: content, TableOptions(format: .csv))
        #expect(texts == ["Hello, world", "why"])
        #expect(failure(content).hasPrefix("t.csv: no separator gives every row"))
    }
}

@Test func aNameThatPromisesTabsIsNotBelievedWhereThereAreNone() throws {
    try withFile("t.tsv", "text;label\na, b;x\nc;y\n") { path in
        let texts = try LabelledTexts(files: [path])
        #expect(texts.count == 2)
    }
    let options = TableOptions(format: .tsv)
    #expect(failure("text;label\na;x\n", options).contains("1 column, but column 2 is needed"))
}

@Test func theLongestFirstRowsAreSampledToo() throws {
    let long = String(repeating: "word, ", count: 30_000)
    let content = "text;label\n\(long);x\nb;y\n\(long);y\n"
    #expect(try read(content).map { $0[1] } == ["x", "y", "y"])
    // The sample ends inside a quoted field.
    let rows = (0..<4_000).map { "\"text \($0),\nline two\";\($0 % 2)\n" }.joined()
    #expect(try read("text;label\n" + rows).count == 4_000)
}

@Test func separatorsHaveNames() {
    for (text, byte) in [
        (",", 0x2C), ("comma", 0x2C), ("TAB", 9), ("\t", 9), ("\\t", 9), ("pipe", 0x7C),
        ("|", 0x7C), ("^", 0x5E), ("\u{1F}", 0x1F), ("space", 0x20),
    ] {
        #expect(FieldSeparator(text)?.byte == UInt8(byte), "\(text)")
    }
    for text in ["", ",,", "é", "a", "7", "\"", "\n", "\r", "\0", "tabs"] {
        #expect(FieldSeparator(text) == nil, "\(text)")
    }
    #expect(FieldSeparator("|")?.name == "bar" && FieldSeparator("^")?.name == "^")
    #expect("\(FieldSeparator.tab) \(FieldSeparator("^") ?? .tab)" == "tab “^”")
}

extension TextStore {
    /// The texts of a table given as a string, read without labels.
    fileprivate init(reading content: String, _ options: TableOptions) throws {
        let reader = try TableReader(
            BytesReader(content, name: "t"), options: options, labels: false)
        self.init()
        while try reader.next() { reader.appendText(to: &self) }
    }

    fileprivate static func == (store: TextStore, texts: [String]) -> Bool {
        (0..<store.count).map { store[$0] } == texts
    }
}

private func withFile(_ name: String, _ content: String, _ body: (String) throws -> Void) throws {
    let path = "/tmp/apus-tests-\(UInt64.random(in: 0 ... .max))-\(name)"
    try atomicWrite(to: path) { try $0.write(Array(content.utf8)) }
    defer { try? removeTree(path) }
    try body(path)
}
