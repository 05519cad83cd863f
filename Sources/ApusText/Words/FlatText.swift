/// A text on one line, reused from text to text: white space collapsed to single spaces, one more
/// at each end as the mark of the boundary, punctuation left where it stands.
///
/// Character n-grams over whole texts are taken from this form.
struct FlatText: Sendable {
    /// The bytes, valid up to `byteCount`.
    var bytes: [UInt8] = []
    var byteCount = 0
    var table = ScalarTable.latin

    /// Writes a text, given by its UTF-8 bytes, over what was held.
    mutating func set(_ text: UnsafeBufferPointer<UInt8>, lowercased: Bool) {
        guard text.count < 1 << 30 else {
            fatalError("FlatText: a text of \(text.count) bytes; the longest is 1 GiB")
        }
        bytes.grow(to: 2 * text.count + 4, filling: 0)
        var table = table
        byteCount = bytes.withUnsafeMutableBufferPointer { buffer in
            guard let output = buffer.baseAddress else { fatalError("FlatText: no room") }
            output[0] = UInt8(ascii: " ")
            var written = 1
            var position = 0
            while position < text.count {
                let (scalar, length) = decodeScalar(text, at: position)
                position += length
                let entry = table.entry(of: scalar)
                switch entry >> 24 {
                case ScalarTable.Kind.ignored: break
                case ScalarTable.Kind.space:
                    if output[written - 1] != UInt8(ascii: " ") {
                        output[written] = UInt8(ascii: " ")
                        written += 1
                    }
                default:
                    encodeScalar(lowercased ? entry & 0xFFFFFF : scalar, to: output, at: &written)
                }
            }
            if output[written - 1] != UInt8(ascii: " ") {
                output[written] = UInt8(ascii: " ")
                written += 1
            }
            return written
        }
        self.table = table
    }
}
