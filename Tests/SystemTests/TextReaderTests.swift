import ApusSystem
import Testing

@Suite struct TextReaderTests {
    private func text(_ bytes: [UInt8], step: Int) throws -> [UInt8] {
        try TextReader(TricklingReader(bytes, step: step)).readToEnd()
    }

    @Test(arguments: [1, 2, 3, 4, 1000]) func aMarkAtTheStartIsLeftOut(step: Int) throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(try text(mark + [0x61] + mark, step: step) == [0x61] + mark)
        #expect(try text(mark, step: step) == [])
        #expect(try text([], step: step) == [])
        for start in [
            [0x61], [0xEF], [0xEF, 0xBB], [0xEF, 0xBB, 0x62], [0, 0, 0xFE], [0xFF, 0x61],
        ] {
            let bytes = start.map(UInt8.init)
            #expect(try text(bytes, step: step) == bytes)
        }
    }

    @Test(arguments: [1, 1000]) func otherEncodingsAreNamedWithTheRemedy(step: Int) {
        for (bytes, encoding) in [
            ([0xFF, 0xFE, 0x61, 0], "UTF-16"), ([0xFE, 0xFF, 0, 0x61], "UTF-16"),
            ([0xFF, 0xFE], "UTF-16"), ([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "UTF-32"),
            ([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61], "UTF-32"),
        ] {
            let error = FileError.notUTF8(path: "trickle", encoding: encoding)
            #expect(throws: error) { try text(bytes.map(UInt8.init), step: step) }
            #expect(error.message == "trickle: this is text in \(encoding), UTF-8 is needed")
            #expect(error.hint?.contains("iconv") == true)
        }
    }

    @Test func filesAreOpenedWithoutTheMark() throws {
        let file = "/tmp/apus-text-\(UInt64.random(in: 0 ... .max))"
        try atomicWrite(to: file) { try $0.write("\u{FEFF}{\"a\": 1}\n") }
        defer { try? removeTree(file) }
        #expect(try readText(file) == Array("{\"a\": 1}\n".utf8))
        #expect(try JSON(file: file)["a"] == 1)
    }
}
