/// The pattern of cl100k, Llama 3 and Qwen 2, which differ in how many digits they keep together:
/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`.
///
/// Matches follow one another without a gap.
struct CL100KScanner: PatternScanner {
    let reader: KindReader
    /// The most digits of a match.
    let digits: Int
    /// tiktoken's own form takes white space at the end of the text whole, line breaks or not.
    let takesFinalSpacesWhole: Bool

    @inline(__always)
    func match(from position: Int) -> (start: Int, end: Int) {
        (position, end(from: position))
    }

    @inline(__always)
    private func end(from position: Int) -> Int {
        let contraction = reader.endOfContraction(from: position, ignoringCase: true)
        if contraction > position { return contraction }
        let (kind, length) = reader.kind(at: position)
        let second = position + length
        if kind & ScalarKind.letter != 0 {
            return reader.endOfRun(ScalarKind.letter, from: second)
        }
        if kind & ScalarKind.number != 0 {
            return reader.endOfRun(ScalarKind.number, from: second, atMost: digits - 1)
        }
        let byte = reader.text[position]
        let next = reader.kind(at: second)
        if next.kind & ScalarKind.letter != 0, byte != 0x0A, byte != 0x0D {
            return reader.endOfRun(ScalarKind.letter, from: second + next.length)
        }
        if kind & ScalarKind.other != 0 || (byte == 0x20 && next.kind & ScalarKind.other != 0) {
            return reader.endOfLineBreaks(
                from: reader.endOfRun(ScalarKind.other, from: second))
        }
        return reader.endOfSpacesAndBreaks(
            from: position, takesFinalSpacesWhole: takesFinalSpacesWhole)
    }
}

extension KindReader {
    /// `\s*[\r\n]+|\s+(?!\S)|\s+`, before it perhaps `\s+$`.
    @inline(__always)
    func endOfSpacesAndBreaks(from start: Int, takesFinalSpacesWhole: Bool) -> Int {
        var runEnd = start
        var breakEnd = start
        while true {
            let (kind, length) = kind(at: runEnd)
            guard kind & ScalarKind.whitespace != 0 else { break }
            let byte = text[runEnd]
            runEnd += length
            if byte == 0x0A || byte == 0x0D { breakEnd = runEnd }
        }
        if takesFinalSpacesWhole, runEnd == text.count { return runEnd }
        if breakEnd > start { return breakEnd }
        return endOfSpaces(from: start, runEnd: runEnd)
    }
}
