import ApusModels
import ApusSystem
import ApusText
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The vectors of `Reference/word_vectors.py`.
enum SampleVectors {
    static let dimension = 16
    static let pairs = 60

    static func number(_ i: Int, _ j: Int) -> Float {
        Float((i * 7919 + j * 104_729 + i * j * 31) % 2003 - 1001) / 1001
    }

    static func make() -> WordVectors {
        var words: [String] = []
        var values: [Float] = []
        for pair in 0..<pairs {
            words += ["u\(pair)", "v\(pair)"]
            let base = (0..<dimension).map { number(pair, $0) }
            values += base
            for j in 0..<dimension {
                values.append(base[j] + number(777, j) + 0.75 * number(pair + 200, j))
            }
        }
        for pair in stride(from: 0, to: pairs, by: 7) {
            words.append("V\(pair)")
            values += (0..<dimension).map { number(pair + 400, $0) }
        }
        return WordVectors(words: words, vectors: values, dimension: dimension)
    }

    /// The same with counts, contexts and n-grams: everything that a file can hold.
    static func withSubwords(buckets: Int = 37) -> WordVectors {
        let plain = make()
        let table = SubwordTable(
            lengths: 3...5, bucketCount: buckets, dimension: dimension,
            vectors: (0..<buckets * dimension).map { number($0, 5) }, wordRows: plain.values)
        return WordVectors(
            words: plain.words, counts: (0..<plain.count).map { 1000 - $0 },
            vectors: table.finishedVectors(of: plain.words), dimension: dimension, subwords: table,
            contexts: plain.values.map { -$0 }, fastTextArguments: FastTextArguments())
    }

    static var pairFile: String {
        var text = "# pairs\nword1\tword2\tscore\n"
        for k in 0..<120 {
            let first = k % 3 > 0 ? "u\(k % 61)" : "V\(k % 59)"
            text += "\(first)\tv\((k * 8 + 5) % 63)\t\(k * k % 11)\n"
        }
        return text
    }

    static var questionFile: String {
        var text = ""
        for section in ["meaning", "gram-form"] {
            text += ": \(section)\n"
            for k in 0..<100 {
                let a = (k * 5 + section.utf8.count) % 61
                let b = (k * 11 + 3) % 60
                guard a != b else { continue }
                let line = "u\(a) V\(a) U\(b) v\(b)"
                text += (section == "meaning" ? line : line.lowercased()) + "\n"
            }
        }
        return text
    }
}

/// Writes a file of these bytes, quickly: nobody waits for the disk.
func write(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
}
