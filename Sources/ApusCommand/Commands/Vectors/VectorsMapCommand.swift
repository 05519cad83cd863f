import ApusModels
import ApusReports
import ApusSystem

/// `apus vectors map`
package struct VectorsMapCommand: Command {
    package static let name = "vectors map"
    package static let summary = "Draw a map of words as SVG, similar words near each other."
    package static let examples = [
        Example(
            "apus vectors map vectors.bin --out map.svg --words 300 --skip 100",
            "The 300 most frequent words after the first 100."),
        Example(
            "apus vectors map vectors.bin cat dog horse car bus --method pca --out animals.svg",
            "Some words, on their principal components."),
    ]

    static let list = Option.arguments(
        "WORD", .text, help: "The words; without any, the most frequent ones.")
    static let out = Option.required("--out", "FILE", .file, help: "The picture.")
    static let words = Option(
        "--words", "N", .integer(in: 2...10_000), default: 300,
        help: "Number of frequent words to draw if none are named.")
    static let skip = Option(
        "--skip", "N", .integer(in: 0 ... .max), default: 0,
        help: "Leave out the N most frequent words: the, of, and.")
    static let method = Option(
        "--method", "NAME", .choice, default: MapMethod.tsne,
        help: "t-SNE shows neighbourhoods, PCA global structure.")
    static let perplexity = Option(
        "--perplexity", "X", .number(in: 1...1000), default: 30,
        help: "Approximate number of neighbours in t-SNE.")
    static let iterations = Option(
        "--iterations", "N", .integer(in: 1...100_000), default: 1000, help: "Steps of t-SNE.")
    static let title = Option.optional("--title", "TEXT", .text, help: "Title above the map.")
    static let width = Option(
        "--width", "N", .integer(in: 100...20_000), default: 1200, help: "Pixels across.")
    static let height = Option(
        "--height", "N", .integer(in: 100...20_000), default: 900, help: "Pixels down.")
    package static let options: [any AnyOption] = [
        VectorsOptions.file, list, out, words, skip, method, perplexity, iterations, title, width,
        height, VectorsOptions.limit,
    ]

    package static func run(_ values: Values, on console: Console) throws {
        try checkOutput(values[out], doesNotReplace: [values[VectorsOptions.file]])
        let vectors = try VectorsOptions.read(values, on: console)
        var chosen = values[list]
        if chosen.isEmpty {
            let first = min(values[skip], vectors.count)
            // A word of bytes that are not UTF-8 cannot be written beside its point.
            chosen = (first..<min(first + min(values[words], vectors.count), vectors.count)).map {
                vectors.words[$0]
            }.filter { vectors.row(of: $0) != nil }
        }
        let start = monotonicSeconds()
        let map = try vectors.map(
            of: chosen, method: values[method], perplexity: Float(values[perplexity]),
            iterations: values[iterations])
        let picture = map.svg(
            title: values[title], width: Double(values[width]), height: Double(values[height]))
        try atomicWrite(to: values[out]) { try $0.write(picture) }
        let seconds = monotonicSeconds() - start
        if console.isJSON {
            try console.print([
                "words": .integer(chosen.count), "out": .string(values[out]),
                "points": .array(
                    map.points.map { point in
                        [
                            "word": .string(point.name), "x": .number(point.x),
                            "y": .number(point.y),
                        ]
                    }),
            ])
        } else {
            try console.print(
                "drew \(counted(chosen.count, "word")) in \(fixed(seconds, digits: 1)) s: "
                    + printable(values[out]))
        }
    }
}
