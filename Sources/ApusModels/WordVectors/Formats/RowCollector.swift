import ApusText

/// Collects words and their rows while a file is read. A word that comes again is left out, as other
/// readers of these files do: the first row is the more frequent spelling's.
struct RowCollector {
    let dimension: Int
    private(set) var index = StringInterner()
    private(set) var values: [Float] = []

    /// - Parameter expected: rows that the file promises, believed only where its size allows it.
    init(dimension: Int, expected: Int, remaining: Int?, bytesPerNumber: Int) {
        self.dimension = dimension
        let (numbers, overflow) = expected.multipliedReportingOverflow(by: dimension)
        if !overflow, let remaining, numbers <= remaining / bytesPerNumber {
            values.reserveCapacity(numbers)
        }
    }

    var count: Int { index.count }

    /// Adds a word and the row that `fill` writes.
    mutating func add(
        _ word: UnsafeBufferPointer<UInt8>,
        _ fill: (UnsafeMutableBufferPointer<Float>) throws -> Void
    ) rethrows {
        let row = index.count
        let start = row * dimension
        // What a repeated word left behind is written over.
        if values.count < start + dimension {
            values.append(contentsOf: repeatElement(0, count: dimension))
        }
        _ = index.intern(word)
        try values.withUnsafeMutableBufferPointer {
            try fill(UnsafeMutableBufferPointer(rebasing: $0[start..<start + dimension]))
        }
    }

    /// The vectors.
    consuming func finished() -> WordVectors {
        values.removeLast(values.count - index.count * dimension)
        return WordVectors(
            index: index, counts: nil, vectors: values, dimension: dimension, subwords: nil,
            contexts: nil, fastTextArguments: nil)
    }
}
