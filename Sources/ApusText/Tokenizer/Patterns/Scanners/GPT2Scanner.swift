/// GPT-2's pattern: `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
///
/// Matches follow one another without a gap.
struct GPT2Scanner: PatternScanner {
    let reader: KindReader

    @inline(__always)
    func match(from position: Int) -> (start: Int, end: Int) {
        let contraction = reader.endOfContraction(from: position, ignoringCase: false)
        if contraction > position { return (position, contraction) }
        let space = reader.byte(at: position) == 0x20
        let first = space ? position + 1 : position
        let (kind, length) = reader.kind(at: first)
        let wordKinds = ScalarKind.letter | ScalarKind.number | ScalarKind.other
        guard kind & wordKinds != 0 else {
            let runEnd = reader.endOfRun(ScalarKind.whitespace, from: position)
            return (position, reader.endOfSpaces(from: position, runEnd: runEnd))
        }
        return (position, reader.endOfRun(kind & wordKinds, from: first + length))
    }
}
