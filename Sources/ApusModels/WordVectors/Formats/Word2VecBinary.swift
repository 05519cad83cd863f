import ApusCore
import ApusSystem
import ApusText

/// word2vec's binary format: a line with the two sizes, then each word, a space, its floats.
///
/// The original tool ends each row with a line feed, gensim does not: line feeds in front of a word do not
/// belong to it. Words are bytes; the tool cuts long ones anywhere, also within a character.
enum Word2VecBinary {
    private static let longestWord = 1 << 16

    static func read(
        _ scanner: ByteScanner, sizes: StatedSizes, limit: Int
    ) throws -> WordVectors {
        let expected = min(sizes.words, limit)
        try checkSize(scanner, expected, sizes.dimension)
        var rows = RowCollector(
            dimension: sizes.dimension, expected: expected, remaining: scanner.remaining,
            bytesPerNumber: 4)
        let kernels = Kernels.reduce
        for row in 0..<expected {
            while try scanner.peek(1).first == UInt8(ascii: "\n") { scanner.skip(1) }
            let place = scanner.position
            guard
                let (bytes, isTerminated) = try scanner.take(
                    through: UInt8(ascii: " "), limit: longestWord,
                    what: "the word of row \(row + 1)"),
                isTerminated
            else {
                throw scanner.damaged(
                    "\(sizes.words) words are promised, and the file ends after \(row)", at: place)
            }
            // The floats come from the same buffer that the word's bytes lie in.
            let word = [UInt8](bytes)
            try word.withUnsafeBufferPointer { word in
                try rows.add(word) { floats in
                    try scanner.read(
                        into: UnsafeMutableRawBufferPointer(floats), what: "row \(row + 1)")
                    guard let base = floats.baseAddress else { return }
                    let bad = kernels.pointee.first_not_finite(base, Int64(floats.count))
                    guard bad < 0 else {
                        throw scanner.damaged(
                            "number \(bad + 1) of row \(row + 1) is not finite",
                            at: scanner.position - 4 * (floats.count - Int(bad)))
                    }
                }
            }
        }
        return rows.finished()
    }

    /// Refuses a promise that the file is too short for, before anything is read.
    private static func checkSize(
        _ scanner: ByteScanner, _ words: Int, _ dimension: Int
    ) throws {
        let (needed, overflow) = words.multipliedReportingOverflow(by: 4 * dimension + 1)
        guard !overflow, needed <= scanner.remaining ?? .max else {
            throw scanner.damaged(
                "\(words) vectors of \(dimension) numbers are promised, for which the file is too short",
                at: 0)
        }
    }

    static func write(_ vectors: WordVectors, to path: String) throws {
        try TextVectors.checkWords(of: vectors, path: path, forbidding: [0x20, 0x0A], "a space")
        try atomicWrite(to: path) { writer in
            try writer.write("\(vectors.count) \(vectors.dimension)\n")
            var head: [UInt8] = []
            for row in 0..<vectors.count {
                head.removeAll(keepingCapacity: true)
                vectors.words.withBytes(of: row) { head.append(contentsOf: $0) }
                head.append(UInt8(ascii: " "))
                try writer.write(head)
                try writer.write(
                    rows: row..<row + 1, of: vectors.values, dimension: vectors.dimension)
                try writer.write("\n")
            }
        }
    }
}

extension FileWriter {
    /// Writes rows of a table as little-endian floats.
    mutating func write(rows: Range<Int>, of values: [Float], dimension: Int) throws {
        try values.withUnsafeBytes { bytes in
            let size = dimension * MemoryLayout<Float>.size
            try write(
                UnsafeRawBufferPointer(
                    rebasing: bytes[rows.lowerBound * size..<rows.upperBound * size]))
        }
    }
}
