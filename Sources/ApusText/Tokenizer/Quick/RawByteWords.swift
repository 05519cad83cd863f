/// Byte-level words: matches of a pattern, which follow one another without a gap.
struct PatternWords<Scanner: PatternScanner>: WordScanner {
    let scanner: Scanner
    let count: Int

    @inline(__always)
    func next(from position: Int) -> (start: Int, end: Int) {
        position < count ? scanner.match(from: position) : (position, position)
    }
}

/// Cuts words of raw bytes by the rules for GPT-2's characters.
struct RawByteSolver: WordSolver {
    let model: BytePairEncoding

    func solve(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer) {
        model.tokenizeRaw(word, into: &pieces)
        // A part of a scalar comes from all of it.
        for index in pieces.pieces.indices {
            while pieces.pieces[index].start > 0,
                word[Int(pieces.pieces[index].start)] & 0xC0 == 0x80
            {
                pieces.pieces[index].start -= 1
            }
            while pieces.pieces[index].end < word.count,
                word[Int(pieces.pieces[index].end)] & 0xC0 == 0x80
            {
                pieces.pieces[index].end += 1
            }
        }
    }
}
