import ApusSystem
import ApusText

/// Prints what tokenizers made of a text.
struct EncodingPrinter {
    let console: Console
    let shown: TokenizerEncodeCommand.Shown?
    /// The tokenizers' names where there are several.
    let names: [String]
    /// Each tokenizer's token for what is none.
    let unknownIDs: [Int32?]

    func print(_ encodings: [Encoding], of text: String, pair: String?) throws {
        if console.isJSON {
            for (index, encoding) in encodings.enumerated() {
                try console.print(json(encoding, name: names.isEmpty ? nil : names[index]))
            }
            return
        }
        let colours = TokenizerOptions.showsColours(console)
        let what = shown ?? (colours || !names.isEmpty ? .pieces : .tokens)
        guard !names.isEmpty, what != .table else {
            for (index, encoding) in encodings.enumerated() {
                if !names.isEmpty { try console.print("\(printable(names[index])):") }
                try console.write(
                    line(encoding, unknownIDs[index], text, pair, what, colours) + "\n")
            }
            return
        }
        try console.write(rows(encodings, text, pair, what, colours))
    }

    /// A line for each tokenizer: its name, how many tokens, and which. The last column may hold colours, which have
    /// no width: it stands outside the table.
    private func rows(
        _ encodings: [Encoding], _ text: String, _ pair: String?,
        _ what: TokenizerEncodeCommand.Shown, _ colours: Bool
    ) -> String {
        var table = TextTable([.left, .right])
        for (name, encoding) in zip(names, encodings) {
            table.add([shortName(name), "\(encoding.count)"])
        }
        let heads = table.text().split(separator: "\n")
        return encodings.enumerated().map { index, encoding in
            "\(heads[index])  \(line(encoding, unknownIDs[index], text, pair, what, colours))\n"
        }.joined()
    }

    /// A folder's or a file's name; of a tokenizer.json, its folder's.
    private func shortName(_ path: String) -> String {
        let last = lastComponent(of: path)
        guard last == "tokenizer.json" else { return printable(last) }
        let folder = lastComponent(of: parentDirectory(of: path))
        return printable(folder.isEmpty || folder == "." ? last : folder)
    }

    private func line(
        _ encoding: Encoding, _ unknownID: Int32?, _ text: String, _ pair: String?,
        _ what: TokenizerEncodeCommand.Shown, _ colours: Bool
    ) -> String {
        switch what {
        case .ids: return encoding.ids.map { "\($0)" }.joined(separator: " ")
        case .tokens: return encoding.tokens.map { printable($0) }.joined(separator: " ")
        case .table: return table(encoding)
        case .pieces:
            // With a second text the ranges are of one or the other.
            guard pair == nil else {
                return encoding.tokens.map { printable($0) }.joined(separator: "|")
            }
            return PieceView(isColoured: colours).line(
                encoding, of: text, unknownID: unknownID)
        }
    }

    private func table(_ encoding: Encoding) -> String {
        var table = TextTable(
            [.right, .right, .left, .left, .left, .right],
            titles: ["", "id", "token", "scalars", "bytes", "type"])
        let (scalars, bytes) = (encoding.scalarRanges, encoding.byteRanges)
        for (index, token) in encoding.tokens.enumerated() {
            table.add([
                "\(index)", "\(encoding.ids[index])", shownToken(token),
                "\(scalars[index].lowerBound)–\(scalars[index].upperBound)",
                "\(bytes[index].lowerBound)–\(bytes[index].upperBound)",
                "\(encoding.typeIDs[index])",
            ])
        }
        return String(table.text().dropLast())
    }

    private func json(_ encoding: Encoding, name: String?) -> JSON {
        func numbers(_ values: [Int32]) -> JSON { .array(values.map { .integer(Int64($0)) }) }
        var facts = JSONObject()
        if let name { facts["tokenizer"] = .string(name) }
        facts["ids"] = numbers(encoding.ids)
        facts["tokens"] = .strings(encoding.tokens)
        facts["offsets"] = .array(
            encoding.scalarRanges.map {
                .array([.integer($0.lowerBound), .integer($0.upperBound)])
            }
        )
        facts["typeIDs"] = numbers(encoding.typeIDs)
        facts["attentionMask"] = numbers(encoding.attentionMask)
        facts["specialTokensMask"] = numbers(encoding.specialTokensMask)
        if !encoding.overflowing.isEmpty {
            facts["overflowing"] = .array(encoding.overflowing.map { json($0, name: nil) })
        }
        return .object(facts)
    }
}

/// A token as tables show it: visible, on one line, of bounded length.
func shownToken(_ token: String) -> String {
    token.isEmpty ? "\"\"" : token.utf8.allSatisfy { $0 == 32 } ? "\"\(token)\"" : shown(token)
}
