/// The changes that normalizers are made of. Each looks first whether there is anything to change.
extension AlignedText {
    /// Whether the text has a scalar of which `body` is true.
    func contains(_ body: (UInt32) -> Bool) -> Bool {
        withBytes { bytes in
            var position = 0
            while position < bytes.count {
                let (scalar, length) = validScalar(bytes, at: position)
                if body(scalar) { return true }
                position += length
            }
            return false
        }
    }

    /// Keeps the scalars of which `keeps` is true.
    mutating func filter(_ keeps: (UInt32) -> Bool) {
        guard contains({ !keeps($0) }) else { return }
        rewrite { rewriter in
            while !rewriter.isAtEnd {
                let (scalar, length) = rewriter.next
                if keeps(scalar) {
                    rewriter.put(scalar, change: 0)
                } else {
                    rewriter.drop(to: rewriter.position + length)
                }
            }
        }
    }

    /// Replaces each scalar by another.
    mutating func map(_ transform: (UInt32) -> UInt32) {
        guard contains({ transform($0) != $0 }) else { return }
        rewrite { rewriter in
            while !rewriter.isAtEnd { rewriter.put(transform(rewriter.next.value), change: 0) }
        }
    }

    /// Unicode normalization.
    mutating func normalize(to form: NormalizationForm) {
        if withBytes({ form.isClearlyNormal($0, edition: .huggingFace) }) { return }
        rewrite { rewriter in
            form.forEachScalar(of: rewriter.source, edition: .huggingFace) {
                rewriter.put($0, change: $1)
            }
        }
    }

    /// Lower case, scalar by scalar.
    mutating func lowercase() {
        guard contains({ $0 == 0x130 || HuggingFaceUnicode.lowercased($0) != $0 }) else { return }
        rewrite { rewriter in
            while !rewriter.isAtEnd {
                let scalar = rewriter.next.value
                if scalar == 0x130 {
                    // İ is the one scalar that becomes two.
                    rewriter.put(0x69, change: 0)
                    rewriter.put(0x307, change: 1)
                } else {
                    rewriter.put(HuggingFaceUnicode.lowercased(scalar), change: 0)
                }
            }
        }
    }

    /// Removes white space at the ends.
    mutating func strip(left: Bool, right: Bool) {
        let kept = withBytes { bytes in
            var (start, end) = (0, bytes.count)
            while left, start < end {
                let (scalar, length) = validScalar(bytes, at: start)
                guard UnicodeTables.isWhitespace(scalar) else { break }
                start += length
            }
            while right, end > start {
                var last = end - 1
                while last > start, bytes[last] & 0xC0 == 0x80 { last -= 1 }
                guard UnicodeTables.isWhitespace(validScalar(bytes, at: last).value) else { break }
                end = last
            }
            return start..<end
        }
        guard kept.count < count else { return }
        rewrite { rewriter in
            rewriter.drop(to: kept.lowerBound)
            rewriter.keep(to: kept.upperBound)
        }
    }

    /// Replaces each match of a pattern.
    mutating func replace(_ pattern: TextPattern, with content: String) {
        guard count > 0 else { return }
        let all = 0..<count
        let matches = withBytes { pattern.matches(in: $0, all) }
        guard matches.parts.contains(where: \.isMatch) else { return }
        let content = Array(content.utf8)
        rewrite { rewriter in
            for part in matches.parts {
                if part.isMatch {
                    rewriter.drop(to: part.range.upperBound)
                    rewriter.insert(content)
                } else {
                    rewriter.keep(to: part.range.upperBound)
                }
            }
        }
    }

    /// Puts a text in front, unless there is nothing to put it in front of.
    mutating func prepend(_ prefix: String) {
        guard count > 0, !prefix.isEmpty else { return }
        let end = count
        rewrite { rewriter in
            rewriter.insertBeforeNext(prefix.utf8)
            rewriter.keep(to: end)
        }
    }

    /// Writes each byte as GPT-2's character for it.
    mutating func writeBytes() {
        guard count > 0 else { return }
        let end = count
        rewrite { $0.writeBytes(to: end) }
    }
}

extension TextRewriter {
    /// Writes each byte up to `end` as GPT-2's character for it.
    mutating func writeBytes(to end: Int) {
        while position < end {
            let (start, length) = (position, next.length)
            put(ByteCharacters.scalars[Int(source[start])].value, change: 0)
            for offset in 1..<max(length, 1) {
                put(ByteCharacters.scalars[Int(source[start + offset])].value, change: 1)
            }
        }
    }
}
