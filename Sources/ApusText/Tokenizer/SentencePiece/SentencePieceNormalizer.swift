/// SentencePiece's own normalization (Kudo and Richardson 2018): rules, spaces to ▁, one ▁ in front.
public struct SentencePieceNormalizer: Sendable {
    /// The rules; nil: the text stays as it is (“identity”).
    public var charsmap: PrecompiledCharsmap?
    /// Puts a space before the text (or behind, see ``treatsWhitespaceAsSuffix``).
    public var addsDummyPrefix: Bool
    /// Removes spaces at the ends, and makes several one.
    public var removesExtraWhitespace: Bool
    /// Writes spaces as ▁, U+2581.
    public var escapesWhitespace: Bool
    /// Spaces belong to the word before them.
    public var treatsWhitespaceAsSuffix: Bool
    /// Texts that are taken over as they are.
    public let userSymbols: [String]

    private let matcher: PrefixMatcher?

    /// A normalizer; the settings are those with which SentencePiece trains unless it is told otherwise.
    public init(
        charsmap: PrecompiledCharsmap? = nil, addsDummyPrefix: Bool = true,
        removesExtraWhitespace: Bool = true, escapesWhitespace: Bool = true,
        treatsWhitespaceAsSuffix: Bool = false, userSymbols: [String] = []
    ) {
        self.charsmap = charsmap
        self.addsDummyPrefix = addsDummyPrefix
        self.removesExtraWhitespace = removesExtraWhitespace
        self.escapesWhitespace = escapesWhitespace
        self.treatsWhitespaceAsSuffix = treatsWhitespaceAsSuffix
        self.userSymbols = userSymbols
        let symbols = userSymbols.map { Array($0.utf8) }.filter { !$0.isEmpty }
        matcher = symbols.isEmpty ? nil : PrefixMatcher(symbols)
    }

    /// The same in the steps that `tokenizer.json` knows, of which none takes symbols over as they are.
    var withoutSymbols: Normalizer {
        var steps: [Normalizer] = []
        if let charsmap { steps.append(.precompiled(charsmap)) }
        if removesExtraWhitespace {
            steps.append(.replace(Self.spacesAtEnds, with: ""))
            steps.append(.replace(Self.severalSpaces, with: " "))
        }
        if escapesWhitespace { steps.append(.replace(.string(" "), with: "\u{2581}")) }
        if addsDummyPrefix {
            let space = escapesWhitespace ? "\u{2581}" : " "
            steps.append(
                treatsWhitespaceAsSuffix
                    ? .replace(Self.endOfSomething, with: space) : .prepend(space))
        }
        return .sequence(steps)
    }

    /// What cuts the symbols out of normalized text, where there are any: they stay whole.
    func symbolCut() throws -> PreTokenizer? {
        let symbols = userSymbols.filter { !$0.isEmpty }
        if symbols.isEmpty { return nil }
        return .split(.regex(try Pattern(anyOf: symbols)), .isolated, inverted: false)
    }

    private static let spacesAtEnds = pattern(#"\A +| +\z"#)
    private static let severalSpaces = pattern(" {2,}")
    private static let endOfSomething = pattern(#"(?<=[\s\S])\z"#)

    private static func pattern(_ source: String) -> TextPattern {
        guard let pattern = try? Pattern(source) else {
            fatalError("SentencePieceNormalizer: the pattern \(source) is one of those supported")
        }
        return .regex(pattern)
    }

    /// What a place of the text becomes: bytes of the text or of the rules, and how many bytes they stand for.
    private struct Step {
        var isReplaced: Bool
        var range: Range<Int>
        var length: Int
    }

    func normalize(_ text: inout AlignedText) {
        guard text.count > 0 else { return }
        text.rewrite { rewriter in
            let source = rewriter.source
            if let charsmap {
                charsmap.data.withUnsafeBufferPointer { write(source, $0, to: &rewriter) }
            } else {
                write(source, source, to: &rewriter)
            }
        }
    }

    private func write(
        _ source: UnsafeBufferPointer<UInt8>, _ rules: UnsafeBufferPointer<UInt8>,
        to rewriter: inout TextRewriter
    ) {
        let space: UInt32 = escapesWhitespace ? 0x2581 : 0x20
        // Spaces that are put down once something follows them.
        var waiting: [ByteSpan] = []
        var hasBegun = false
        var isAfterSpace = removesExtraWhitespace
        while !rewriter.isAtEnd {
            let step = step(source, at: rewriter.position)
            let span = rewriter.spanOfNext(step.length)
            let bytes = step.isReplaced ? rules : source
            var position = step.range.lowerBound
            while isAfterSpace, position < step.range.upperBound, bytes[position] == 0x20 {
                position += 1
            }
            if !hasBegun, !removesExtraWhitespace || position < step.range.upperBound {
                hasBegun = true
                if addsDummyPrefix, !treatsWhitespaceAsSuffix {
                    waiting.append(ByteSpan(Int(span.start), Int(span.start)))
                }
            }
            if position < step.range.upperBound {
                isAfterSpace = bytes[step.range.upperBound - 1] == 0x20
            }
            while position < step.range.upperBound {
                let (scalar, length) = validScalar(bytes, at: position)
                position += length
                if scalar == 0x20 || scalar == space {
                    waiting.append(span)
                    continue
                }
                for span in waiting { rewriter.put(space, from: span) }
                waiting.removeAll(keepingCapacity: true)
                rewriter.put(scalar, from: span)
            }
            rewriter.drop(to: rewriter.position + step.length)
            if !removesExtraWhitespace { isAfterSpace = false }
        }
        if !removesExtraWhitespace {
            for span in waiting { rewriter.put(space, from: span) }
        }
        if hasBegun, addsDummyPrefix, treatsWhitespaceAsSuffix {
            let end = Int(rewriter.nextSpan.end)
            rewriter.put(space, from: ByteSpan(end, end))
        }
    }

    /// The symbol, the rule or the scalar at a place.
    private func step(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Step {
        if let matcher {
            let symbol = matcher.longest(in: source, at: position)
            if symbol.length > 0 {
                return Step(
                    isReplaced: false, range: position..<position + symbol.length,
                    length: symbol.length)
            }
        }
        if let charsmap, charsmap.begins(with: source[position]),
            let found = charsmap.replacement(
                in: source, from: position, to: source.count, prefersLongest: true)
        {
            return Step(isReplaced: true, range: found.range, length: found.length)
        }
        let length = validScalar(source, at: position).length
        return Step(isReplaced: false, range: position..<position + length, length: length)
    }
}
