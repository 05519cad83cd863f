/// What the configuration of a checkpoint's folder says of lengths and padding: nothing of it is done unless
/// ``Tokenizer/truncation`` or ``Tokenizer/padding`` is set.
public struct EncodingDefaults: Sendable, Equatable {
    /// The greatest length that the model takes ("model_max_length").
    public var maximumLength: Int?
    /// Where texts that are too long are cut ("truncation_side").
    public var truncationSide = Truncation.Side.right
    /// Where shorter texts are filled up ("padding_side").
    public var paddingSide = Truncation.Side.right
    /// What they are filled up with ("pad_token").
    public var paddingToken: SpecialToken?
    /// The segment of what they are filled up with.
    public var paddingTypeID: Int32 = 0

    /// No greatest length, everything at the right.
    public init() {}
}
