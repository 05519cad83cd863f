extension PrecompiledCharsmap {
    /// Normalizes a text as Hugging Face's `Precompiled` does.
    ///
    /// That looks whole grapheme clusters of up to five bytes up first, and takes the rule for the shortest beginning of
    /// one for all of it; longer clusters are looked up scalar by scalar. SentencePiece itself takes the longest rule
    /// at each place, see ``SentencePieceNormalizer``.
    func normalize(_ text: inout AlignedText) {
        guard text.withBytes(mayChange) else { return }
        var changes: [(scalar: UInt32, change: Int)] = []
        let isChanged = text.withBytes { collect($0, into: &changes) }
        guard isChanged else { return }
        text.rewrite { rewriter in
            for (scalar, change) in changes { rewriter.put(scalar, change: change) }
        }
    }

    private func mayChange(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.contains { begins(with: $0) }
    }

    private func collect(
        _ text: UnsafeBufferPointer<UInt8>, into changes: inout [(scalar: UInt32, change: Int)]
    ) -> Bool {
        changes.reserveCapacity(text.count)
        var isChanged = false
        var position = 0
        while position < text.count {
            let end = GraphemeClusters.end(in: text, from: position)
            if end - position < 6,
                let found = replacement(
                    in: text, from: position, to: end, prefersLongest: false)
            {
                replace(text, position..<end, by: found.range, &changes)
                isChanged = true
                position = end
                continue
            }
            while position < end {
                let (scalar, length) = validScalar(text, at: position)
                if let found = replacement(
                    in: text, from: position, to: position + length, prefersLongest: false)
                {
                    replace(text, position..<position + length, by: found.range, &changes)
                    isChanged = true
                } else {
                    changes.append((scalar, 0))
                }
                position += length
            }
        }
        return isChanged
    }

    /// Puts the replacement's scalars down. Scalars too many are counted as inserted, scalars too few as swallowed by
    /// the last scalar before, whichever that is.
    private func replace(
        _ text: UnsafeBufferPointer<UInt8>, _ old: Range<Int>, by new: Range<Int>,
        _ changes: inout [(scalar: UInt32, change: Int)]
    ) {
        let oldCount = text[old].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        let before = changes.count
        data.withUnsafeBufferPointer { data in
            var position = new.lowerBound
            while position < new.upperBound {
                let (scalar, length) = validScalar(data, at: position)
                changes.append((scalar, 0))
                position += length
            }
        }
        let difference = changes.count - before - oldCount
        if difference > 0 {
            for index in changes.count - difference..<changes.count { changes[index].change = 1 }
        } else if difference < 0, !changes.isEmpty {
            changes[changes.count - 1].change += difference
        }
    }
}

/// Where extended grapheme clusters end (UAX #29), as far as clusters of up to five bytes go.
///
/// In so few bytes there is room for a line break of two, and for a scalar with marks or joiners behind it or a
/// prepended sign before it; syllables of Hangul, flags, conjuncts and emoji joined to others are all longer, and are
/// taken apart here.
enum GraphemeClusters {
    /// The end of the cluster that begins at `start`.
    static func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let first = text[start]
        if first < 0x80 {
            // An ASCII character before another one, as nearly always.
            guard start + 1 < text.count else { return start + 1 }
            if text[start + 1] < 0x80 {
                return first == 0x0D && text[start + 1] == 0x0A ? start + 2 : start + 1
            }
            if first < 0x20 || first == 0x7F { return start + 1 }
        }
        var (scalar, length) = validScalar(text, at: start)
        var position = start + length
        guard !isControl(scalar) else { return position }
        while position < text.count {
            let next = validScalar(text, at: position)
            guard extends(next.value) || (isPrepended(scalar) && !isControl(next.value)) else {
                break
            }
            (scalar, length) = next
            position += length
        }
        return position
    }

    private static func extends(_ scalar: UInt32) -> Bool {
        guard scalar >= 0x300 else { return false }
        switch scalar {
        case 0x200C, 0x200D, 0xE33, 0xEB3, 0xFF9E, 0xFF9F, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F:
            return true
        // Spacing marks that begin a cluster of their own.
        case 0x102B, 0x102C, 0x1038, 0x1062...0x1064, 0x1067...0x106D, 0x1083, 0x1087...0x108C,
            0x108F, 0x109A...0x109C, 0x1A61, 0x1A63, 0x1A64, 0xAA7B, 0xAA7D, 0x11720, 0x11721:
            return false
        default: return HuggingFaceUnicode.category(of: scalar).isMark
        }
    }

    private static func isPrepended(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0xD4E, 0x110BD, 0x110CD, 0x111C2,
            0x111C3, 0x113D1, 0x1193F, 0x11941, 0x11A3A, 0x11A84...0x11A89, 0x11D46, 0x11F02:
            true
        default: false
        }
    }

    private static func isControl(_ scalar: UInt32) -> Bool {
        switch HuggingFaceUnicode.category(of: scalar) {
        case .control, .lineSeparator, .paragraphSeparator: true
        case .format: !extends(scalar) && !isPrepended(scalar)
        default: false
        }
    }
}
