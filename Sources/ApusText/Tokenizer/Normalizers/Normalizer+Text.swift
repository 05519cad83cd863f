extension Normalizer {
    /// Changes a text.
    public func normalize(_ text: inout AlignedText) {
        switch self {
        case .bert(let settings): settings.normalize(&text)
        case .unicode(let form): text.normalize(to: form)
        case .lowercase: text.lowercase()
        case .strip(let left, let right): text.strip(left: left, right: right)
        case .stripAccents: text.filter { !HuggingFaceUnicode.isMark($0) }
        case .replace(let pattern, let content): text.replace(pattern, with: content)
        case .prepend(let prefix): text.prepend(prefix)
        case .nmt:
            text.filter { !Self.isDroppedByNMT($0) }
            text.map { Self.isSpaceForNMT($0) ? 0x20 : $0 }
        case .byteLevel: text.writeBytes()
        case .precompiled(let charsmap): charsmap.normalize(&text)
        case .sentencePiece(let settings): settings.normalize(&text)
        case .sequence(let normalizers):
            for normalizer in normalizers { normalizer.normalize(&text) }
        }
    }

    /// A text as it comes out.
    public func normalized(_ text: String) -> String {
        var text = text
        var aligned = text.withUTF8 { AlignedText($0) }
        normalize(&aligned)
        return String(decoding: aligned.bytes, as: UTF8.self)
    }

    private static func isDroppedByNMT(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: true
        default: false
        }
    }

    private static func isSpaceForNMT(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF,
            0xFFFD:
            true
        default: false
        }
    }
}
