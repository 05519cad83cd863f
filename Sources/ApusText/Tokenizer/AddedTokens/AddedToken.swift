/// A token that is looked for in the text before anything else, `[MASK]` or `<|endoftext|>`.
public struct AddedToken: Sendable, Equatable {
    /// The text of the token.
    public var content: String
    /// Only found where no letter, digit or underscore stands beside it.
    public var isSingleWord: Bool
    /// Takes the white space before it along.
    public var stripsLeft: Bool
    /// Takes the white space behind it along.
    public var stripsRight: Bool
    /// Looked for in the normalized text (itself normalized), not in the text as given.
    public var isNormalized: Bool
    /// Left out of decoded text unless it is asked for.
    public var isSpecial: Bool
    /// The id that it gets; nil: the model's where it has such a token, else the next one that is free.
    public var id: Int32?

    /// A token; as special tokens usually are, it is looked for in the text as given.
    public init(
        _ content: String, isSpecial: Bool = false, isSingleWord: Bool = false,
        stripsLeft: Bool = false, stripsRight: Bool = false, isNormalized: Bool? = nil,
        id: Int32? = nil
    ) {
        self.content = content
        self.isSingleWord = isSingleWord
        self.stripsLeft = stripsLeft
        self.stripsRight = stripsRight
        self.isNormalized = isNormalized ?? !isSpecial
        self.isSpecial = isSpecial
        self.id = id
    }

    /// Equal when all fields are, the content byte for byte.
    public static func == (a: AddedToken, b: AddedToken) -> Bool {
        a.content.utf8.elementsEqual(b.content.utf8) && a.isSingleWord == b.isSingleWord
            && a.stripsLeft == b.stripsLeft && a.stripsRight == b.stripsRight
            && a.isNormalized == b.isNormalized && a.isSpecial == b.isSpecial && a.id == b.id
    }
}
