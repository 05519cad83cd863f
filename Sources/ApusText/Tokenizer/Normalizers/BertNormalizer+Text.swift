extension BertNormalizer {
    func normalize(_ text: inout AlignedText) {
        if cleansText {
            text.filter { $0 != 0 && !HuggingFaceUnicode.isControl($0) }
            text.map { UnicodeTables.isWhitespace($0) ? 0x20 : $0 }
        }
        if separatesIdeographs { separate(&text) }
        if stripsAccents ?? lowercases {
            text.normalize(to: .nfd)
            text.filter { !HuggingFaceUnicode.isNonspacingMark($0) }
        }
        if lowercases { text.lowercase() }
    }

    private func separate(_ text: inout AlignedText) {
        guard text.contains(Self.isIdeograph) else { return }
        text.rewrite { rewriter in
            while !rewriter.isAtEnd {
                let (scalar, _) = rewriter.next
                if Self.isIdeograph(scalar) {
                    // Both spaces have the ideograph's place.
                    rewriter.put(0x20, change: 0)
                    rewriter.put(scalar, change: 1)
                    rewriter.put(0x20, change: 1)
                } else {
                    rewriter.put(scalar, change: 0)
                }
            }
        }
    }

    /// The blocks that BERT takes for Chinese.
    @inline(__always)
    static func isIdeograph(_ scalar: UInt32) -> Bool {
        if scalar < 0x3400 { return false }
        switch scalar {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
            0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            return true
        default: return false
        }
    }
}
