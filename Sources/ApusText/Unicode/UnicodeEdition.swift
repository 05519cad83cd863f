/// Whose Unicode a text is read by.
public enum UnicodeEdition: Sendable {
    /// The version of our tables.
    case latest
    /// What Hugging Face tokenizers goes by, whose parts are of several older versions: the ids of
    /// a checkpoint follow from them. See ``HuggingFaceUnicode``.
    case huggingFace
}
