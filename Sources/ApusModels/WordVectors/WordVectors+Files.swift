import ApusSystem

extension WordVectors {
    /// Reads vectors from a file in any ``WordVectorFormat``, plain or compressed with gzip. What it is
    /// is told by its content, not its name; `-` is standard input.
    ///
    /// ```swift
    /// let vectors = try WordVectors(file: "cc.en.300.bin")
    /// let frequent = try WordVectors(file: "glove.6B.100d.txt", limit: 50_000)
    /// ```
    ///
    /// A word that a word2vec or GloVe file has twice keeps its first row. Of a fastText classifier the
    /// words are read.
    ///
    /// - Parameter limit: how many words are kept, from the beginning of the file.
    /// - Throws: ``WordVectorError``, ``SafetensorsError``, ``FileError``.
    public init(file path: String, limit: Int = .max) throws {
        let reader = try openForReading(path)
        let isPlain = !(reader is GzipReader) && path != "-" && (try? checkRegularFile(path)) != nil
        let scanner = ByteScanner(reader, size: isPlain ? try fileSize(path) : nil)
        switch try DetectedFormat(scanner) {
        case .text(let sizes):
            self = try TextVectors.read(scanner, sizes: sizes, limit: limit)
        case .word2vecBinary(let sizes):
            self = try Word2VecBinary.read(scanner, sizes: sizes, limit: limit)
        case .fastText:
            self = try FastTextFile.read(scanner, limit: limit)
        case .safetensors:
            guard isPlain else {
                throw WordVectorError.unsupported(
                    file: path, what: "safetensors are read from plain files only",
                    remedy: "decompress it to a file first")
            }
            self = try SafetensorsVectors.read(path, limit: limit)
        }
    }

    /// Writes the vectors, replacing the file in one step.
    ///
    /// word2vec's formats and GloVe's hold words and vectors alone; fastText's also counts, n-grams and
    /// contexts; safetensors everything.
    ///
    /// - Throws: ``WordVectorError/unwritableWord(file:word:reason:)`` for a word that the format cannot
    ///   tell, ``FileError``.
    public func save(to path: String, format: WordVectorFormat) throws {
        switch format {
        case .word2vecText: try TextVectors.write(self, header: true, to: path)
        case .gloVe: try TextVectors.write(self, header: false, to: path)
        case .word2vecBinary: try Word2VecBinary.write(self, to: path)
        case .fastText: try FastTextFile.write(self, to: path)
        case .safetensors: try SafetensorsVectors.write(self, to: path)
        }
    }
}
