extension ByteLevelCut {
    /// GPT-2's pattern.
    static let pattern =
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    static let compiled: TextPattern? = (try? Pattern(pattern)).map { .regex($0) }

    func cut(_ tokens: inout PreTokens) {
        if addsPrefixSpace { prependSpace(&tokens) }
        if usesPattern, let pattern = Self.compiled {
            tokens.cut { text, range, cuts in
                pattern.matches(in: text, range).split(.isolated, into: &cuts)
            }
        }
        tokens.rewrite { rewriter, range in rewriter.writeBytes(to: range.upperBound) }
    }

    private func prependSpace(_ tokens: inout PreTokens) {
        tokens.rewrite { rewriter, range in
            if rewriter.source[range.lowerBound] != UInt8(ascii: " ") {
                rewriter.insertBeforeNext(CollectionOfOne(UInt8(ascii: " ")))
            }
            rewriter.keep(to: range.upperBound)
        }
    }
}

extension Metaspace {
    func cut(_ tokens: inout PreTokens) {
        let mark = Array(String(replacement).utf8)
        tokens.rewrite { rewriter, range in
            let first = rewriter.source[range.lowerBound]
            let beginsWithMark =
                first == UInt8(ascii: " ")
                || rewriter.source[range].starts(with: mark)
            let isPrepended =
                switch prepending {
                case .always: !beginsWithMark
                case .first: !beginsWithMark && rewriter.nextSpan.start == 0
                case .never: false
                }
            if isPrepended { rewriter.insertBeforeNext(mark) }
            while rewriter.position < range.upperBound {
                if let space = rewriter.source[rewriter.position..<range.upperBound].firstIndex(
                    of: UInt8(ascii: " "))
                {
                    rewriter.keep(to: space)
                    rewriter.drop(to: space + 1)
                    rewriter.insert(mark)
                } else {
                    rewriter.keep(to: range.upperBound)
                }
            }
        }
        guard splits else { return }
        let pattern = TextPattern.string(String(replacement))
        tokens.cut { text, range, cuts in
            pattern.matches(in: text, range).split(.mergedWithNext, into: &cuts)
        }
    }
}
