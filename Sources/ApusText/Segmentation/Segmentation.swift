/// Texts cut into words or sentences by the rules of Unicode, which need no dictionary (Unicode
/// Standard Annex 29).
///
/// ```swift
/// Segmentation.words("Can’t stop: 3.5 km!")       // ["Can’t", "stop", "3.5", "km"]
/// Segmentation.sentences("It rains. Mr. Fox sleeps.")   // ["It rains. ", "Mr. ", "Fox sleeps."]
/// ```
///
/// The rules know nothing of abbreviations: a full stop before a capital ends a sentence. Scripts
/// without spaces come apart into ideographs, or stay together (Thai); for words as features see
/// ``WordSplitter``.
public enum Segmentation {
    /// The words of a text: the segments that hold a letter, a number, a kana or an ideograph, or
    /// an emoji.
    public static func words(_ text: String) -> [String] {
        strings(in: text) { bytes, append in
            forEachWord(in: bytes) { range, isWord in if isWord { append(range) } }
        }
    }

    /// The sentences of a text, with the spaces behind each: joined, they are the text.
    public static func sentences(_ text: String) -> [String] {
        strings(in: text) { bytes, append in forEachSentence(in: bytes) { append($0) } }
    }

    private static func strings(
        in text: String, _ split: (UnsafeBufferPointer<UInt8>, (Range<Int>) -> Void) -> Void
    ) -> [String] {
        var text = text
        var parts: [String] = []
        text.withUTF8 { bytes in
            split(bytes) { range in
                parts.append(String(decoding: bytes[range], as: UTF8.self))
            }
        }
        return parts
    }
}
