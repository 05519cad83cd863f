/// Hands a text in canonically composed form (NFC) to `body`: the text itself, without a copy, if
/// it is composed already, as nearly all text is.
///
/// Texts that look the same and are the same for Unicode, `é` as one scalar or as a letter and an
/// accent, thus give the same words and n-grams.
@inline(__always)
package func withComposed<Result>(
    _ text: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
) rethrows -> Result {
    if isClearlyComposed(text) { return try body(text) }
    return try NormalizationForm.nfc.normalized(text).withUnsafeBufferPointer(body)
}

/// A string in canonically composed form (NFC).
package func composed(_ text: String) -> String {
    var text = text
    return text.withUTF8 { isClearlyComposed($0) }
        ? text : NormalizationForm.nfc.normalized(text)
}

/// Whether a quick look shows that a text is in NFC: first at its bytes, eight at a time, then at
/// the scalars from where the bytes leave it open.
///
/// No scalar below U+0300 combines with one before it, and none is excluded from NFC: texts in
/// Latin letters are told by their bytes, which begin a scalar below U+0300 if they lie below 0xCC.
func isClearlyComposed(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(text)
    var position = 0
    while position + 8 <= text.count {
        let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        // The high bit of each byte that is 11xx11xx, 111xxxxx or 11x1xxxx: 0xCC and above.
        let begins = word & word << 1
        let far = word << 2 | word << 3 | word << 4 & word << 5
        if begins & far & 0x8080_8080_8080_8080 != 0 { break }
        position += 8
    }
    while position < text.count {
        switch text[position] {
        // ASCII, Latin, the bytes inside of scalars; U+03C0…047F of Greek and Cyrillic;
        // U+4000…9FFF of Chinese; U+B000…D7FF of Korean: nothing there combines or is excluded.
        case ..<0xCC, 0xCF...0xD1, 0xE4...0xE9, 0xEB...0xED: position += 1
        default: return NormalizationForm.nfc.isClearlyNormal(text)
        }
    }
    return true
}
