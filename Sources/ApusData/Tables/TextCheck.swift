import ApusText

/// The first byte of a line that no text has.
enum TextProblem: Equatable {
    /// The byte at this offset neither is nor continues a scalar.
    case notUTF8(offset: Int)
    /// The byte at this offset is NUL.
    case nul(offset: Int)
}

/// Makes sure that a line is text.
///
/// - Throws: ``DataError`` for bytes that no text has.
package func checkText(
    _ text: UnsafeBufferPointer<UInt8>, file: String, line: Int
) throws(DataError) {
    switch firstProblem(in: text) {
    case .nul(let offset): throw .nulByte(file: file, line: line, byte: offset + 1)
    case .notUTF8(let offset): throw .notUTF8(file: file, line: line, byte: offset + 1)
    case nil: break
    }
}

/// Looks for NUL bytes and for bytes that are not UTF-8: eight at a time as long as they are
/// ASCII.
func firstProblem(in text: UnsafeBufferPointer<UInt8>) -> TextProblem? {
    let raw = UnsafeRawBufferPointer(text)
    var position = 0
    while position < text.count {
        while position + 8 <= text.count {
            let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            // No byte has its high bit, and none lends it when 1 is taken away.
            let high = word | (word &- 0x0101_0101_0101_0101)
            guard high & 0x8080_8080_8080_8080 == 0 else { break }
            position += 8
        }
        guard position < text.count else { break }
        // Up to eight bytes one by one, then eight at a time again.
        let stop = min(position + 8, text.count)
        while position < stop {
            let (scalar, length) = decodeScalar(text, at: position)
            if scalar == 0 { return .nul(offset: position) }
            if scalar == 0xFFFD, length == 1 { return .notUTF8(offset: position) }
            position += length
        }
    }
    return nil
}
