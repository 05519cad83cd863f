/// Turns lines that are no text into text, and counts them: for texts that are only classified, where one broken
/// line of a log should not end everything.
///
/// Bytes that are not UTF-8 become U+FFFD, one for each maximal part of a scalar (the Unicode Standard, 3.9, "U+FFFD
/// Substitution of Maximal Subparts"); NUL becomes a space.
package final class TextMender {
    /// How many lines were mended.
    package private(set) var count = 0
    /// The number of the first line that was.
    package private(set) var firstLine: Int?

    private let keepsNUL: Bool

    /// A mender that has seen nothing.
    ///
    /// - Parameter keepsNUL: leaves NUL, which is a character like others to a tokenizer.
    package init(keepsNUL: Bool = false) { self.keepsNUL = keepsNUL }

    /// The line as text: nil if it is text as it stands.
    package func mended(_ line: UnsafeBufferPointer<UInt8>, number: Int) -> [UInt8]? {
        let isText =
            keepsNUL
            ? String(validating: line, as: UTF8.self) != nil : firstProblem(in: line) == nil
        if isText { return nil }
        count += 1
        firstLine = firstLine ?? number
        let text = String(decoding: line, as: UTF8.self)
        return keepsNUL ? Array(text.utf8) : text.utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }
    }
}
