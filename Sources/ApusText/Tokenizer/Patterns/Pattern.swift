/// A regular expression for cutting text, matched in time that grows with the text's length, never worse.
///
/// The leftmost match counts, and of several there the one whose alternatives and repetitions come first, as in
/// Oniguruma and Perl. Nothing backtracks: the expression is turned into a table of states beforehand, or, if that gets
/// too large, all ways through it are followed at once. What looks ahead or behind is run over the text once beforehand
/// and leaves a bit at each place. Known patterns (GPT-2, cl100k, Llama 3, Qwen 2, o200k, CLIP,
/// runs of white space, letters or numbers) have scanners written by hand.
///
/// Understood are scalars, classes with ranges, `\p{…}` (general categories, scripts, blocks, common properties),
/// `[[:alpha:]]`, `\s \d \w \h \R \N \O` and their opposites, classes in classes and `&&`, groups with and without
/// names, `|`, greedy, lazy and possessive repetitions, atomic groups, flags (`(?i:…)`, `(?m)`, `(?x)`, `(?W)`),
/// `^ $ \A \z \Z \b \B \G`, and looking ahead and behind at expressions of any length. Refused are references to
/// groups, calls, conditions, `(?~…)`, `\K` and `\X`. Where letter case does not count, `ss` fits ß. Categories are
/// those of Unicode 16, which Oniguruma 6.9.10 and Rust's regex 1.11 go by.
///
///     let pattern = try Pattern(#"\p{L}+|\p{N}{1,3}"#)
public struct Pattern: Sendable {
    /// The expression.
    public let source: String
    /// Which program's expressions it is one of.
    public let dialect: PatternDialect
    private let engine: Engine

    private enum Engine: Sendable {
        case known(KnownPattern)
        case general(GeneralMatcher)
    }

    /// Reads an expression.
    ///
    /// - Throws: ``PatternError``, with the construct and its place.
    public init(
        _ source: String, dialect: PatternDialect = .oniguruma
    ) throws(PatternError) {
        try self.init(source, dialect: dialect, usingScanners: true)
    }

    /// For tests, which compare the scanners with the general way.
    package init(
        _ source: String, dialect: PatternDialect = .oniguruma, usingScanners: Bool
    ) throws(PatternError) {
        self.source = source
        self.dialect = dialect
        if usingScanners, let known = KnownPattern(source, dialect) {
            engine = .known(known)
        } else {
            engine = .general(try GeneralMatcher(source, dialect))
        }
    }

    /// The scanner written by hand that does the work, if one does.
    var known: KnownPattern? {
        if case .known(let known) = engine { known } else { nil }
    }

    /// Whether a scanner written by hand does the work.
    package var isKnown: Bool {
        if case .known = engine { true } else { false }
    }

    /// The leftmost match at or behind a position.
    ///
    /// An expression that looks further than one scalar reads the whole text at each call;
    /// ``forEachMatch(in:_:)`` reads it once.
    ///
    /// - Parameters:
    ///   - text: valid UTF-8.
    ///   - position: where a scalar begins, or the text's end.
    public func firstMatch(
        in text: UnsafeBufferPointer<UInt8>, from position: Int
    ) -> Range<Int>? {
        switch engine {
        case .general(let matcher):
            return matcher.firstMatch(in: text, from: position)
        case .known(let known):
            guard position < text.count else { return nil }
            let found = known.match(in: text, from: position)
            return found.end < 0 ? nil : found.start..<found.end
        }
    }

    /// Calls `body` with the start and end of each match in turn.
    ///
    /// As in Oniguruma's iteration an empty match right behind another one is passed over.
    public func forEachMatch(
        in text: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int) -> Void
    ) {
        switch engine {
        case .general(let matcher): matcher.forEachMatch(in: text, body)
        case .known(let known): known.forEachMatch(in: text, body)
        }
    }
}

extension KnownPattern {
    /// The first match at or behind `position`; `end` is -1 when there is none.
    fileprivate func match(
        in text: UnsafeBufferPointer<UInt8>, from position: Int
    ) -> (start: Int, end: Int) {
        let reader = KindReader(text)
        switch self {
        case .gpt2: return GPT2Scanner(reader: reader).match(from: position)
        case .cl100k(let digits, let whole):
            return CL100KScanner(reader: reader, digits: digits, takesFinalSpacesWhole: whole)
                .match(from: position)
        case .o200k: return O200KScanner(reader: reader).match(from: position)
        case .clip(let ignoresCase):
            return CLIPScanner(reader: reader, ignoresCase: ignoresCase).match(from: position)
        case .run(let kinds, let limit):
            return RunScanner(reader: reader, kinds: kinds, limit: limit).match(from: position)
        }
    }

    /// One loop per scanner, so that each is compiled into its own.
    fileprivate func forEachMatch(
        in text: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int) -> Void
    ) {
        let reader = KindReader(text)
        switch self {
        case .gpt2: all(GPT2Scanner(reader: reader), text.count, body)
        case .cl100k(let digits, let whole):
            all(
                CL100KScanner(reader: reader, digits: digits, takesFinalSpacesWhole: whole),
                text.count, body)
        case .o200k: all(O200KScanner(reader: reader), text.count, body)
        case .clip(let ignoresCase):
            all(CLIPScanner(reader: reader, ignoresCase: ignoresCase), text.count, body)
        case .run(let kinds, let limit):
            all(RunScanner(reader: reader, kinds: kinds, limit: limit), text.count, body)
        }
    }

    @inline(__always)
    private func all(
        _ scanner: some PatternScanner, _ count: Int, _ body: (Int, Int) -> Void
    ) {
        var position = 0
        while position < count {
            let (start, end) = scanner.match(from: position)
            guard end >= 0 else { return }
            body(start, end)
            position = end
        }
    }
}
