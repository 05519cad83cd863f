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
    /// The ids that the next text depends on: one that was given out already, and those that wait.
    private var window: [Int32] = []
    /// How much of the window's text was given out, in bytes.
    private var given = 0
    /// Bytes that wait for the rest of their scalar are few; more is no scalar and does not wait.
    private static let longestWait = 64

    init(_ tokenizer: Tokenizer, skippingSpecialTokens: Bool) {
        self.tokenizer = tokenizer
        skipsSpecialTokens = skippingSpecialTokens
    }

    /// The text that has become certain with another id; often empty when a scalar has several tokens.
    public mutating func append(_ id: Int32) -> String {
        window.append(id)
        let text = Array(decoded(window).utf8)
        let waits = text.suffix(3).elementsEqual([0xEF, 0xBF, 0xBD])
        guard text.count > given, !waits || window.count > Self.longestWait else { return "" }
        let new = String(decoding: text[given...], as: UTF8.self)
        // The first token of a text loses its space in some decoders: one token stays as context, so that
        // the next one is not the first.
        if let last = window.last(where: { !decoded([$0]).isEmpty }) { window = [last] }
        given = decoded(window).utf8.count
        return new
    }

    /// What was still waiting: an unfinished scalar comes out as U+FFFD.
    public mutating func finish() -> String {
        let text = Array(decoded(window).utf8)
        defer {
            window = []
            given = 0
        }
        return text.count > given ? String(decoding: text[given...], as: UTF8.self) : ""
    }

    private func decoded(_ ids: [Int32]) -> String {
        tokenizer.decode(
            ids, skippingSpecialTokens: skipsSpecialTokens, cleaningUpSpaces: false)
    }
}
