import CApusUnicode

/// Unicode's four normalization forms (Unicode Standard Annex 15): texts that look the same, made
/// the same.
///
/// ```swift
/// NormalizationForm.nfc.normalized("e\u{301}")   // "é", one scalar
/// NormalizationForm.nfkd.normalized("ﬁ²")        // "fi2"
/// ```
///
/// Text that is normal already, and all ASCII is, costs one look at its bytes and a copy. Bytes
/// that are not UTF-8 become U+FFFD.
public enum NormalizationForm: String, Sendable, CaseIterable {
    /// Canonically decomposed and composed again: what keyboards and the web write.
    case nfc
    /// Canonically decomposed: letters and their accents apart.
    case nfd
    /// Compatibly decomposed and composed again: ligatures, widths and styles are gone too.
    case nfkc
    /// Compatibly decomposed.
    case nfkd

    /// The text in this form.
    public func normalized(_ text: String) -> String {
        var text = text
        return String(decoding: text.withUTF8 { normalized($0) }, as: UTF8.self)
    }

    /// The text in this form, as UTF-8.
    public func normalized(
        _ text: UnsafeBufferPointer<UInt8>, edition: UnicodeEdition = .latest
    ) -> [UInt8] {
        var sink = ByteSink(capacity: text.count)
        var pass = NormalizationPass(self, edition)
        pass.run(text, into: &sink)
        return sink.output.bytes()
    }

    /// Whether a look at each scalar alone shows that the text is in this form.
    ///
    /// False can also mean that it takes normalizing to know.
    public func isClearlyNormal(
        _ text: UnsafeBufferPointer<UInt8>, edition: UnicodeEdition = .latest
    ) -> Bool {
        NormalizationPass(self, edition).normalSpan(of: text, from: 0).end == text.count
    }

    /// Hands the scalars of the text in this form to `body`, each with what it did to the source.
    ///
    /// - Parameter body: gets a scalar and its change: 0 if it stands for one scalar of the source
    ///   (the next), −n if it stands for one and n further ones that are gone, 1 if it was inserted
    ///   behind those that are used up. The changes add up to the difference in length, which is how
    ///   Hugging Face tokenizers counts when it keeps track of offsets.
    public func forEachScalar(
        of text: UnsafeBufferPointer<UInt8>, edition: UnicodeEdition = .latest,
        _ body: (_ scalar: UInt32, _ change: Int) -> Void
    ) {
        withoutActuallyEscaping(body) { body in
            var sink = ScalarSink(body: body)
            var pass = NormalizationPass(self, edition)
            pass.run(text, into: &sink)
        }
    }

    var isComposed: Bool { self == .nfc || self == .nfkc }
    var isCompatible: Bool { self == .nfkc || self == .nfkd }

    /// The flag of scalars that may not, or not always, stand in this form.
    var exclusionFlag: UInt8 {
        switch self {
        case .nfd: UInt8(APUS_UNICODE_NOT_NFD)
        case .nfkd: UInt8(APUS_UNICODE_NOT_NFKD)
        case .nfc: UInt8(APUS_UNICODE_NOT_NFC)
        case .nfkc: UInt8(APUS_UNICODE_NOT_NFKC)
        }
    }
}

/// Text without the marks that stand on letters: `café` becomes `cafe`.
///
/// It is decomposed (NFD), its nonspacing marks are dropped, and what is left is composed (NFC).
/// Letters that have no decomposition stay as they are (`ø`, `ł`, `ß`).
public func strippingAccents(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    if asciiEnd(text, from: 0) == text.count { return Array(text) }
    var output = UTF8Output(capacity: text.count)
    NormalizationForm.nfd.forEachScalar(of: text) { scalar, _ in
        if UnicodeTables.category(of: scalar) != .nonspacingMark { output.append(scalar) }
    }
    return output.bytes().withUnsafeBufferPointer { NormalizationForm.nfc.normalized($0) }
}

/// Text without the marks that stand on letters.
public func strippingAccents(_ text: String) -> String {
    var text = text
    return String(decoding: text.withUTF8 { strippingAccents($0) }, as: UTF8.self)
}

/// What a normalizer writes to: runs of the source that stay as they are, and single scalars.
protocol NormalizationSink: ~Copyable {
    mutating func copy(_ unchanged: UnsafeBufferPointer<UInt8>)
    mutating func append(_ scalar: UInt32, change: Int)
}

private struct ByteSink: NormalizationSink, ~Copyable {
    var output: UTF8Output

    init(capacity: Int) { output = UTF8Output(capacity: capacity) }

    mutating func copy(_ unchanged: UnsafeBufferPointer<UInt8>) { output.append(unchanged) }

    mutating func append(_ scalar: UInt32, change: Int) { output.append(scalar) }
}

private struct ScalarSink: NormalizationSink {
    let body: (UInt32, Int) -> Void

    mutating func copy(_ unchanged: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while position < unchanged.count {
            let (scalar, length) = decodeScalar(unchanged, at: position)
            body(scalar, 0)
            position += length
        }
    }

    mutating func append(_ scalar: UInt32, change: Int) { body(scalar, change) }
}
