import ApusModels
import ApusSystem

/// `apus vectors convert`
package struct VectorsConvertCommand: Command {
    package static let name = "vectors convert"
    package static let summary = "Convert word vectors to another format."
    package static let examples = [
        Example("apus vectors convert cc.en.300.bin vectors.safetensors", "By the file's name."),
        Example(
            "apus vectors convert glove.6B.100d.txt vectors.bin --limit 50000",
            "The 50,000 most frequent words in word2vec's binary format."),
        Example(
            "apus vectors convert vectors.safetensors model.bin --format fasttext",
            "For fastText's own tool."),
    ]

    static let target = Option.argument("OUT", .file, help: "The file to write.")
    static let format = Option<WordVectorFormat?>.optional(
        "--format", "NAME", .choice, standard: "by the name of OUT", help: "Format of the file.")
    package static let options: [any AnyOption] = [
        VectorsOptions.file, target, format, VectorsOptions.limit,
    ]

    package static func run(_ values: Values, on console: Console) throws {
        // A name that says nothing is told before a large file is read.
        _ = try format(of: values[target], values[format], hasSubwords: false)
        let vectors = try VectorsOptions.read(values, on: console)
        let format = try format(
            of: values[target], values[format], hasSubwords: vectors.subwords != nil)
        try vectors.save(to: values[target], format: format)
        let bytes = (try? fileSize(values[target])) ?? 0
        if console.isJSON {
            try console.print([
                "out": .string(values[target]), "format": .string(format.rawValue),
                "words": .integer(vectors.count), "dimension": .integer(vectors.dimension),
                "bytes": .integer(bytes),
            ])
        } else {
            try console.print(
                "\(printable(values[target])): \(format.rawValue), \(byteCount(bytes))")
        }
    }

    /// The format that was asked for, else the one that the name asks for.
    static func format(
        of path: String, _ asked: WordVectorFormat?, hasSubwords: Bool
    ) throws(UsageError) -> WordVectorFormat {
        if let asked { return asked }
        guard
            let named = WordVectorFormat.named(
                by: path, hasSubwords: hasSubwords)
        else {
            throw .conflict(
                "the name \(printable(path)) does not tell a format",
                hint: "use .bin, .vec, .txt or .safetensors, or --format")
        }
        return named
    }
}
