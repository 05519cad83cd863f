/// Counts which words stand near which, in bounded memory.
///
/// ```swift
/// var counter = CooccurrenceCounter(wordCount: vocabulary.count, window: .init(size: 5))
/// for sentence in sentences { try counter.count(sentence) }   // numbers of words
/// let counts = try counter.finish()                           // SparseRows: [word, context]
/// ```
///
/// Pairs of a word and a neighbour are collected until a part of the memory is full, then sorted
/// and added up into a run; the runs are merged at the end, and kept in a file without a name when
/// they do not fit. Weights are whole numbers of units, so a sum is exact, whatever its order.
public struct CooccurrenceCounter: ~Copyable {
    /// How many words there are.
    public let wordCount: Int
    /// Which neighbours count.
    public let window: CooccurrenceWindow

    private var runs: CooccurrenceRuns
    /// A pair a word: the word in the upper 28 bits, its neighbour to the left in the next 28, the
    /// distance in the last 8.
    private var pairs: [UInt64] = []
    private let pairLimit: Int

    /// The largest number of words that can be told apart.
    public static let largestWordCount = 1 << 28

    /// A counter that has seen nothing.
    ///
    /// - Parameters:
    ///   - wordCount: how many words there are; their numbers lie below it.
    ///   - window: which neighbours count, and how much.
    ///   - memory: about how many bytes the collecting may take; the result is not in them.
    ///   - folder: where to put what does not fit, the folder of the file that is to be written in
    ///     the end; nil keeps everything in memory.
    public init(
        wordCount: Int, window: CooccurrenceWindow = CooccurrenceWindow(), memory: Int = 512 << 20,
        spillingTo folder: String? = nil
    ) {
        guard 0...Self.largestWordCount ~= wordCount else {
            fatalError("CooccurrenceCounter: \(wordCount) words; there can be up to 2²⁸")
        }
        self.wordCount = wordCount
        self.window = window
        // A quarter for the pairs, one for sorting them, half for the runs of a key and a sum each.
        pairLimit = max(memory / 4 / MemoryLayout<UInt64>.stride, 1024)
        runs = CooccurrenceRuns(
            window: window, memory: folder == nil ? .max : memory / 2, folder: folder)
    }

    /// Counts the pairs of a sentence; nothing is counted across calls.
    ///
    /// - Parameter words: their numbers. A negative number is a word that does not count and yet
    ///   keeps its neighbours apart; leave it out to have them close the gap.
    /// - Throws: ``FileError`` when the disk is full.
    public mutating func count(_ words: UnsafeBufferPointer<Int32>) throws {
        for position in words.indices {
            let word = words[position]
            guard word >= 0 else { continue }
            guard Int(word) < wordCount else {
                fatalError("CooccurrenceCounter.count: word \(word) of \(wordCount)")
            }
            if pairs.count + window.size > pairLimit { try sortPairs() }
            for distance in 1...window.size where position - distance >= 0 {
                let neighbour = words[position - distance]
                guard neighbour >= 0 else { continue }
                pairs.append(UInt64(word) << 36 | UInt64(neighbour) << 8 | UInt64(distance))
            }
        }
    }

    /// Counts the pairs of a sentence.
    public mutating func count(_ words: [Int32]) throws {
        try words.withUnsafeBufferPointer { try count($0) }
    }

    /// The counts, `[word, context]`: in each row the contexts in ascending order.
    ///
    /// - Throws: ``FileError`` when the disk is full.
    public consuming func finish() throws -> SparseRows {
        try sortPairs()
        pairs = []
        let left = try runs.merged(wordCount: wordCount)
        switch window.side {
        case .left: return left
        case .right: return left.transposed()
        case .both: return left.adding(left.transposed())
        }
    }

    private mutating func sortPairs() throws {
        if pairs.isEmpty { return }
        try runs.add(pairs: &pairs, wordCount: wordCount)
        pairs.removeAll(keepingCapacity: true)
    }
}
