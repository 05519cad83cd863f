import ApusData
import ApusSystem
import ApusText
import Testing

/// The texts and labels of a table given as a string, read under the given name.
func read(
    _ content: String, name: String = "t.csv", _ options: TableOptions = TableOptions()
) throws -> [[String]] {
    try read(Array(content.utf8), name: name, options)
}

func read(
    _ content: [UInt8], name: String = "t.csv", _ options: TableOptions = TableOptions()
) throws -> [[String]] {
    var options = options
    options.format = options.format ?? TableFormat(path: name)
    let data = try LabelledTexts(BytesReader(content, name: name), options: options)
    return (0..<data.count).map { [data.texts[$0], data.labels[Int(data.labelIDs[$0])]] }
}

/// The message of the error that reading throws.
func failure(
    _ content: String, name: String = "t.csv", _ options: TableOptions = TableOptions()
) -> String {
    failure(Array(content.utf8), name: name, options)
}

func failure(
    _ content: [UInt8], name: String = "t.csv", _ options: TableOptions = TableOptions()
) -> String {
    do {
        _ = try read(content, name: name, options)
        return "nothing was thrown"
    } catch {
        return (error as? any DescribedError)?.message ?? "\(error)"
    }
}
