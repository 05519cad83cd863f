/// Makes the ids of a text, and where each comes from.
struct EncodingBuilder {
    let engine: TokenizerEngine
    let text: UnsafeBufferPointer<UInt8>
    let takesSpecialTokensAsText: Bool

    /// Ids with their places.
    func build(_ encoding: inout Encoding, _ scratch: EncodingScratch) {
        if let quick = engine.quick, quick.takes(text, engine.added) {
            quick.encode(text, &encoding, scratch)
            return
        }
        let tokens = engine.preTokens(of: text, takesSpecialTokensAsText)
        var places = ScalarCounter(text)
        let shownAsText = engine.model.shownAsText
        for segment in tokens.segments {
            if segment.token >= 0 {
                add(segment, &places, &encoding)
                continue
            }
            segment.text.withBytes { bytes in
                for cut in segment.cuts {
                    scratch.pieces.removeAll()
                    let word = UnsafeBufferPointer(rebasing: bytes[cut])
                    engine.model.tokenize(word, into: &scratch.pieces)
                    for piece in scratch.pieces.pieces {
                        if piece.id == shownAsText {
                            let unknown = word[Int(piece.start)..<Int(piece.end)]
                            encoding.otherTokens.append(
                                (encoding.count, String(decoding: unknown, as: UTF8.self)))
                        }
                        encoding.ids.append(piece.id)
                        places.append(source(of: piece, cut, segment.text), to: &encoding)
                    }
                }
            }
        }
    }

    /// Where a piece of a pre-token comes from.
    private func source(of piece: Piece, _ cut: Range<Int>, _ text: AlignedText) -> Range<Int> {
        let (start, end) = (cut.lowerBound + Int(piece.start), cut.lowerBound + Int(piece.end))
        // Bytes of a suffix stand in no text: the place in the pre-token is given as it is.
        guard end <= cut.upperBound else { return Int(piece.start)..<Int(piece.end) }
        return text.source(of: start..<end)
    }

    private func add(
        _ segment: PreTokens.Segment, _ places: inout ScalarCounter, _ encoding: inout Encoding
    ) {
        let isPlain =
            engine.vocabulary.withBytes(of: segment.token) {
                $0.elementsEqual(segment.text.bytes)
            } ?? false
        if !isPlain {
            encoding.otherTokens.append(
                (encoding.count, String(decoding: segment.text.bytes, as: UTF8.self)))
        }
        encoding.ids.append(segment.token)
        places.append(segment.text.source(of: 0..<segment.text.count), to: &encoding)
    }

    /// Ids alone.
    func appendIDs(to ids: inout [Int32], _ scratch: EncodingScratch) {
        if let quick = engine.quick, quick.takes(text, engine.added) {
            quick.appendIDs(of: text, to: &ids, scratch)
            return
        }
        for segment in engine.preTokens(of: text, takesSpecialTokensAsText).segments {
            if segment.token >= 0 {
                ids.append(segment.token)
                continue
            }
            segment.text.withBytes { bytes in
                for cut in segment.cuts {
                    scratch.pieces.removeAll()
                    engine.model.tokenize(
                        UnsafeBufferPointer(rebasing: bytes[cut]), into: &scratch.pieces)
                    for piece in scratch.pieces.pieces { ids.append(piece.id) }
                }
            }
        }
    }
}

/// Turns places in bytes into places in scalars, going on from the last one asked for.
struct ScalarCounter {
    private let text: UnsafeBufferPointer<UInt8>
    private var byte = 0
    private var scalar = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// The scalars that begin before a byte; inside a scalar, that scalar's number.
    @inline(__always)
    mutating func scalar(at target: Int) -> Int {
        let target = min(target, text.count)
        while byte < target {
            if text[byte] & 0xC0 != 0x80 { scalar += 1 }
            byte += 1
        }
        while byte > target {
            byte -= 1
            if text[byte] & 0xC0 != 0x80 { scalar -= 1 }
        }
        // `scalar` counts those that begin before `byte`: inside one, that one is counted too.
        let isInside = target < text.count && text[target] & 0xC0 == 0x80
        return isInside ? scalar - 1 : scalar
    }

    /// Adds a range of bytes to an encoding's places.
    @inline(__always)
    mutating func append(_ range: Range<Int>, to encoding: inout Encoding) {
        encoding.byteSpans.append(
            ByteSpan(min(range.lowerBound, text.count), min(range.upperBound, text.count)))
        let start = scalar(at: range.lowerBound)
        encoding.scalarSpans.append(ByteSpan(start, scalar(at: range.upperBound)))
    }
}
