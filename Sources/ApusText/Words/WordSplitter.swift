/// Splits texts into words for classification.
///
/// A word is a run of letters, digits, marks and `_`, with apostrophes inside it (`don’t` becomes
/// `don't`). Ideographs and kana stand alone, a word each: their scripts leave no spaces between
/// words. Other visible characters part words and, if asked for, are words themselves, one scalar
/// each. Texts are composed first (NFC), so that both spellings of `é` give the same words; nothing
/// else is normalized or stripped of accents. Bytes that are not UTF-8 part words and are never an
/// error.
public struct WordSplitter: Sendable, Hashable {
    /// Whether words are lower-cased, scalar by scalar (Unicode's simple lower-case mapping).
    public var lowercases: Bool

    /// Whether punctuation marks and symbols are words of their own; otherwise they are left out.
    public var keepsPunctuation: Bool

    /// Whether texts are brought into canonically composed form (NFC) first. Text that is composed
    /// already costs a look at its bytes.
    public var composes: Bool

    /// A splitter with the given settings.
    public init(
        lowercases: Bool = true, keepsPunctuation: Bool = false, composes: Bool = true
    ) {
        self.lowercases = lowercases
        self.keepsPunctuation = keepsPunctuation
        self.composes = composes
    }

    /// The words of a text as strings.
    public func words(in text: String) -> [String] {
        var buffer = WordBuffer()
        var text = text
        text.withUTF8 { split($0, into: &buffer) }
        return (0..<buffer.count).map { index in
            buffer.withBytes(of: index) { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Splits a text, given by its UTF-8 bytes, and writes its words over what the buffer held.
    public func split(_ text: UnsafeBufferPointer<UInt8>, into buffer: inout WordBuffer) {
        prepared(text) { splitAsItStands($0, into: &buffer) }
    }

    /// Hands the text to `body` as it is to be split: composed, if texts are.
    @inline(__always)
    func prepared<Result>(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        composes ? withComposed(text, body) : body(text)
    }

    /// Splits a text that is prepared.
    func splitAsItStands(_ text: UnsafeBufferPointer<UInt8>, into buffer: inout WordBuffer) {
        buffer.reserve(forTextBytes: text.count)
        var table = buffer.table
        let written = buffer.bytes.withUnsafeMutableBufferPointer { bytes in
            buffer.starts.withUnsafeMutableBufferPointer { starts in
                buffer.ends.withUnsafeMutableBufferPointer { ends in
                    guard let bytes = bytes.baseAddress, let starts = starts.baseAddress,
                        let ends = ends.baseAddress
                    else { fatalError("WordSplitter.split: the buffer has no room") }
                    var output = WordOutput(bytes: bytes, starts: starts, ends: ends)
                    scan(text, with: &table, to: &output)
                    return (byteCount: output.position, count: output.count)
                }
            }
        }
        buffer.table = table
        buffer.byteCount = written.byteCount
        buffer.count = written.count
    }

    private func scan(
        _ text: UnsafeBufferPointer<UInt8>, with table: inout ScalarTable,
        to output: inout WordOutput
    ) {
        output.begin()
        var position = 0
        while position < text.count {
            let (scalar, length) = decodeScalar(text, at: position)
            position += length
            let entry = table.entry(of: scalar)
            let written = lowercases || scalar == 0x2019 ? entry & 0xFFFFFF : scalar
            switch entry >> 24 {
            case ScalarTable.Kind.word:
                output.appendToWord(written)
            case ScalarTable.Kind.space:
                output.endWord(keepsPunctuation)
            case ScalarTable.Kind.ignored:
                break
            case ScalarTable.Kind.apostrophe where output.isInsideWord && !output.endsInApostrophe:
                output.appendApostrophe()
            case ScalarTable.Kind.alone:
                output.endWord(keepsPunctuation)
                output.appendWord(written)
            default:
                output.endWord(keepsPunctuation)
                if keepsPunctuation { output.appendWord(written) }
            }
        }
        output.endWord(keepsPunctuation)
    }
}

/// Where a splitter writes: the words parted by single spaces, and where each begins and ends.
private struct WordOutput {
    let bytes: UnsafeMutablePointer<UInt8>
    let starts: UnsafeMutablePointer<UInt32>
    let ends: UnsafeMutablePointer<UInt32>
    var position = 0
    var count = 0
    var isInsideWord = false
    /// The word so far ends in an apostrophe, which stays only if a letter follows.
    var endsInApostrophe = false

    init(
        bytes: UnsafeMutablePointer<UInt8>, starts: UnsafeMutablePointer<UInt32>,
        ends: UnsafeMutablePointer<UInt32>
    ) {
        self.bytes = bytes
        self.starts = starts
        self.ends = ends
    }

    mutating func begin() {
        bytes[0] = UInt8(ascii: " ")
        position = 1
    }

    @inline(__always)
    mutating func appendToWord(_ scalar: UInt32) {
        if !isInsideWord {
            starts[count] = UInt32(truncatingIfNeeded: position)
            isInsideWord = true
        }
        encodeScalar(scalar, to: bytes, at: &position)
        endsInApostrophe = false
    }

    mutating func appendApostrophe() {
        encodeScalar(0x27, to: bytes, at: &position)
        endsInApostrophe = true
    }

    @inline(__always)
    mutating func endWord(_ keepsPunctuation: Bool) {
        guard isInsideWord else { return }
        let apostrophe = endsInApostrophe
        if apostrophe { position -= 1 }
        close()
        if apostrophe, keepsPunctuation { appendWord(0x27) }
    }

    mutating func appendWord(_ scalar: UInt32) {
        appendToWord(scalar)
        close()
    }

    @inline(__always)
    private mutating func close() {
        ends[count] = UInt32(truncatingIfNeeded: position)
        count += 1
        bytes[position] = UInt8(ascii: " ")
        position += 1
        isInsideWord = false
        endsInApostrophe = false
    }
}
