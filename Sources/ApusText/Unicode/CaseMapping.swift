import CApusUnicode

/// Text in one case.
///
/// Each scalar is mapped by itself, the same in every language: no final sigma, no Turkish i.
/// Bytes that are not UTF-8 become U+FFFD.
public enum CaseMapping: Sendable, Hashable {
    /// Unicode's full lower-case mapping: `ΑΣ` becomes `ασ`, `İ` becomes i and
    /// U+0307.
    case lower
    /// Unicode's full case folding, which makes texts equal that differ in case alone: `ß` and `SS`
    /// both become `ss`.
    case folding

    /// The text in this case.
    public func mapped(_ text: String) -> String {
        var text = text
        return String(decoding: text.withUTF8 { mapped($0) }, as: UTF8.self)
    }

    /// The text in this case, as UTF-8.
    public func mapped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var output = UTF8Output(capacity: text.count)
        var position = 0
        while position < text.count {
            if text[position] >= 0x80 {
                let (scalar, length) = decodeScalar(text, at: position)
                append(scalar, to: &output)
                position += length
            } else if position + 1 < text.count, text[position + 1] >= 0x80 {
                output.append(UnicodeTables.lowercased(UInt32(text[position])))
                position += 1
            } else {
                let end = asciiEnd(text, from: position)
                appendLowered(text, position..<end, to: &output)
                position = end
            }
        }
        return output.bytes()
    }

    /// ASCII, in which lower case and folding are the same.
    private func appendLowered(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to output: inout UTF8Output
    ) {
        guard let source = text.baseAddress.map({ $0 + range.lowerBound }) else { return }
        output.append(length: range.count) { target in
            for index in 0..<range.count {
                let byte = source[index]
                target[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
            }
        }
    }

    @inline(__always)
    private func append(_ scalar: UInt32, to output: inout UTF8Output) {
        let record = apus_unicode_case_of(scalar).pointee
        if self == .lower {
            output.append(scalar &+ UInt32(bitPattern: record.lower))
            if scalar == 0x130 { output.append(0x307) }
        } else if record.fold < 0x20_0000 {
            output.append(scalar &+ UInt32(bitPattern: record.fold))
        } else {
            guard let scalars = apus_unicode_folding_at(record.fold) else { return }
            for place in 0..<3 where scalars[place] != 0 { output.append(scalars[place]) }
        }
    }
}
