import ApusSystem

/// Words that are left out because they say little about a text's subject (the, of, and).
///
/// ```swift
/// let stopList = try StopList(file: "english.txt")
/// let texts = stopList.removing(from: texts)
/// ```
///
/// Which words these are depends on the language and the task, so they are given in a file: a word
/// a line, in the form that the splitter gives it (lower case; either spelling of accents will do).
/// Empty lines and those that begin with `#` are left out.
public struct StopList: Sendable {
    private var words = StringInterner()

    /// A list of the given words.
    public init(_ words: some Sequence<String> = []) {
        for word in words { _ = self.words.intern(composed(word)) }
    }

    /// Reads a list from a file, which may be gzipped.
    ///
    /// - Throws: ``FileError``; ``TextError/brokenLine(file:line:problem:)`` for lines that are not
    ///   UTF-8 or hold several words, ``TextError/noWords(file:)`` for a file without words.
    public init(file: String) throws {
        let lines = LineReader(try openText(file))
        var line: [UInt8] = []
        while try lines.readLine(into: &line) {
            func broken(_ problem: String) -> TextError {
                .brokenLine(file: file, line: lines.lineNumber, problem: problem)
            }
            guard let text = String(validating: line, as: UTF8.self) else {
                throw broken("the line is not UTF-8")
            }
            let parts = text.unicodeScalars.split { UnicodeTables.isWhitespace($0.value) }
            guard let word = parts.first, word.first != "#" else { continue }
            guard parts.count == 1 else {
                throw broken("there are \(parts.count) words; a stop list has one a line")
            }
            _ = words.intern(composed(String(word)))
        }
        if words.count == 0 { throw TextError.noWords(file: file) }
    }

    /// How many words there are.
    public var count: Int { words.count }

    /// Whether a word is one of them.
    public func contains(_ word: String) -> Bool { words.id(of: composed(word)) != nil }

    /// Whether a word, given by its UTF-8 bytes, is one of them.
    public func contains(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        withComposed(word) { words.id(of: $0) != nil }
    }

    /// The texts as words with single spaces between them, those of the list left out.
    public func removing(
        from texts: TextStore, splitBy splitter: WordSplitter = WordSplitter()
    ) -> TextStore {
        var result = TextStore()
        result.reserveCapacity(texts: texts.count, bytes: texts.bytes.count)
        var buffer = WordBuffer()
        var kept: [UInt8] = []
        for index in 0..<texts.count {
            kept.removeAll(keepingCapacity: true)
            texts.withBytes(of: index) { splitter.split($0, into: &buffer) }
            for word in 0..<buffer.count {
                buffer.withBytes(of: word) { bytes in
                    if contains(bytes) { return }
                    if !kept.isEmpty { kept.append(UInt8(ascii: " ")) }
                    kept.append(contentsOf: bytes)
                }
            }
            kept.withUnsafeBufferPointer { result.append($0) }
        }
        return result
    }
}
