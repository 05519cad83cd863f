/// Which words stand in the context of a word, and how much each counts.
public struct CooccurrenceWindow: Sendable, Hashable {
    /// On which side of a word its context lies.
    public enum Side: Sendable, Hashable {
        /// Both: the counts are symmetric.
        case both
        /// In front of the word.
        case left
        /// Behind the word.
        case right
    }

    /// How much a word at distance d (1 for the neighbour) counts in a window of L words.
    public enum Weighting: Sendable, Hashable {
        /// 1.
        case uniform
        /// 1/d, as GloVe has it (Pennington, Socher and Manning 2014).
        case inverseDistance
        /// (L + 1 − d)/L: what word2vec's windows of random length (1…L) give on average.
        case linear
    }

    /// How many words on a side.
    public var size: Int
    /// On which side.
    public var side: Side
    /// How much each counts.
    public var weighting: Weighting

    /// The largest size: distances are kept in a byte.
    public static let largestSize = 255

    /// A window of `size` words on each side that counts.
    public init(size: Int = 5, side: Side = .both, weighting: Weighting = .uniform) {
        guard 1...Self.largestSize ~= size else {
            fatalError("CooccurrenceWindow: the size is \(size); it must be 1…\(Self.largestSize)")
        }
        self.size = size
        self.side = side
        self.weighting = weighting
    }

    /// The weights of the distances 1…size as whole numbers of units, and how many units make 1.
    ///
    /// Sums of whole numbers do not depend on their order. 1/d is exact where the least common
    /// multiple of the distances stays small (up to 22 words); beyond, it is rounded to 2⁻³².
    var units: (ofDistance: [UInt64], one: UInt64) {
        let distances = (1...size).map(UInt64.init)
        switch weighting {
        case .uniform: return (distances.map { _ in 1 }, 1)
        case .linear: return (distances.map { UInt64(size) + 1 - $0 }, UInt64(size))
        case .inverseDistance:
            let one = size <= 22 ? distances.reduce(1, leastCommonMultiple) : 1 << 32
            return (distances.map { (one + $0 / 2) / $0 }, one)
        }
    }
}

private func leastCommonMultiple(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return a / x * b
}
