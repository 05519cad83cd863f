import ApusCommand
import ApusSystem
import ApusText
import Testing

@Suite struct LineBlocksTests {
    /// Gives out a few bytes a call, as pipes do.
    final class Trickle: ByteReader {
        let name = "trickle"
        private let whole: BytesReader
        private let step: Int

        init(_ bytes: [UInt8], step: Int) {
            whole = BytesReader(bytes, name: "trickle")
            self.step = step
        }

        func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
            whole.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(step)))
        }
    }

    /// The lines, and the message of the error that ended them.
    func lines(_ bytes: [UInt8], step: Int, maximumLength: Int = 100) -> (
        lines: [String], error: String?
    ) {
        let blocks = LineBlocks(
            TextReader(Trickle(bytes, step: step)), maximumLength: maximumLength)
        var lines: [String] = []
        do {
            while let block = try blocks.next() {
                #expect(!block.isEmpty)
                lines += (0..<block.count).map { block[$0] }
            }
            return (lines, nil)
        } catch {
            return (lines, (error as? any DescribedError)?.message)
        }
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func linesAreCutAtLineFeedsHoweverTheyArrive(step: Int) {
        func cut(_ text: String) -> [String] { lines(Array(text.utf8), step: step).lines }
        #expect(cut("") == [])
        #expect(cut("one") == ["one"])
        #expect(cut("one\ntwo\n") == ["one", "two"])
        #expect(cut("\n\n") == ["", ""])
        #expect(cut("one\r\ntwo\rthree\r\n") == ["one", "two\rthree"])
        #expect(cut("\u{FEFF}one\n\u{FEFF}two") == ["one", "\u{FEFF}two"])
        #expect(cut("ä\n中\n🙂") == ["ä", "中", "🙂"])
    }

    @Test(arguments: [1, 5, 1000])
    func whatIsNoTextIsMendedAndCounted(step: Int) throws {
        let bytes =
            Array("one\ntwo\nth".utf8) + [0xE4] + Array("ee\nf\u{0}ur\n".utf8) + [0xE2, 0x82]
        let blocks = LineBlocks(Trickle(bytes, step: step))
        var found: [String] = []
        while let block = try blocks.next() { found += (0..<block.count).map { block[$0] } }
        #expect(found == ["one", "two", "th\u{FFFD}ee", "f ur", "\u{FFFD}"])
        #expect(blocks.mender.count == 3 && blocks.mender.firstLine == 3)
    }

    @Test(arguments: [1, 5, 1000])
    func aLineTooLongEndsTheStreamAfterTheLinesBefore(step: Int) {
        let long = lines(
            Array("one\n\(String(repeating: "x", count: 101))\nthree".utf8), step: step)
        #expect(long.lines == ["one"])
        #expect(long.error == "trickle:2: the line is longer than 100 bytes")
        let whole = lines(Array("\(String(repeating: "x", count: 100))\r\n".utf8), step: step)
        #expect(whole.lines.count == 1 && whole.error == nil)
    }
}
