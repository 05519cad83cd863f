import ApusSystem
import ApusText

/// word2vec's text format, fastText's `.vec`, and GloVe's, which lacks the line with the sizes.
enum TextVectors {
    private static let longestLine = 1 << 26

    /// Reads rows up to the end, or the first `limit`.
    ///
    /// A row's last numbers are its vector and what stands before them its word, which may hold spaces,
    /// as some of GloVe's do. Without stated sizes the first row tells the dimension.
    static func read(
        _ scanner: ByteScanner, sizes: StatedSizes?, limit: Int
    ) throws -> WordVectors {
        var fields = TextFields()
        var line = sizes == nil ? 0 : 1
        var rows: RowCollector?
        if let sizes { rows = collector(sizes.dimension, min(sizes.words, limit), scanner) }
        let expected = min(sizes?.words ?? limit, limit)
        var taken = 0
        while taken < expected, let next = try nextLine(scanner, after: &line, &fields) {
            if fields.count == 0 {
                if try hasMore(scanner, after: &line, &fields) {
                    throw broken(scanner, line, "an empty line between rows")
                }
                break
            }
            let dimension = rows?.dimension ?? fields.count - 1
            guard dimension >= 1, dimension <= DetectedFormat.largestDimension else {
                throw broken(scanner, line, "a word and its numbers are needed")
            }
            var collected = rows.take() ?? collector(dimension, 0, scanner)
            try add(next, fields, line, to: &collected, scanner)
            rows = collected
            taken += 1
        }
        if let sizes, taken < expected {
            throw broken(
                scanner, line + 1,
                "\(sizes.words) words are promised, and the file ends after \(taken)")
        }
        guard let rows else {
            throw WordVectorError.unknownFormat(file: scanner.name, looksLike: nil)
        }
        return rows.finished()
    }

    private static func collector(
        _ dimension: Int, _ expected: Int, _ scanner: ByteScanner
    ) -> RowCollector {
        // A number takes at least a digit and a space.
        RowCollector(
            dimension: dimension, expected: expected, remaining: scanner.remaining,
            bytesPerNumber: 2)
    }

    private static func nextLine(
        _ scanner: ByteScanner, after line: inout Int, _ fields: inout TextFields
    ) throws -> UnsafeBufferPointer<UInt8>? {
        guard
            let (bytes, _) = try scanner.take(
                through: UInt8(ascii: "\n"), limit: longestLine, what: "line \(line + 1)")
        else { return nil }
        line += 1
        fields.find(in: bytes)
        return bytes
    }

    /// Whether anything but empty lines follows.
    private static func hasMore(
        _ scanner: ByteScanner, after line: inout Int, _ fields: inout TextFields
    ) throws -> Bool {
        let emptyLine = line
        while try nextLine(scanner, after: &line, &fields) != nil {
            if fields.count > 0 {
                line = emptyLine
                return true
            }
        }
        return false
    }

    private static func add(
        _ line: UnsafeBufferPointer<UInt8>, _ fields: TextFields, _ number: Int,
        to rows: inout RowCollector, _ scanner: ByteScanner
    ) throws {
        let first = fields.count - rows.dimension
        // A row may begin with the space behind an empty word.
        guard first >= 1 || (first == 0 && fields.ranges[0].lowerBound > 0) else {
            throw broken(
                scanner, number, "\(max(fields.count - 1, 0)) numbers, \(rows.dimension) are needed"
            )
        }
        let word = UnsafeBufferPointer(rebasing: line[..<(fields.ranges[first].lowerBound - 1)])
        try rows.add(word) { row in
            for column in row.indices {
                let text = fields[first + column, of: line]
                guard let value = DecimalNumber.float(text) else {
                    throw broken(
                        scanner, number,
                        "“\(String(decoding: text.prefix(40), as: UTF8.self))” is no finite number")
                }
                row[column] = value
            }
        }
    }

    private static func broken(
        _ scanner: ByteScanner, _ line: Int, _ problem: String
    ) -> WordVectorError {
        .brokenLine(file: scanner.name, line: line, problem: problem)
    }

    /// Writes rows as text; numbers are the shortest that read back to the same float.
    static func write(_ vectors: WordVectors, header: Bool, to path: String) throws {
        try checkWords(of: vectors, path: path, forbidding: [0x0A, 0x0D], "a line break")
        try atomicWrite(to: path) { writer in
            if header { try writer.write("\(vectors.count) \(vectors.dimension)\n") }
            var line: [UInt8] = []
            for row in 0..<vectors.count {
                line.removeAll(keepingCapacity: true)
                vectors.words.withBytes(of: row) { line.append(contentsOf: $0) }
                for column in 0..<vectors.dimension {
                    line.append(UInt8(ascii: " "))
                    let value = vectors.values[row * vectors.dimension + column]
                    line.append(contentsOf: value.description.utf8)
                }
                line.append(UInt8(ascii: "\n"))
                try writer.write(line)
            }
        }
    }

    /// Stops before a file is written that could not be read back.
    static func checkWords(
        of vectors: WordVectors, path: String, forbidding bytes: [UInt8], _ what: String
    ) throws {
        for row in 0..<vectors.count {
            let reason: String? = vectors.words.withBytes(of: row) { word in
                if word.isEmpty { return "is empty, which this format cannot tell" }
                return word.contains(where: bytes.contains)
                    ? "holds \(what), which this format cannot tell" : nil
            }
            if let reason {
                throw WordVectorError.unwritableWord(
                    file: path, word: vectors.words[row], reason: reason)
            }
        }
    }
}
