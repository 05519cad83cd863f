/// How word vectors lie in a file.
public enum WordVectorFormat: String, Sendable, CaseIterable {
    /// A line with the two sizes, then a line for each word: word2vec's text format, and fastText's
    /// `.vec`, which is the same.
    case word2vecText = "word2vec-text"
    /// A line with the two sizes, then each word and its floats as bytes.
    case word2vecBinary = "word2vec-binary"
    /// word2vec's text without its first line, as GloVe writes it.
    case gloVe = "glove"
    /// fastText's `.bin`: dictionary, n-grams and all.
    case fastText = "fasttext"
    /// Tensors by name; the words stand in the header. Nothing that ``WordVectors`` holds is lost.
    case safetensors

    /// The format that a file's name asks for: `.bin` is word2vec's, since only some vectors have the
    /// n-grams that fastText's is for; nil for a name that says nothing.
    public static func named(by path: String, hasSubwords: Bool) -> WordVectorFormat? {
        func ends(_ suffix: String) -> Bool {
            path.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        }
        if ends(".safetensors") { return .safetensors }
        if ends(".bin") { return hasSubwords ? .fastText : .word2vecBinary }
        if ends(".vec") || ends(".w2v") { return .word2vecText }
        if ends(".txt") { return ends("glove.txt") ? .gloVe : .word2vecText }
        return nil
    }
}
