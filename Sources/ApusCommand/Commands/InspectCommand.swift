import ApusFiles
import ApusModels
import ApusSystem
import ApusText

/// `apus inspect`
package struct InspectCommand: Command {
    package static let name = "inspect"
    package static let summary = "Show the contents of a model or a safetensors file."
    package static let examples = [
        Example(
            "apus inspect model", "Tensors, labels, settings, and accuracy after training."),
        Example("apus inspect model.safetensors --json", "The tensors of any safetensors file."),
    ]

    static let path = Option.argument(
        "PATH", .text, help: "A model's folder, or a .safetensors file.")
    package static let options: [any AnyOption] = [path]

    package static func run(_ values: Values, on console: Console) throws {
        let path = values[path]
        let facts =
            isDirectory(path) ? try ModelFacts(directory: path).json : try FileFacts(path).json
        if console.isJSON {
            try console.print(.object(facts))
        } else {
            try console.write(InspectionText(facts: facts, path: path).text)
        }
    }
}

/// What a safetensors file holds.
private struct FileFacts {
    let json: JSONObject

    init(_ path: String) throws {
        let file = try SafetensorsFile(path)
        let tensors: [JSON] = file.entries.map { entry in
            [
                "name": .string(entry.name), "type": .string(entry.type.rawValue),
                "shape": .array(entry.shape.map { JSON.integer($0) }),
                "parameters": .integer(entry.shape.count), "bytes": .integer(entry.bytes.count),
            ]
        }
        var members: JSONObject = [
            "bytes": .integer(try fileSize(path)),
            "parameters": .integer(file.entries.reduce(0) { $0 + $1.shape.count }),
            "tensors": .array(tensors),
        ]
        var metadata = JSONObject()
        for (key, value) in file.metadata { metadata[key] = .string(value) }
        members["metadata"] = .object(metadata)
        json = members
    }
}

/// What a model's folder holds. Loading it checks every file.
private struct ModelFacts {
    let json: JSONObject

    init(directory path: String) throws {
        let directory = try ModelDirectory(checking: path)
        let classifier = try TextClassifier(directory: path)
        var members = try FileFacts(try directory.file("model.safetensors")).json
        let config = try JSON(file: try directory.file("config.json"))
        members["config"] = config
        members["training"] = try JSON(file: try directory.file("metrics.json"))
        members["labels"] = .strings(classifier.labels.names)
        members["features"] = .integer(classifier.features.count)
        members["parameters"] = .integer(classifier.network.parameterCount)
        members["files"] = .array(
            try directory.sums.map { file, sum in
                [
                    "name": .string(file),
                    "bytes": .integer(try fileSize(try directory.file(file))),
                    "sha256": .string(sum),
                ]
            })
        json = members
    }
}

/// The facts as people read them.
private struct InspectionText {
    let facts: JSONObject
    let path: String

    var text: String {
        [heading, tensors, members("config", "settings"), labels, members("training", nil), files]
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var heading: String {
        var lines = "\(printable(path)): \(number("parameters")) parameters, "
        lines += "\(byteCount(integer(facts["bytes"])))\n"
        if case .object(let metadata) = facts["metadata"] {
            for (key, value) in metadata {
                lines += "\(shown(key)): \(shown(plainText(value), limit: 100))\n"
            }
        }
        return lines
    }

    private var tensors: String {
        guard case .array(let tensors) = facts["tensors"] else { return "" }
        var table = TextTable(
            [.left, .left, .left, .right, .right],
            titles: ["tensor", "type", "shape", "parameters", "bytes"])
        for tensor in tensors {
            table.add([
                shown(plainText(tensor["name"]), limit: 60), plainText(tensor["type"]),
                tensor["shape"]?.text().replacingCommas ?? "",
                grouped(integer(tensor["parameters"])), grouped(integer(tensor["bytes"])),
            ])
        }
        return table.text()
    }

    /// The members of an object, one a line; of its member `inner` if there is one.
    private func members(_ key: String, _ inner: String?) -> String {
        guard case .object(let object) = facts[key], object.count > 0 else { return "" }
        var table = TextTable([.left, .left])
        for (key, value) in object {
            if key == inner, case .object(let settings) = value {
                for (key, value) in settings where !isIdle(key, in: settings) {
                    table.add([shown(key), shown(plainText(value), limit: 100)])
                }
            } else {
                table.add([shown(key), shown(plainText(value), limit: 100)])
            }
        }
        return (key == "config" ? "settings\n" : "training\n") + table.text(indent: 2)
    }

    /// Whether a setting has no meaning for the kind of model.
    private func isIdle(_ setting: String, in settings: JSONObject) -> Bool {
        let kind = TextClassifierSettings.Kind(rawValue: plainText(settings["kind"]))
        return switch setting {
        case "dimension": kind != .mlp && kind != .embeddings
        case "dropout": kind != .mlp
        default: false
        }
    }

    private var labels: String {
        guard case .array(let labels) = facts["labels"] else { return "" }
        let names = labels.prefix(20).map { shown(plainText($0), limit: 30) }.joined(
            separator: ", ")
        return "\(counted(labels.count, "label")): \(names)\(labels.count > 20 ? ", …" : "")\n"
    }

    private var files: String {
        guard case .array(let files) = facts["files"] else { return "" }
        var table = TextTable([.left, .right, .left], titles: ["file", "bytes", "SHA-256"])
        for file in files {
            table.add([
                plainText(file["name"]), grouped(integer(file["bytes"])), plainText(file["sha256"]),
            ])
        }
        return table.text()
    }

    private func number(_ key: String) -> String { grouped(integer(facts[key])) }

    private func integer(_ value: JSON?) -> Int {
        if case .integer(let value) = value { Int(value) } else { 0 }
    }

    private func plainText(_ value: JSON?) -> String {
        if case .string(let text) = value { text } else { value?.text() ?? "" }
    }
}

extension String {
    /// `[2,3]` as `[2, 3]`.
    fileprivate var replacingCommas: String {
        split(separator: ",", omittingEmptySubsequences: false).joined(separator: ", ")
    }
}
