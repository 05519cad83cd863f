/// How shorter texts of a batch are filled up.
public struct Padding: Sendable, Equatable {
    /// How long texts become.
    public enum Length: Sendable, Equatable {
        /// As the longest of the batch.
        case batchLongest
        /// So many tokens.
        case fixed(Int)
    }

    /// How long texts become.
    public var length: Length
    /// The length is rounded up to a multiple of this.
    public var multiple: Int?
    /// The side that is filled.
    public var side: Truncation.Side
    /// The token that fills.
    public var token: SpecialToken
    /// The type of what fills.
    public var typeID: Int32

    /// Filled with `token`.
    public init(
        _ token: SpecialToken, length: Length = .batchLongest, multiple: Int? = nil,
        side: Truncation.Side = .right, typeID: Int32 = 0
    ) {
        self.token = token
        self.length = length
        self.multiple = multiple
        self.side = side
        self.typeID = typeID
    }
}
