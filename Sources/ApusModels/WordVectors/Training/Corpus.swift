import ApusSystem

/// Text to train on: files, plain or compressed (gzip), read as a stream as often as a training needs them.
///
/// Memory stays the same however long the files and their lines are. A line is a sentence: no window reaches
/// over its end. A word longer than 64 KiB is cut.
///
/// ```swift
/// let corpus = Corpus(files: ["part1.txt.gz", "part2.txt.gz"])
/// let vectors = try WordVectorTraining().train(on: corpus)
/// ```
public struct Corpus: Sendable {
    /// Where the text comes from.
    enum Source: Sendable {
        case file(String)
        case text(String, name: String)

        func open() throws -> any ByteReader {
            switch self {
            case .file(let path):
                // The text is read more than once, so it cannot come through a pipe.
                try checkRegularFile(path)
                return try openText(path)
            case .text(let text, let name): return BytesReader(text, name: name)
            }
        }
    }

    let sources: [Source]
    /// What counts as a word.
    public var words: CorpusWords
    /// Pairs of words that are read as one, pass after pass; none unless learned before (``Phrases``).
    public var phrases: [Phrases] = []

    /// The text of files, in their order.
    public init(files: [String], words: CorpusWords = .unicode) {
        sources = files.map { .file($0) }
        self.words = words
    }

    /// Text in memory.
    public init(text: String, words: CorpusWords = .unicode) {
        sources = [.text(text, name: "text")]
        self.words = words
    }

    /// What messages call it: the first file's name, and how many others there are.
    var name: String {
        guard let first = sources.first else { return "the corpus" }
        let firstName =
            switch first {
            case .file(let path): path
            case .text(_, let name): name
            }
        return sources.count == 1 ? firstName : "\(firstName) and \(sources.count - 1) more"
    }

    /// Calls `word` with each word's bytes, valid during the call, and `endSentence` after each line that had any.
    ///
    /// - Throws: what reading and the two throw.
    public func forEachWord(
        _ word: (UnsafeBufferPointer<UInt8>) throws -> Void, endSentence: () throws -> Void
    ) throws {
        var joiners = phrases.map { PhraseJoiner($0) }
        for source in sources {
            var scanner = CorpusWordScanner(words)
            var hasWords = false
            let lines = LinePieces(try source.open())
            try lines.forEachPiece { piece, endsLine in
                try scanner.forEachWord(of: piece) { bytes in
                    hasWords = true
                    try PhraseJoiner.pass(bytes, through: &joiners, from: 0, to: word)
                }
                guard endsLine, hasWords else { return }
                try PhraseJoiner.finish(&joiners, to: word)
                try endSentence()
                hasWords = false
            }
        }
    }
}

/// A stream cut at line breaks, and lines that are too long for memory cut at white space.
private final class LinePieces {
    private static let most = 1 << 20
    private static let least = 1 << 16
    private let source: any ByteReader
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: most, alignment: 64)

    init(_ source: any ByteReader) { self.source = source }

    deinit { buffer.deallocate() }

    /// Calls `body` with each piece and whether a line ends behind it.
    func forEachPiece(_ body: (UnsafeBufferPointer<UInt8>, Bool) throws -> Void) throws {
        var end = 0
        var isInsideLine = false
        while true {
            let count = try source.read(
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
            let bytes = UnsafeBufferPointer(buffer.bindMemory(to: UInt8.self))
            var start = 0
            for position in end..<(end + count) where bytes[position] == UInt8(ascii: "\n") {
                try body(UnsafeBufferPointer(rebasing: bytes[start..<position]), true)
                start = position + 1
                isInsideLine = false
            }
            end += count
            if count == 0 {
                if start < end || isInsideLine {
                    try body(UnsafeBufferPointer(rebasing: bytes[start..<end]), true)
                }
                return
            }
            if start == 0, end > Self.most - Self.least {
                start = Self.cut(bytes, end)
                try body(UnsafeBufferPointer(rebasing: bytes[..<start]), false)
                isInsideLine = true
            }
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
            end -= start
        }
    }

    /// Behind the last white space, or, in a word without end, before the last scalar.
    private static func cut(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
        var position = end
        while position > end - least {
            position -= 1
            if bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t") {
                return position + 1
            }
        }
        position = end - 1
        while position > end - 4, bytes[position] & 0xC0 == 0x80 { position -= 1 }
        return position
    }
}
