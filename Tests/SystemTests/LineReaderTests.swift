import ApusSystem
import Testing

@Suite struct LineReaderTests {
    func lines(_ text: String, step: Int = .max, limit: Int = 1 << 20) throws -> [String] {
        var result: [String] = []
        let reader = LineReader(
            TricklingReader(Array(text.utf8), step: step), maximumLength: limit)
        try reader.forEachLine { line, number in
            result.append(String(decoding: line, as: UTF8.self))
            #expect(number == result.count)
        }
        return result
    }

    @Test func linesEndWithLineFeedOrBothOrTheText() throws {
        for step in [1, 3, 1000] {
            #expect(try lines("", step: step) == [])
            #expect(try lines("\n", step: step) == [""])
            #expect(try lines("a\r\nb\n\nc", step: step) == ["a", "b", "", "c"])
            #expect(try lines("\r\n\r\n", step: step) == ["", ""])
        }
    }

    @Test func aCarriageReturnAloneIsAByteOfItsLine() throws {
        #expect(try lines("a\rb\r\r\nc\r") == ["a\rb\r", "c\r"])
    }

    @Test func linesLongerThanTheBufferArriveWhole() throws {
        let long = String(repeating: "x", count: 300_001)
        for step in [1000, 65_536, 1_000_000] {
            #expect(try lines("a\n\(long)\r\nb\n\(long)", step: step) == ["a", long, "b", long])
        }
    }

    @Test func theLimitAppliesToTheLineWithoutItsBreak() throws {
        #expect(try lines("1234\r\n1234\n1234", limit: 4) == ["1234", "1234", "1234"])
        for text in ["1234\n12345\n", "1234\n12345", "1234\n123456\r\n", "1\n" + long] {
            let error = FileError.lineTooLong(path: "trickle", line: 2, limit: 4)
            #expect(throws: error) { try lines(text, limit: 4) }
        }
    }
    private let long = String(repeating: "x", count: 200_000)

    @Test func linesGoIntoReusedMemory() throws {
        let reader = LineReader(BytesReader("one\ntwo", name: "text"))
        var line: [UInt8] = []
        #expect(try reader.readLine(into: &line))
        #expect(line == Array("one".utf8))
        #expect(try reader.readLine(into: &line))
        #expect(line == Array("two".utf8))
        #expect(reader.lineNumber == 2)
        #expect(try !reader.readLine(into: &line))
    }

    @Test func anyBytesInAnyPiecesGiveTheLinesThatSplittingGives() throws {
        var random = TestRandom(seed: 1)
        for _ in 0..<200 {
            let bytes = (0..<random.next(below: 60)).map { _ in
                [UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "a")][random.next(below: 3)]
            }
            var expected = bytes.split(separator: 10, omittingEmptySubsequences: false).map {
                Array($0)
            }
            let last = expected.removeLast()
            expected = expected.map { $0.last == 13 ? $0.dropLast() : $0 }
            if !last.isEmpty { expected.append(last) }
            var found: [[UInt8]] = []
            try LineReader(TricklingReader(bytes, step: 1 + random.next(below: 9)))
                .forEachLine { line, _ in found.append(Array(line)) }
            #expect(found == expected)
        }
    }
}
