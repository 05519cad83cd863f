import ApusData
import ApusSystem
import ApusText
import Testing

private func choice(
    _ content: String, _ options: TableOptions = TableOptions(), labels: Bool = true
) throws -> ColumnChoice {
    var options = options
    options.format = .csv
    return try TableReader(BytesReader(content, name: "t.csv"), options: options, labels: labels)
        .choice
}

@Test func usualNamesTellTheColumns() throws {
    let found = try choice("id,Intent,Utterance\n1,x,a\n2,y,b\n")
    #expect(found.text == [2] && found.label == 1 && found.hasHeader)
    #expect(
        found.description
            == "text: column 3 “Utterance”, label: column 2 “Intent”, found by their names")
    // The surer name wins; what is not the text is the label.
    #expect(try choice("title,text,topic\na,b,x\n").text == [1])
    #expect(try choice("sentence,verdict\na,x\nb,y\n").label == 1)
    #expect(try choice("foo,lang\na,x\nb,y\n").text == [0])
}

@Test func twoColumnsWithoutNamesAreToldByTheirValues() throws {
    let rows = (0..<20).map { "\($0 % 3),text number \($0)" }
    let plain = try choice(rows.joined(separator: "\n"))
    #expect(plain.text == [1] && plain.label == 0 && !plain.hasHeader)
    #expect(
        plain.description == "text: column 2, label: column 1, found by their values, no header")
    let headed = try choice((["foo,bar"] + rows).joined(separator: "\n"))
    #expect(headed.text == [1] && headed.label == 0 && headed.hasHeader)
    #expect(headed.names == ["foo", "bar"])
}

@Test func aUsualNameThatOccursAgainIsAValue() throws {
    let rows = ["question,what is it", "comment,it is so"].flatMap { line in
        (0..<5).map { "\(line) \($0)" }
    }
    let found = try choice(rows.joined(separator: "\n"))
    #expect(found.text == [1] && found.label == 0 && !found.hasHeader)
}

@Test func columnsByNumberHaveNoHeaderIfTheFirstLabelOccursAgain() throws {
    let options = TableOptions(textColumns: ["1"], labelColumn: "2")
    #expect(try choice("a,x\nb,y\nc,x\n", options).hasHeader == false)
    #expect(try choice("a,x\nb,y\nc,y\n", options).hasHeader == true)
    #expect(try read("a,x\nb,y\nc,x\n", options).count == 3)
    #expect(try read("a,x\nb,y\nc,y\n", options).count == 2)
    var known = options
    known.knownLabels = LabelSet(["x", "y"])
    #expect(try choice("a,x\nb,y\n", known).hasHeader == false)
    var told = options
    told.hasHeader = true
    #expect(try choice("a,x\nb,y\nc,x\n", told).hasHeader == true)
    told.hasHeader = false
    #expect(try choice("text,label\nb,y\n", told).hasHeader == false)
}

@Test func theRowThatTheSampleCutsOffIsReadWhole() throws {
    // More than the sample of 1 MiB; the first label occurs again in its middle, rows are quoted.
    let rows = (0..<40_000).map { "\"some, text of number \($0)\",\($0 % 7)" }
    let found = try read(rows.joined(separator: "\n"))
    #expect(found.count == 40_000)
    #expect(found[39_999] == ["some, text of number 39999", "1"])
}

@Test func textAloneIsFoundToo() throws {
    #expect(try choice("review,stars\na,1\n", labels: false).text == [0])
    #expect(try choice("text\na\nb\n", labels: false).hasHeader)
    #expect(try choice("a\nb\n", labels: false).hasHeader == false)
    #expect(try choice("x,y\n1,2\n", TableOptions(textColumns: ["2"]), labels: false).text == [1])
    #expect(throws: DataError.textColumnUnclear(file: "t.csv", columns: ["x", "z"])) {
        try choice("x,z\n1,2\n", labels: false)
    }
}

@Test func whatCannotBeToldIsAsked() {
    #expect(failure("a,b,c\n1,2,3\n") == "t.csv:1: it is not clear which column holds the labels")
    #expect(
        failure("a,b,label\n1,2,3\n") == "t.csv:1: it is not clear which column holds the text")
    #expect(
        failure("a\nb\n") == "t.csv: no separator gives every row the same number of columns "
            + "(comma: 1; semicolon: 1; tab: 1; bar: 1)")
    let one = TableOptions(labelColumn: "3")
    #expect(
        failure("a,b,c\n1,2,3\n", one) == "t.csv:1: it is not clear which column holds the text")
}

@Test func unknownColumnsAreAnsweredWithTheNearest() {
    let options = TableOptions(textColumns: ["txet"], labelColumn: "label")
    let error = #expect(throws: DataError.self) { try read("text,label\na,x\n", options) }
    #expect(error?.message == "t.csv:1: there is no column “txet”")
    #expect(error?.hint == "did you mean text? columns: 1 text, 2 label")
    let numbers = TableOptions(textColumns: ["1"], labelColumn: "3")
    #expect(
        failure("text,label\na,x\n", numbers)
            == "t.csv:1: there is no column 3; the first row has 2")
    for number in ["0", "-1", "99999999999999999999"] {
        let options = TableOptions(textColumns: [number], labelColumn: "2")
        #expect(failure("text,label\na,x\n", options).contains("there is no column"))
    }
    let nameless = TableOptions(textColumns: ["text"], labelColumn: "2", hasHeader: false)
    #expect(
        failure("text,label\na,x\n", nameless)
            == "t.csv: column “text” is named, and there is no header")
}

@Test func amongManyColumnsValuesTellTextAndLabel() throws {
    let rows = (0..<20).map {
        "\($0),a review of film \($0) that is long,\($0 % 2 == 0 ? "pos" : "neg"),2024-01-\(10 + $0 % 9)"
    }
    let plain = try choice(rows.joined(separator: "\n"))
    #expect(plain.text == [1] && plain.label == 2 && !plain.hasHeader && plain.reason == .values)
    for names in ["id,review_body,sentiment,when", "a,b,c,d"] {
        let headed = try choice(([names] + rows).joined(separator: "\n"))
        #expect(headed.text == [1] && headed.label == 2 && headed.hasHeader)
        let alone = try choice(([names] + rows).joined(separator: "\n"), labels: false)
        #expect(alone.text == [1] && alone.hasHeader)
    }
    let given = try choice(rows.joined(separator: "\n"), TableOptions(labelColumn: "4"))
    #expect(given.text == [1] && given.label == 3)
    // Two columns that recur, or two of long texts: who knows which.
    #expect(throws: DataError.self) {
        try choice(rows.map { $0 + ($0.contains("pos") ? ",1" : ",0") }.joined(separator: "\n"))
    }
    let texts = (0..<20).map { "some text \($0),other text \($0),\($0 % 2)" }
    #expect(throws: DataError.self) { try choice(texts.joined(separator: "\n")) }
}

@Test func keysOfJSONLinesAreToldByTheirValuesToo() throws {
    let rows = (0..<20).map {
        "{\"id\":\($0),\"body_en\":\"a text of number \($0)\",\"verdict\":\"\($0 % 3)\"}"
    }
    #expect(
        try read(rows.joined(separator: "\n"), name: "t.jsonl")[4] == ["a text of number 4", "1"])
}

@Test func spacesAroundNamesAndLabelsAreNoPartOfThem() throws {
    #expect(
        try read("text, label\ngood film, pos\nbad film,\tneg \n")
            == [["good film", "pos"], ["bad film", "neg"]])
    #expect(failure("text, label\na, x\nb, \n") == "t.csv:3: the label is empty")
}

@Test func verticalBarsPartFieldsWhereTheyRecur() throws {
    #expect(try read("text|label\na, b|x\nc|y\n", name: "t") == [["a, b", "x"], ["c", "y"]])
    #expect(
        failure("some|text\nother text\n", name: "t") == "t: plain lines of text without labels")
}
