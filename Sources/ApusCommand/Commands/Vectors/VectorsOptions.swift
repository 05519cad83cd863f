import ApusModels
import ApusSystem

/// The arguments and options that several `apus vectors` commands share.
enum VectorsOptions {
    static let file = Option.argument(
        "FILE", .file,
        help:
            "Word vectors: word2vec text or binary, GloVe, fastText .vec or .bin, safetensors; .gz too."
    )
    static let top = Option(
        "--top", "K", .integer(in: 1...100_000), default: 10, help: "How many words to print.")
    static let limit = Option.optional(
        "--limit", "N", .integer(in: 1 ... .max), standard: "all",
        help: "Read the first N words only, the most frequent.")

    /// Reads a file of vectors and notes what it holds.
    ///
    /// - Throws: ``WordVectorError``, ``FileError``.
    static func read(_ values: Values, on console: Console) throws -> WordVectors {
        let path = values[file]
        let vectors = try WordVectors(file: path, limit: values[limit] ?? .max)
        var facts = [
            counted(vectors.count, "word"), counted(vectors.dimension, "dimension"),
        ]
        if let subwords = vectors.subwords {
            facts.append(
                "n-grams of \(subwords.lengths.lowerBound)–\(subwords.lengths.upperBound) characters"
            )
        }
        console.note("\(printable(path)): \(facts.joined(separator: ", "))")
        return vectors
    }

    /// Words with their similarities, as lines or as JSON.
    static func list(_ neighbours: [Neighbour]) -> String {
        var table = TextTable([.left, .right])
        for neighbour in neighbours {
            table.add([shown(neighbour.word), fixed(Double(neighbour.similarity), digits: 4)])
        }
        return table.text()
    }

    static func json(_ neighbours: [Neighbour]) -> JSON {
        .array(
            neighbours.map { neighbour in
                [
                    "word": .string(neighbour.word),
                    "similarity": .number(Double(neighbour.similarity)),
                ]
            })
    }
}
