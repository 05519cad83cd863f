/// The second stage of a tokenizer: cuts the text into pre-tokens, which no token reaches across.
public indirect enum PreTokenizer: Sendable {
    /// White space is left out, each punctuation character stands alone.
    case bert
    /// GPT-2's cut, with bytes written as visible characters.
    case byteLevel(ByteLevelCut)
    /// Spaces become ▁, and a pre-token begins at each.
    case metaspace(Metaspace)
    /// Runs of word characters, runs of others: `\w+|[^\w\s]+`.
    case whitespace
    /// Cut at white space, which is left out.
    case whitespaceSplit
    /// Cut at punctuation.
    case punctuation(SplitBehavior)
    /// Numbers apart from the rest, whole or each digit by itself.
    case digits(individually: Bool)
    /// Cut at the matches of a pattern, or (inverted) at what lies between them.
    case split(TextPattern, SplitBehavior, inverted: Bool)
    /// Cut at a character, which is left out.
    case delimiter(Unicode.Scalar)
    /// Cut where the script changes.
    case unicodeScripts
    /// So many scalars each.
    case fixedLength(Int)
    /// One after another, each on the pre-tokens of the one before.
    case sequence([PreTokenizer])
}

/// What becomes of the delimiter where text is cut; `the-final--countdown`, cut at `-`:
public enum SplitBehavior: String, Sendable, CaseIterable {
    /// `the`, `final`, `countdown`
    case removed = "Removed"
    /// `the`, `-`, `final`, `-`, `-`, `countdown`
    case isolated = "Isolated"
    /// `the-`, `final-`, `-`, `countdown`
    case mergedWithPrevious = "MergedWithPrevious"
    /// `the`, `-final`, `-`, `-countdown`
    case mergedWithNext = "MergedWithNext"
    /// `the`, `-`, `final`, `--`, `countdown`
    case contiguous = "Contiguous"
}

/// GPT-2's way of cutting and writing bytes (Radford et al. 2019).
public struct ByteLevelCut: Sendable, Equatable {
    /// Puts a space in front of text that does not begin with one.
    public var addsPrefixSpace: Bool
    /// Offsets leave white space at the ends out.
    public var trimsOffsets: Bool
    /// Cuts by GPT-2's pattern; without, each text stays whole.
    public var usesPattern: Bool

    /// GPT-2's settings, or others.
    public init(
        addsPrefixSpace: Bool = false, trimsOffsets: Bool = true, usesPattern: Bool = true
    ) {
        self.addsPrefixSpace = addsPrefixSpace
        self.trimsOffsets = trimsOffsets
        self.usesPattern = usesPattern
    }
}

/// SentencePiece's way of writing spaces (Kudo and Richardson 2018).
public struct Metaspace: Sendable, Equatable {
    /// Which texts get a ▁ in front when they do not begin with one.
    public enum Prepending: String, Sendable, CaseIterable {
        /// Every part between added tokens.
        case always
        /// The first part only.
        case first
        /// None.
        case never
    }

    /// What stands for a space.
    public var replacement: Unicode.Scalar
    /// Which texts get one in front.
    public var prepending: Prepending
    /// Cuts before each one.
    public var splits: Bool

    /// SentencePiece's settings, or others.
    public init(
        replacement: Unicode.Scalar = "\u{2581}", prepending: Prepending = .always,
        splits: Bool = true
    ) {
        self.replacement = replacement
        self.prepending = prepending
        self.splits = splits
    }
}
