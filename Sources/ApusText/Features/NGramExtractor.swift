/// Turns a text into the hashes of its n-grams: of words, of characters, or both.
///
/// ```swift
/// let extractor = NGramExtractor(words: 1...2, characters: 2...5)
/// var features = FeatureBuffer()
/// extractor.extract("Swifts sleep on the wing.", into: &features)
/// ```
/// No strings are made: each hash goes on from that of the n-gram one shorter. Texts that are
/// canonically equal have the same n-grams, unless the splitter does not compose them.
public struct NGramExtractor: Sendable, Hashable {
    /// Where character n-grams are taken from.
    public enum CharacterScope: String, Sendable, Hashable, CaseIterable {
        /// Inside words, which have a space at each end: ` the ` gives ` t`, `th`, `he`, `e `.
        case insideWords
        /// Over the whole text, punctuation and (single) spaces included.
        case wholeText
    }

    /// How texts are split into words, and whether they are lower-cased.
    public var splitter: WordSplitter

    /// The lengths of word n-grams, in words; nil for none.
    public var words: ClosedRange<Int>?

    /// The lengths of character n-grams, in Unicode scalars; nil for none.
    public var characters: ClosedRange<Int>?

    /// Where character n-grams are taken from.
    public var characterScope: CharacterScope

    /// An extractor of the given n-grams. Lengths below 1 or above 64 are a programmer's mistake.
    public init(
        words: ClosedRange<Int>? = 1...2, characters: ClosedRange<Int>? = nil,
        characterScope: CharacterScope = .insideWords, splitter: WordSplitter = WordSplitter()
    ) {
        for range in [words, characters].compactMap(\.self) {
            guard range.lowerBound >= 1, range.upperBound <= 64 else {
                fatalError("NGramExtractor: lengths \(range); n-grams have 1 to 64 parts")
            }
        }
        self.words = words
        self.characters = characters
        self.characterScope = characterScope
        self.splitter = splitter
    }

    /// Extracts the features of a text and writes them over what the buffer held.
    public func extract(_ text: String, into buffer: inout FeatureBuffer) {
        var text = text
        text.withUTF8 { extract($0, into: &buffer) }
    }

    /// Extracts the features of a text given by its UTF-8 bytes, and writes them over what the
    /// buffer held: first the word n-grams, by where they begin and then by length, then those of
    /// characters.
    public func extract(_ text: UnsafeBufferPointer<UInt8>, into buffer: inout FeatureBuffer) {
        splitter.prepared(text) { extractPrepared($0, into: &buffer) }
    }

    private func extractPrepared(
        _ text: UnsafeBufferPointer<UInt8>, into buffer: inout FeatureBuffer
    ) {
        let usesWords = words != nil || (characters != nil && characterScope == .insideWords)
        let usesText = characters != nil && characterScope == .wholeText
        buffer.count = 0
        if usesWords { splitter.splitAsItStands(text, into: &buffer.words) }
        if usesText { buffer.text.set(text, lowercased: splitter.lowercases) }

        if let words { appendWordNGrams(words, to: &buffer) }
        buffer.wordCount = buffer.count
        buffer.charactersSpanText = usesText
        guard let characters else { return }
        if usesText {
            let byteCount = buffer.text.byteCount
            buffer.reserve(more: characters.count * byteCount)
            buffer.write { [text = buffer.text.bytes] output in
                text.withUnsafeBufferPointer {
                    appendCharacterNGrams(characters, of: $0, 0..<byteCount, to: &output)
                }
            }
        } else {
            let wordCount = buffer.words.count
            buffer.reserve(more: characters.count * buffer.words.byteCount * 2)
            buffer.write { [words = buffer.words] output in
                words.bytes.withUnsafeBufferPointer { bytes in
                    for word in 0..<wordCount {
                        let framed = Int(words.starts[word]) - 1..<Int(words.ends[word]) + 1
                        appendCharacterNGrams(characters, of: bytes, framed, to: &output)
                    }
                }
            }
        }
    }

    private func appendWordNGrams(_ lengths: ClosedRange<Int>, to buffer: inout FeatureBuffer) {
        let words = buffer.words
        buffer.reserve(more: lengths.count * words.count)
        buffer.write { output in
            words.bytes.withUnsafeBufferPointer { bytes in
                for first in 0..<words.count {
                    var state = FeatureHash.seed(tag: FeatureHash.wordTag)
                    let start = Int(words.starts[first])
                    var position = start
                    let reach = min(lengths.upperBound, words.count - first)
                    for length in 1...reach {
                        // From the second word on, this begins with the space before it.
                        let end = Int(words.ends[first + length - 1])
                        while position < end {
                            state = FeatureHash.extend(state, with: bytes[position])
                            position += 1
                        }
                        guard length >= lengths.lowerBound else { continue }
                        output.append(FeatureHash.finish(state), start, end)
                    }
                }
            }
        }
    }

    /// Appends the n-grams of the scalars in `range`, but for single spaces.
    @inline(__always)
    private func appendCharacterNGrams(
        _ lengths: ClosedRange<Int>, of bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
        to output: inout FeatureOutput
    ) {
        let seed = FeatureHash.seed(tag: FeatureHash.characterTag)
        var start = range.lowerBound
        while start < range.upperBound {
            var state = seed
            var position = start
            var next = start
            for length in 1...lengths.upperBound {
                guard position < range.upperBound else { break }
                repeat {
                    state = FeatureHash.extend(state, with: bytes[position])
                    position += 1
                } while position < range.upperBound && bytes[position] & 0xC0 == 0x80
                if length == 1 {
                    next = position
                    if bytes[start] == UInt8(ascii: " ") { continue }
                }
                guard length >= lengths.lowerBound else { continue }
                output.append(FeatureHash.finish(state), start, position)
            }
            start = next
        }
    }
}
