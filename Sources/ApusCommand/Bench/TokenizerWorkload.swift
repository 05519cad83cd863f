import Apus
import ApusSystem

extension Workload {
    /// Text to ids, line by line on one thread, as `Benchmarks/tokenizer_bench.py` does it with other libraries.
    static let tokenizer = Workload(
        name: "tokenizer",
        summary: "lines to ids; APUS_BENCH_TOKENIZER (a tokenizer.json) on APUS_BENCH_TEXT"
    ) { seconds in
        do {
            return try measured(seconds)
        } catch {
            let message = (error as? any DescribedError)?.description ?? "\(error)"
            try? OutputChannel.standardError.writeLine("tokenizer: \(message)")
            return []
        }
    }

    private static func measured(_ seconds: Double) throws -> [Measurement] {
        let file = environmentVariable("APUS_BENCH_TOKENIZER")
        let made = MadeUpText()
        let tokenizer = try file.map { try Tokenizer(json: $0) } ?? made.tokenizer()
        let lines =
            try environmentVariable("APUS_BENCH_TEXT").map { try Self.lines(of: $0) } ?? made.lines
        let megabytes = Double(lines.reduce(0) { $0 + $1.utf8.count }) / 1e6

        var results = [Measurement]()
        var ids: [Int32] = []
        func rate(_ item: String, _ encode: (String) -> Void) {
            let times = Times(seconds: seconds / 3) { for line in lines { encode(line) } }
            results.append(
                Measurement("tokenizer", item: item, times, unit: "MB/s", work: megabytes))
        }
        rate("ids") { line in
            ids.removeAll(keepingCapacity: true)
            tokenizer.appendIDs(of: line, to: &ids)
        }
        rate("encodings") { _ = tokenizer.encode($0) }
        if let file {
            let times = Times(seconds: seconds / 3) { _ = try? Tokenizer(json: file) }
            results.append(Measurement("tokenizer", item: "load", times, unit: "ms", scale: 1e3))
        }
        return results
    }

    private static func lines(of file: String) throws -> [String] {
        var lines: [String] = []
        try LineReader(openText(file)).forEachLine { line, _ in
            lines.append(String(decoding: line, as: UTF8.self))
        }
        return lines
    }
}

/// Words of made-up syllables, frequent ones often, and a WordPiece vocabulary of the syllables.
private struct MadeUpText {
    let lines: [String]
    private let syllables: [String]

    init() {
        let consonants = "bdfgklmnprstvz".unicodeScalars.map(String.init)
        let syllables = consonants.flatMap { first in
            "aeiou".unicodeScalars.map { first + String($0) }
        }
        var state: UInt64 = 1
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let words = (0..<20_000).map { _ in
            (0...random(below: 4)).map { _ in syllables[random(below: syllables.count)] }.joined()
        }
        lines = (0..<4000).map { _ in
            (0..<40).map { _ in words[random(below: 1 + random(below: words.count))] }
                .joined(separator: " ") + "."
        }
        self.syllables = syllables
    }

    func tokenizer() throws -> Tokenizer {
        let tokens = ["[UNK]", "."] + syllables + syllables.map { "##" + $0 }
        return Tokenizer(
            model: try WordPiece(vocabulary: TokenVocabulary(tokens)),
            normalizer: .bert(BertNormalizer()), preTokenizer: .bert)
    }
}
