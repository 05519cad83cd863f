import ApusCore
import ApusFiles
import ApusSystem
import ApusText

/// Word vectors in a safetensors file: tensor `vectors` [words, dimension], the words in the header under
/// `words`, parted by line feeds; where they are known `counts` [words], `contexts` like `vectors`, and
/// with n-grams `subwords` [buckets, dimension], `word_rows` like `vectors`, and the header's
/// `subword_lengths`, `3-6`.
///
/// In Python: `safe_open(path, "numpy").metadata()["words"].split("\n")`.
enum SafetensorsVectors {
    static func read(_ path: String, limit: Int) throws -> WordVectors {
        let file = try SafetensorsFile(path)
        func text(_ key: String) -> String? { file.metadata.first { $0.key == key }?.value }
        guard file.contains("vectors"), let list = text("words") else {
            throw WordVectorError.unsupported(
                file: path, what: "tensors without words",
                remedy: "a file of word vectors has a tensor “vectors” and its words in the header")
        }
        let known =
            ["vectors", "counts", "contexts"]
            + (text("subword_lengths") == nil ? [] : ["subwords", "word_rows"])
        let unexpected = file.entries.map(\.name).filter { !known.contains($0) }
        guard unexpected.isEmpty else {
            throw SafetensorsError.otherNames(path: path, missing: [], unexpected: unexpected)
        }
        let (values, shape) = try floats("vectors", of: file)
        guard shape.rank == 2, shape[1] >= 1 else {
            throw SafetensorsError.invalidTensor(
                path: path, tensor: "vectors", reason: "must be words by numbers")
        }
        let dimension = shape[1]
        let words = try interned(list, file, expected: shape[0])
        let hasCounts = file.contains("counts")
        let counts = try hasCounts ? self.counts(file, words.count) : nil
        let contexts = try file.contains("contexts") ? likeVectors("contexts", file, shape) : nil
        let vectors = WordVectors(
            index: words, counts: counts, vectors: values, dimension: dimension,
            subwords: try subwords(file, text("subword_lengths"), shape), contexts: contexts,
            fastTextArguments: nil)
        return vectors.first(limit)
    }

    private static func interned(
        _ list: String, _ file: SafetensorsFile, expected: Int
    ) throws -> StringInterner {
        var words = StringInterner()
        var list = list
        try list.withUTF8 { bytes in
            if expected == 0, bytes.isEmpty { return }
            for word in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            {
                let before = words.count
                guard words.intern(UnsafeBufferPointer(rebasing: word)) == before else {
                    throw wrong(
                        file, "the word “\(String(decoding: word, as: UTF8.self))” is there twice")
                }
            }
        }
        guard words.count == expected else {
            throw wrong(file, "\(words.count) words for \(expected) vectors")
        }
        return words
    }

    private static func wrong(_ file: SafetensorsFile, _ reason: String) -> SafetensorsError {
        .invalidHeader(path: file.path, reason: reason)
    }

    private static func floats(
        _ name: String, of file: SafetensorsFile
    ) throws -> (values: [Float], shape: Shape) {
        let tensor = try file.tensor(name)
        guard tensor.scalarType == .float32 else {
            throw SafetensorsError.invalidTensor(
                path: file.path, tensor: name, reason: "must be of floats")
        }
        let values = tensor.withElements(of: Float.self) { Array($0) }
        let bad = firstNotFinite(values)
        guard bad < 0 else {
            throw SafetensorsError.invalidTensor(
                path: file.path, tensor: name, reason: "has a number that is not finite, at \(bad)")
        }
        return (values, tensor.shape)
    }

    private static func likeVectors(
        _ name: String, _ file: SafetensorsFile, _ shape: Shape
    ) throws -> [Float] {
        let (values, found) = try floats(name, of: file)
        guard found == shape else {
            throw SafetensorsError.wrongShape(
                path: file.path, tensor: name, expected: "\(shape)", found: "\(found)")
        }
        return values
    }

    private static func counts(_ file: SafetensorsFile, _ words: Int) throws -> [Int] {
        let tensor = try file.tensor("counts")
        guard tensor.scalarType == .float64, tensor.count == words else {
            throw SafetensorsError.invalidTensor(
                path: file.path, tensor: "counts", reason: "must be \(words) numbers of float64")
        }
        return try tensor.withElements(of: Double.self) { counts in
            try counts.map { count in
                guard let whole = Int(exactly: count), whole >= 0 else {
                    throw SafetensorsError.invalidTensor(
                        path: file.path, tensor: "counts",
                        reason: "holds \(count), which counts nothing")
                }
                return whole
            }
        }
    }

    private static func subwords(
        _ file: SafetensorsFile, _ lengths: String?, _ shape: Shape
    ) throws -> SubwordTable? {
        guard let lengths else { return nil }
        let bounds = lengths.split(separator: "-").compactMap { Int($0) }
        guard bounds.count == 2, bounds[0] >= 1, bounds[0] <= bounds[1], bounds[1] <= 256 else {
            throw wrong(file, "“\(printable(lengths))” are no lengths of n-grams")
        }
        let (buckets, bucketShape) = try floats("subwords", of: file)
        guard bucketShape.rank == 2, bucketShape[0] >= 1, bucketShape[1] == shape[1],
            bucketShape[0] <= Int(Int32.max)
        else {
            throw SafetensorsError.wrongShape(
                path: file.path, tensor: "subwords", expected: "buckets by \(shape[1])",
                found: "\(bucketShape)")
        }
        return SubwordTable(
            lengths: bounds[0]...bounds[1], bucketCount: bucketShape[0], dimension: shape[1],
            vectors: buckets, wordRows: try likeVectors("word_rows", file, shape))
    }

    static func write(_ vectors: WordVectors, to path: String) throws {
        try TextVectors.checkWords(of: vectors, path: path, forbidding: [0x0A], "a line feed")
        let shape = Shape(vectors.count, vectors.dimension)
        var tensors = [(name: "vectors", tensor: Tensor(vectors.values, shape: shape))]
        var list: [UInt8] = []
        for row in 0..<vectors.count {
            if row > 0 { list.append(UInt8(ascii: "\n")) }
            vectors.words.withBytes(of: row) { list.append(contentsOf: $0) }
        }
        guard let words = String(validating: list, as: UTF8.self) else {
            throw WordVectorError.unsupported(
                file: path, what: "some words are no UTF-8, which a safetensors header must be",
                remedy: "write --format word2vec-binary")
        }
        var metadata = [(key: "words", value: words)]
        if let counts = vectors.counts {
            tensors.append(("counts", Tensor(counts.map(Double.init), shape: Shape(counts.count))))
        }
        if let contexts = vectors.contexts {
            tensors.append(("contexts", Tensor(contexts, shape: shape)))
        }
        if let subwords = vectors.subwords {
            metadata.append(
                ("subword_lengths", "\(subwords.lengths.lowerBound)-\(subwords.lengths.upperBound)")
            )
            tensors.append(
                (
                    "subwords",
                    Tensor(subwords.vectors, shape: Shape(subwords.bucketCount, vectors.dimension))
                ))
            tensors.append(("word_rows", Tensor(subwords.wordRows, shape: shape)))
        }
        try writeSafetensors(tensors, metadata: metadata, to: path)
    }
}
