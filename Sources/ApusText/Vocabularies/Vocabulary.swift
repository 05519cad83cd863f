/// Words with numbers: the reserved ones first, the others from the most frequent down, equally
/// frequent ones in the order of their bytes.
public struct Vocabulary: Sendable {
    /// How often each word was seen, by its number; 0 for reserved ones.
    public private(set) var frequencies: [Int]

    /// How many of the first words were reserved and not counted (`<pad>`, `<unknown>`).
    public let reservedCount: Int

    private var interner: StringInterner

    /// A vocabulary of the counted words that were seen at least `minimumCount` times.
    ///
    /// - Parameters:
    ///   - reserved: words that come first whatever their count, in this order; each once.
    ///   - maximumSize: how many words to keep in all, the most frequent ones; nil for all.
    public init(
        counting counter: WordCounter, minimumCount: Int = 1, reserved: [String] = [],
        maximumSize: Int? = nil
    ) {
        interner = StringInterner()
        frequencies = []
        for word in reserved {
            guard interner.intern(word) == frequencies.count else {
                fatalError("Vocabulary: the reserved word \(word) is given twice")
            }
            frequencies.append(0)
        }
        reservedCount = reserved.count
        let words = counter.interner.strings
        var rank = [Int](repeating: 0, count: words.count)
        for (place, position) in words.sortedPositions().enumerated() { rank[position] = place }
        let ordered = (0..<words.count).filter { counter.counts[$0] >= minimumCount }.sorted {
            counter.counts[$0] != counter.counts[$1]
                ? counter.counts[$0] > counter.counts[$1] : rank[$0] < rank[$1]
        }
        for position in ordered {
            if let maximumSize, frequencies.count >= maximumSize { break }
            let id = words.withBytes(of: position) { interner.intern($0) }
            // A reserved word that also stood in the texts keeps its place.
            if id == frequencies.count { frequencies.append(counter.counts[position]) }
        }
    }

    /// How many words there are, the reserved ones included.
    public var count: Int { interner.count }

    /// The word with a number.
    public subscript(id: Int) -> String { interner.strings[id] }

    /// The number of a word, or nil.
    public func id(of word: String) -> Int? { interner.id(of: word) }

    /// The number of a word given by its bytes, or nil.
    public func id(of word: UnsafeBufferPointer<UInt8>) -> Int? { interner.id(of: word) }
}

/// Counts words, to make a ``Vocabulary`` of them.
public struct WordCounter: Sendable {
    fileprivate(set) var interner = StringInterner()
    fileprivate(set) var counts: [Int] = []

    /// A counter that has seen nothing.
    public init() {}

    /// Counts a word given by its bytes.
    public mutating func count(_ word: UnsafeBufferPointer<UInt8>) {
        let id = interner.intern(word)
        if id == counts.count { counts.append(1) } else { counts[id] += 1 }
    }

    /// Counts a word.
    public mutating func count(_ word: String) {
        var word = word
        word.withUTF8 { count($0) }
    }

    /// Counts the words of all texts.
    public mutating func count(_ texts: TextStore, splitBy splitter: WordSplitter) {
        var buffer = WordBuffer()
        for index in 0..<texts.count {
            texts.withBytes(of: index) { splitter.split($0, into: &buffer) }
            for word in 0..<buffer.count { buffer.withBytes(of: word) { count($0) } }
        }
    }
}

extension Vocabulary {
    /// The vocabulary as a text file: a line with the number of reserved words, then for each word
    /// a line with its count, a tab, and the word, in which `\`, tab, LF and CR are written `\\`,
    /// `\t`, `\n`, `\r`.
    public func encoded() -> [UInt8] {
        var writer = LineWriter(heading: Self.heading)
        writer.append(number: reservedCount)
        writer.endLine()
        for id in 0..<count {
            writer.append(number: frequencies[id])
            writer.append(UInt8(ascii: "\t"))
            interner.strings.withBytes(of: id) { writer.append(escaping: $0) }
            writer.endLine()
        }
        return writer.bytes
    }

    /// Reads back what ``encoded()`` wrote.
    ///
    /// - Throws: ``TextError/brokenLine(file:line:problem:)`` naming `file`.
    public init(decoding bytes: [UInt8], file: String) throws(TextError) {
        var reader = try LineScanner(bytes, file: file, heading: Self.heading)
        guard reader.next() else { throw reader.error("the number of reserved words is missing") }
        let reserved = try reader.number()
        try reader.endField(atLineEnd: true)
        var words = StringInterner()
        var frequencies: [Int] = []
        while reader.next() {
            let frequency = try reader.number()
            try reader.endField(atLineEnd: false)
            let word = try reader.restUnescaped()
            let id = word.withUnsafeBufferPointer { words.intern($0) }
            guard id == frequencies.count else { throw reader.error("the word was there before") }
            frequencies.append(frequency)
        }
        guard reserved <= frequencies.count else {
            throw reader.error("the file ends before its \(reserved) reserved words")
        }
        reservedCount = reserved
        self.frequencies = frequencies
        interner = words
    }

    private static let heading = "apus vocabulary 1"
}
