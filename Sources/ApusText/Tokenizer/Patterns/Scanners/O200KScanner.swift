/// The pattern of o200k (GPT-4o): words are cut where lower case turns to upper case, contractions stay with them.
///
/// With `U` for `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]` and `L` for `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`, words are
/// `[^\r\n\p{L}\p{N}]?U*L+(?i:'s|'t|'re|'ve|'m|'ll|'d)?` or else `[^\r\n\p{L}\p{N}]?U+L*(…)?`; the rest is
/// `\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`. Matches follow one another without a gap.
struct O200KScanner: PatternScanner {
    let reader: KindReader

    @inline(__always)
    func match(from position: Int) -> (start: Int, end: Int) {
        (position, end(from: position))
    }

    @inline(__always)
    private func end(from position: Int) -> Int {
        let (kind, length) = reader.kind(at: position)
        let second = position + length
        if kind & ScalarKind.letter != 0 {
            return endWithContraction(endOfWord(from: position))
        }
        if kind & ScalarKind.number != 0 {
            return reader.endOfRun(ScalarKind.number, from: second, atMost: 2)
        }
        let byte = reader.text[position]
        let next = reader.kind(at: second)
        if byte != 0x0A, byte != 0x0D {
            // One scalar before the word is tried first; a mark may also begin the word itself.
            let wordKinds = ScalarKind.opening | ScalarKind.closing
            let isMark = kind & wordKinds != 0
            if next.kind & wordKinds != 0 {
                if isMark { return endWithContraction(endAroundMark(position, second)) }
                return endWithContraction(endOfWord(from: second))
            }
            if isMark { return endWithContraction(endOfWord(from: position)) }
        }
        if kind & ScalarKind.other != 0 || (byte == 0x20 && next.kind & ScalarKind.other != 0) {
            return reader.endOfLineBreaks(
                from: reader.endOfRun(ScalarKind.other, from: second), orSlashes: true)
        }
        return reader.endOfSpacesAndBreaks(from: position, takesFinalSpacesWhole: false)
    }

    @inline(__always)
    private func endWithContraction(_ end: Int) -> Int {
        reader.endOfContraction(from: end, ignoringCase: true)
    }

    /// A word that begins with a mark or has it in front: `U*L+` behind the mark, `U*L+` from the mark on, then `U+L*`
    /// behind the mark.
    private func endAroundMark(_ mark: Int, _ second: Int) -> Int {
        let behind = endOfLowerWord(from: second)
        if behind > second { return behind }
        // A mark alone is an L, so that this cannot fail.
        return endOfLowerWord(from: mark)
    }

    /// `U*L+`, or else `U+L*`, from a scalar that is in one of the two.
    @inline(__always)
    private func endOfWord(from start: Int) -> Int {
        let end = endOfLowerWord(from: start)
        return end > start ? end : reader.endOfRun(ScalarKind.opening, from: start)
    }

    /// `U*L+` as a backtracking matcher finds it; `start` where there is none.
    ///
    /// U takes all it can. If no L follows it gives back, up to the last scalar that is in both.
    @inline(__always)
    private func endOfLowerWord(from start: Int) -> Int {
        var index = start
        var lastBoth = start
        while true {
            let (kind, length) = reader.kind(at: index)
            guard kind & ScalarKind.opening != 0 else {
                guard kind & ScalarKind.closing != 0 else { return lastBoth }
                return reader.endOfRun(ScalarKind.closing, from: index + length)
            }
            index += length
            if kind & ScalarKind.closing != 0 { lastBoth = index }
        }
    }
}
