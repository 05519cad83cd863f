/// CLIP's pattern: `'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`; white space is not matched.
struct CLIPScanner: PatternScanner {
    let reader: KindReader
    /// OpenAI's program ignores case, which only contractions notice.
    let ignoresCase: Bool

    @inline(__always)
    func match(from position: Int) -> (start: Int, end: Int) {
        let start = reader.endOfRun(ScalarKind.whitespace, from: position)
        guard start < reader.count else { return (start, -1) }
        let contraction = reader.endOfContraction(from: start, ignoringCase: ignoresCase)
        if contraction > start { return (start, contraction) }
        let (kind, length) = reader.kind(at: start)
        if kind & ScalarKind.number != 0 { return (start, start + length) }
        let run = kind & (ScalarKind.letter | ScalarKind.other)
        return (start, reader.endOfRun(run, from: start + length))
    }
}
