import ApusCommand
import Testing

@Suite struct TerminalTests {
    @Test func tablesStandInColumnsWithoutBlanksAtTheEnd() {
        var table = TextTable([.left, .right, .left], titles: ["a", "bb", "c"])
        table.add(["long", "1", ""])
        table.add(["é", "100", "x"])
        #expect(table.text(indent: 1) == " a      bb  c\n long    1\n é     100  x\n")
        #expect(TextTable([.left]).text() == "")
    }

    @Test func countsAndSizesReadWell() {
        #expect(counted(1, "text") == "1 text" && counted(12_345, "text") == "12,345 texts")
        #expect(byteCount(0) == "0 bytes" && byteCount(999) == "999 bytes")
        #expect(byteCount(1000) == "1.0 kB" && byteCount(999_940) == "999.9 kB")
        #expect(byteCount(999_960) == "1.0 MB" && byteCount(1_234_567_890) == "1.2 GB")
        #expect(percent(0.97314) == "97.31 %")
        #expect(shown("a\tb") == "a\\u{9}b" && shown("abcdef", limit: 4) == "abc…")
    }

    @Test func aShellReadsASuggestedLineAsItWasGiven() {
        #expect(shellLine(["apus", "--out=a/b_c", "-"]) == "apus --out=a/b_c -")
        #expect(shellLine(["a b", "", "it's", "$x", "ä"]) == "'a b' '' 'it'\\''s' '$x' 'ä'")
    }
}
