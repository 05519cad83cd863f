/// BERT's normalizer and pre-tokenizer on words of the text as given.
///
/// Normalization and cutting look at nothing across white space, punctuation and (set apart) ideographs, so the
/// text is first cut there, and what becomes of a word can be remembered.
struct BertScanner: WordScanner {
    let text: UnsafeBufferPointer<UInt8>
    let separatesIdeographs: Bool
    /// Whether controls vanish, U+0085 among them, which would else be white space.
    let cleansText: Bool
    let classes: UnsafePointer<UInt8>

    /// What an ASCII byte is to the scanner.
    enum Class {
        static let word: UInt8 = 0
        static let space: UInt8 = 1
        static let punctuation: UInt8 = 2
        static let beyond: UInt8 = 3
    }

    /// The class of each byte. Controls count as part of words: they vanish there, or stay.
    static let table: [UInt8] = (0...255).map { (byte: UInt8) in
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: Class.space
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: Class.punctuation
        case 0x80...: Class.beyond
        default: Class.word
        }
    }

    @inline(__always)
    func next(from position: Int) -> (start: Int, end: Int) {
        var start = position
        while start < text.count {
            let kind = classes[Int(text[start])]
            if kind == Class.word { break }
            if kind == Class.punctuation { return (start, start + 1) }
            if kind == Class.beyond {
                let (delimiter, length) = delimiter(at: start)
                if delimiter == .punctuation { return (start, start + length) }
                if delimiter == .none { break }
                start += length
            } else {
                start += 1
            }
        }
        var end = start
        while end < text.count {
            let kind = classes[Int(text[end])]
            if kind == Class.word {
                end += 1
            } else if kind == Class.beyond {
                let (delimiter, length) = delimiter(at: end)
                if delimiter != .none { break }
                end += length
            } else {
                break
            }
        }
        return (start, end)
    }

    private enum Delimiter { case none, space, punctuation }

    @inline(__always)
    private func delimiter(at position: Int) -> (Delimiter, Int) {
        let (scalar, length) = validScalar(text, at: position)
        if separatesIdeographs, BertNormalizer.isIdeograph(scalar) { return (.punctuation, length) }
        if HuggingFaceUnicode.isPunctuation(scalar) { return (.punctuation, length) }
        if UnicodeTables.isWhitespace(scalar), !(cleansText && scalar == 0x85) {
            return (.space, length)
        }
        return (.none, length)
    }
}

/// Cuts a word of the text as given.
struct BertSolver: WordSolver {
    let normalizer: BertNormalizer
    let model: WordPiece

    func solve(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer) {
        if isPlain(word) {
            guard normalizer.lowercases else { return model.tokenize(word, into: &pieces) }
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: word.count) { lowered in
                for index in 0..<word.count {
                    let byte = word[index]
                    lowered[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
                }
                model.tokenize(UnsafeBufferPointer(lowered), into: &pieces)
            }
            return
        }
        var text = AlignedText(word)
        normalizer.normalize(&text)
        guard text.count > 0 else { return }
        var tokens = PreTokens()
        let all = 0..<text.count
        tokens.segments = [PreTokens.Segment(text: text, cuts: [all])]
        PreTokenizer.bert.cut(&tokens)
        for segment in tokens.segments {
            segment.text.withBytes { bytes in
                for cut in segment.cuts {
                    let first = pieces.pieces.count
                    model.tokenize(UnsafeBufferPointer(rebasing: bytes[cut]), into: &pieces)
                    for index in first..<pieces.pieces.count {
                        let piece = pieces.pieces[index]
                        let source = segment.text.source(
                            of: cut.lowerBound + Int(piece.start)..<cut.lowerBound + Int(piece.end))
                        pieces.pieces[index].start = Int32(source.lowerBound)
                        pieces.pieces[index].end = Int32(source.upperBound)
                    }
                }
            }
        }
    }

    /// Whether all bytes are ASCII without controls: then only case can change.
    private func isPlain(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in word where byte >= 0x7F || byte < 0x20 { return false }
        return true
    }
}
