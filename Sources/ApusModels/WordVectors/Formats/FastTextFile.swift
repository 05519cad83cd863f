import ApusCore
import ApusSystem
import ApusText

/// fastText's `.bin`: arguments, dictionary, the matrix of words and n-grams, the matrix of outputs.
///
/// Layout (`fasttext.cc`, `args.cc`, `dictionary.cc`, `densematrix.cc` of fastText 0.9), little-endian:
/// magic and version; twelve int32 and a double of arguments; int32 entries, words, labels, int64 tokens
/// and pruned n-grams; each entry its bytes, a 0, int64 count, int8 kind; twice a bool (quantized), int64
/// rows and columns, and the floats.
enum FastTextFile {
    private static let longestWord = 1 << 16

    static func read(_ scanner: ByteScanner, limit: Int) throws -> WordVectors {
        _ = try scanner.integer(Int32.self, what: "the heading")
        let version = try scanner.integer(Int32.self, what: "the heading")
        guard version == 11 || version == 12 else {
            throw WordVectorError.unsupported(
                file: scanner.name, what: "version \(version) of fastText's format is not known",
                remedy: "versions 11 and 12 are read")
        }
        var head = try Head(scanner)
        // Classifiers of version 11 had no n-grams of characters.
        if version == 11, head.arguments.model == .supervised { head.longest = 0 }
        let (words, counts) = try dictionary(scanner, &head)
        try refuseQuantized(scanner)
        let inputRows = try matrixRows(
            scanner, dimension: head.dimension, what: "the matrix of words")
        let bucketCount = inputRows - words.count
        guard bucketCount == head.bucketCount else {
            throw scanner.damaged(
                "the matrix has \(inputRows) rows for \(words.count) words and "
                    + "\(head.bucketCount) n-grams")
        }
        let wordRows = try finite(scanner, words.count * head.dimension, "the matrix of words")
        let hasSubwords = head.longest > 0 && bucketCount > 0
        let buckets = try finite(scanner, bucketCount * head.dimension, "the matrix of n-grams")
        let contexts = try outputs(scanner, head, words.count)
        guard try scanner.isFinished() else {
            throw scanner.damaged("more bytes than the sizes in the file tell")
        }
        let subwords =
            hasSubwords
            ? SubwordTable(
                lengths: head.shortest...head.longest, bucketCount: bucketCount,
                dimension: head.dimension, vectors: buckets, wordRows: wordRows) : nil
        let finished = subwords?.finishedVectors(of: words.strings) ?? wordRows
        // Rows may be finite and their sum is not.
        guard firstNotFinite(finished) < 0 else {
            throw scanner.damaged("vectors beyond all numbers")
        }
        let vectors = WordVectors(
            index: words, counts: counts, vectors: finished,
            dimension: head.dimension, subwords: subwords, contexts: contexts,
            fastTextArguments: head.arguments)
        return vectors.first(limit)
    }

    /// The words with their counts; the labels of a classifier, which come behind, are left out.
    private static func dictionary(
        _ scanner: ByteScanner, _ head: inout Head
    ) throws -> (StringInterner, [Int]) {
        let what = "the dictionary"
        let entries = try scanner.integer(Int32.self, what: what)
        let wordCount = try scanner.integer(Int32.self, what: what)
        let labels = try scanner.integer(Int32.self, what: what)
        guard entries >= 0, wordCount >= 0, labels >= 0, Int64(wordCount) + Int64(labels) == entries
        else {
            throw scanner.damaged(
                "\(entries) entries are not \(wordCount) words and \(labels) labels")
        }
        head.arguments.tokenCount = try scanner.integer(Int64.self, what: what)
        let pruned = try scanner.integer(Int64.self, what: what)
        guard pruned == -1 else { throw quantized(scanner) }
        var words = StringInterner()
        var counts: [Int] = []
        for entry in 0..<Int(entries) {
            let place = scanner.position
            guard
                let (bytes, isTerminated) = try scanner.take(
                    through: 0, limit: longestWord, what: "entry \(entry + 1) of the dictionary"),
                isTerminated
            else { throw scanner.damaged("the file ends before the dictionary does", at: place) }
            let isWord = entry < Int(wordCount)
            if isWord {
                guard words.intern(bytes) == entry else {
                    throw scanner.damaged("a word that was there before", at: place)
                }
            }
            let count = try scanner.integer(Int64.self, what: what)
            let kind = try scanner.integer(Int8.self, what: what)
            guard kind == (isWord ? 0 : 1) else {
                throw scanner.damaged("entry \(entry + 1) is neither word nor label", at: place)
            }
            guard count >= 0 else { throw scanner.damaged("a count of \(count)", at: place) }
            if isWord { counts.append(Int(count)) }
        }
        return (words, counts)
    }

    /// The outputs of a model of words, one a word; a classifier's, one a label, are passed over.
    private static func outputs(
        _ scanner: ByteScanner, _ head: Head, _ wordCount: Int
    ) throws -> [Float]? {
        try refuseQuantized(scanner)
        let rows = try matrixRows(scanner, dimension: head.dimension, what: "the matrix of outputs")
        let values = try finite(scanner, rows * head.dimension, "the matrix of outputs")
        return rows == wordCount && head.arguments.model != .supervised ? values : nil
    }

    private static func finite(_ scanner: ByteScanner, _ count: Int, _ what: String) throws
        -> [Float]
    {
        let start = scanner.position
        let values = try scanner.floats(count, what: what)
        let bad = firstNotFinite(values)
        guard bad < 0 else {
            throw scanner.damaged("a number of \(what) is not finite", at: start + 4 * bad)
        }
        return values
    }

    private static func matrixRows(
        _ scanner: ByteScanner, dimension: Int, what: String
    ) throws -> Int {
        let place = scanner.position
        let rows = try scanner.integer(Int64.self, what: what)
        let columns = try scanner.integer(Int64.self, what: what)
        guard rows >= 0, columns == dimension, rows <= Int64.max / 4 / Int64(dimension) else {
            throw scanner.damaged(
                "\(what) is said to be \(rows) by \(columns), for vectors of \(dimension) numbers",
                at: place)
        }
        return Int(rows)
    }

    private static func refuseQuantized(_ scanner: ByteScanner) throws {
        switch try scanner.integer(UInt8.self, what: "the heading of a matrix") {
        case 0: return
        case 1: throw quantized(scanner)
        default: throw scanner.damaged("neither quantized nor not", at: scanner.position - 1)
        }
    }

    private static func quantized(_ scanner: ByteScanner) -> WordVectorError {
        .unsupported(
            file: scanner.name, what: "a quantized fastText model (.ftz), which is not read",
            remedy: "use the .bin that it was made from")
    }
}

extension FastTextFile {
    /// The arguments as they lie in the file.
    struct Head {
        var arguments = FastTextArguments()
        var dimension = 0
        var bucketCount = 0
        /// The lengths of n-grams; 0 for none.
        var shortest = 0
        var longest = 0

        init(_ scanner: ByteScanner) throws {
            let start = scanner.position
            func next() throws -> Int32 { try scanner.integer(Int32.self, what: "the arguments") }
            let dimension = try next()
            arguments.window = try next()
            arguments.epochs = try next()
            arguments.minimumCount = try next()
            arguments.negatives = try next()
            arguments.wordNGrams = try next()
            let loss = try FastTextArguments.Loss(rawValue: next())
            let model = try FastTextArguments.Model(rawValue: next())
            let (buckets, shortest, longest) = (try next(), try next(), try next())
            arguments.learningRateUpdate = try next()
            arguments.sampling = Double(
                bitPattern: try scanner.integer(UInt64.self, what: "the arguments"))
            guard dimension >= 1, dimension <= DetectedFormat.largestDimension, buckets >= 0,
                shortest >= 0, longest >= 0, longest <= 256, let loss, let model
            else { throw scanner.damaged("arguments that no training has", at: start) }
            arguments.loss = loss
            arguments.model = model
            self.dimension = Int(dimension)
            bucketCount = Int(buckets)
            // fastText takes n-grams from length 1 on where it is told 0.
            self.shortest = max(Int(shortest), 1)
            self.longest = longest < shortest ? 0 : Int(longest)
        }
    }
}
