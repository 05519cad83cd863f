/// Decodes ids one by one and never gives out a part of a scalar.
///
///     var stream = tokenizer.streamingDecoder()
///     for id in generated { print(stream.append(id), terminator: "") }
///     print(stream.finish())
///
/// The parts joined are what ``Tokenizer/decode(_:skippingSpecialTokens:cleaningUpSpaces:)`` gives for all ids at
/// once without cleaning up spaces, with
/// decoders that look at no token but the first and the neighbours of bytes, as those of language models are.
public struct StreamingDecoder: Sendable {
    private let tokenizer: Tokenizer
    private let skipsSpecialTokens: Bool
    /// The ids that the next text depends on: those that were given out already, and those that wait.
    private var window: [Int32] = []
    /// How many of the window's ids were given out, as context of the others.
    private var contextCount = 0
    /// The text of these ids.
    private var given: [UInt8] = []
    /// Bytes that wait for the rest of their scalar are few; more is no scalar and does not wait.
    private static let longestWait = 64

    init(_ tokenizer: Tokenizer, skippingSpecialTokens: Bool) {
        self.tokenizer = tokenizer
        skipsSpecialTokens = skippingSpecialTokens
    }

    /// The text that has become certain with another id; often empty when a scalar has several tokens.
    public mutating func append(_ id: Int32) -> String {
        window.append(id)
        let text = decoded(window[...])
        let waits = text.suffix(3).elementsEqual([0xEF, 0xBF, 0xBD])
        let new = waiting(in: text)
        guard !new.isEmpty, !waits || window.count > Self.longestWait else { return "" }
        keepContext(of: text)
        return String(decoding: new, as: UTF8.self)
    }

    /// What was still waiting: an unfinished scalar comes out as U+FFFD.
    public mutating func finish() -> String {
        let new = waiting(in: decoded(window[...]))
        window = []
        contextCount = 0
        given = []
        return String(decoding: new, as: UTF8.self)
    }

    /// What of the window's text was not given out. Bytes that are no scalar spoil those before them in some
    /// decoders; what was given out stays, and the others are decoded alone.
    private func waiting(in text: [UInt8]) -> ArraySlice<UInt8> {
        text.starts(with: given)
            ? text[given.count...] : decoded(window[contextCount...])[...]
    }

    /// Shortens the window. The first token of a text loses its space in some decoders, so the last ones stay as context
    /// and the next one is not the first: so many that they mean alone what they mean here, as all bytes of a scalar do.
    private mutating func keepContext(of text: [UInt8]) {
        var start = window.count
        var tail: [UInt8] = []
        while start > 0, tail.isEmpty || !text.suffix(tail.count).elementsEqual(tail) {
            start -= 1
            tail = decoded(window[start...])
        }
        window.removeSubrange(..<max(start, window.count - Self.longestWait))
        contextCount = window.count
        given = decoded(window[...])
    }

    private func decoded(_ ids: ArraySlice<Int32>) -> [UInt8] {
        let text = tokenizer.decode(
            Array(ids), skippingSpecialTokens: skipsSpecialTokens, cleaningUpSpaces: false)
        return Array(text.utf8)
    }
}
