import ApusSystem

/// What can be wrong with a file of texts.
public enum DataError: DescribedError, Equatable {
    case empty(file: String)
    case noRows(file: String)
    case notUTF8(file: String, line: Int, byte: Int)
    case nulByte(file: String, line: Int, byte: Int)
    case utf16(file: String)
    /// With the separator where it was only guessed.
    case openQuote(file: String, line: Int, FieldSeparator? = nil)
    /// With the separator where it was only guessed.
    case textAfterQuote(file: String, line: Int, column: Int, FieldSeparator? = nil)
    case rowTooLong(file: String, line: Int, limit: Int)
    /// With the separator where it was only guessed.
    case tooFewColumns(file: String, line: Int, found: Int, needed: Int, FieldSeparator? = nil)
    /// With the separator where it was only guessed.
    case tooManyColumns(file: String, line: Int, found: Int, expected: Int, FieldSeparator? = nil)
    /// No separator gives every row the same number of columns, two at least.
    case noSeparator(file: String, tried: [TriedSeparator])
    /// Several separators do, and nothing tells which it is.
    case separatorUnclear(file: String, fitting: [TriedSeparator])
    case unknownColumn(file: String, column: String, nearest: String?, columns: [String])
    case columnOutOfRange(file: String, column: String, count: Int)
    case namesNeedHeader(file: String, column: String)
    case labelColumnUnclear(file: String, columns: [String])
    case textColumnUnclear(file: String, columns: [String])
    case noLabels(file: String)
    case missingValue(file: String, line: Int, column: String)
    case emptyLabel(file: String, line: Int)
    case severalLabels(file: String, line: Int)
    case noLabel(file: String, line: Int)
    case unknownLabel(file: String, line: Int, label: String, nearest: String?)
    case oneLabel(file: String, label: String)
    case everyTextItsLabel(file: String, count: Int)
    case sameColumn(file: String, column: String)
    case jsonArray(file: String)

    /// A separator that was tried on the beginning of a file.
    public struct TriedSeparator: Sendable, Equatable {
        /// The separator.
        public let separator: FieldSeparator
        /// How many columns it gives the first row.
        public let columns: Int
        /// The line of the first row that it gives another number, if there is one.
        public let line: Int?
        /// How many columns that row has; 0 where its quotes are broken.
        public let found: Int

        init(_ separator: FieldSeparator, columns: Int, line: Int? = nil, found: Int = 0) {
            self.separator = separator
            self.columns = columns
            self.line = line
            self.found = found
        }
    }

    /// What is wrong, and where: the file, and the line where there is one.
    public var message: String {
        switch self {
        case .empty(let file):
            "\(printable(file)): the file is empty"
        case .noRows(let file):
            "\(printable(file)): there are no rows below the header"
        case .notUTF8(let file, let line, let byte):
            "\(printable(file)):\(line): byte \(byte) of the line is not UTF-8"
        case .nulByte(let file, let line, let byte):
            "\(printable(file)):\(line): byte \(byte) of the line is NUL"
        case .utf16(let file):
            "\(printable(file)):1: the file is in UTF-16"
        case .openQuote(let file, let line, _):
            "\(printable(file)):\(line): a quoted field begins here and is never closed"
        case .textAfterQuote(let file, let line, let column, _):
            "\(printable(file)):\(line): text follows the closing quote of column \(column)"
        case .rowTooLong(let file, let line, let limit):
            "\(printable(file)):\(line): the row that begins here is longer than \(limit) bytes"
        case .tooFewColumns(let file, let line, let found, let needed, _):
            "\(printable(file)):\(line): \(columns(found)), but column \(needed) is needed"
        case .tooManyColumns(let file, let line, let found, let expected, _):
            "\(printable(file)):\(line): \(columns(found)), the first row has \(expected)"
        case .noSeparator(let file, let tried):
            "\(printable(file)): no separator gives every row the same number of columns "
                + "(\(tried.map(\.description).joined(separator: "; ")))"
        case .separatorUnclear(let file, let fitting):
            "\(printable(file)): several separators give every row the same number of columns "
                + "(\(fitting.map(\.description).joined(separator: "; ")))"
        case .unknownColumn(let file, let column, _, _):
            "\(printable(file)):1: there is no column “\(printable(column))”"
        case .columnOutOfRange(let file, let column, let count):
            "\(printable(file)):1: there is no column \(printable(column)); the first row has \(count)"
        case .namesNeedHeader(let file, let column):
            "\(printable(file)): column “\(printable(column))” is named, and there is no header"
        case .labelColumnUnclear(let file, _):
            "\(printable(file)):1: it is not clear which column holds the labels"
        case .textColumnUnclear(let file, _):
            "\(printable(file)):1: it is not clear which column holds the text"
        case .noLabels(let file):
            "\(printable(file)): plain lines of text without labels"
        case .missingValue(let file, let line, let column):
            "\(printable(file)):\(line): no text, number or truth value under “\(printable(column))”"
        case .emptyLabel(let file, let line):
            "\(printable(file)):\(line): the label is empty"
        case .severalLabels(let file, let line):
            "\(printable(file)):\(line): more than one label"
        case .noLabel(let file, let line):
            "\(printable(file)):\(line): no word of the line begins with __label__"
        case .unknownLabel(let file, let line, let label, _):
            "\(printable(file)):\(line): the label “\(printable(label))” was never seen in training"
        case .oneLabel(let file, let label):
            "\(printable(file)): all texts have the same label, “\(printable(label))”"
        case .everyTextItsLabel(let file, let count):
            "\(printable(file)): each of the \(count) texts has a label of its own"
        case .sameColumn(let file, let column):
            "\(printable(file)): the column “\(printable(column))” is both text and label"
        case .jsonArray(let file):
            "\(printable(file)):1: a JSON array; JSONL has one object a line"
        }
    }

    /// What to do about it.
    public var hint: String? {
        switch self {
        case .empty, .noRows:
            "is it the right file?"
        case .notUTF8:
            "convert it first: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW"
        case .nulByte:
            "it is no text file, or in UTF-16: iconv -f UTF-16 -t UTF-8 FILE > NEW"
        case .utf16:
            "convert it first: iconv -f UTF-16 -t UTF-8 FILE > NEW"
        case .openQuote(_, _, let guessed?), .textAfterQuote(_, _, _, let guessed?),
            .tooFewColumns(_, _, _, _, let guessed?), .tooManyColumns(_, _, _, _, let guessed?):
            "the separator, \(guessed), is a guess: it fits most rows, and none fits all of "
                + "\(list(FieldSeparator.candidates)); --separator names it, and fields that hold it "
                + "are written \"in quotes\""
        case .openQuote, .textAfterQuote:
            "quotes inside a quoted field are doubled (\"\"); a tab-separated file needs no quotes"
        case .rowTooLong:
            "is a closing quote missing?"
        case .noSeparator:
            "name it, and write fields that hold it \"in quotes\": --separator CHARACTER (or tab)"
        case .separatorUnclear(_, let fitting):
            "say which it is: "
                + fitting.map { "--separator \($0.separator)" }.joined(separator: " or ")
        case .tooFewColumns(_, _, 1, _, nil):
            "complete the row, or name another separator: --separator CHARACTER (or tab)"
        case .tooFewColumns, .tooManyColumns:
            "fields with separators or line breaks inside are written \"in quotes\", in CSV only"
        case .unknownColumn(_, _, let nearest, let columns):
            (nearest.map { "did you mean \(printable($0))? " } ?? "") + "columns: \(list(columns))"
        case .columnOutOfRange:
            "columns are counted from 1"
        case .namesNeedHeader:
            "give the column's number, from 1"
        case .labelColumnUnclear(_, let columns):
            "say so: --label COLUMN; columns: \(list(columns))"
        case .textColumnUnclear(_, let columns):
            "say so: --text COLUMN; columns: \(list(columns))"
        case .noLabels:
            "give a CSV, TSV, JSONL file, or lines with a word __label__x; separators that are "
                + "tried: \(list(FieldSeparator.candidates)); --separator names another"
        case .missingValue, .emptyLabel, .noLabel:
            "complete the row, or remove it"
        case .severalLabels:
            "a line has one label here: choose one, or repeat the line"
        case .unknownLabel(_, _, _, let nearest):
            (nearest.map { "did you mean \(printable($0))? " } ?? "")
                + "train on texts of this label too, or remove the row"
        case .oneLabel:
            "a classifier needs texts of two labels or more"
        case .everyTextItsLabel:
            "is this the label column? --label COLUMN names another"
        case .sameColumn:
            "name two columns: --text COLUMN --label COLUMN"
        case .jsonArray:
            "convert it first: jq -c '.[]' FILE > NEW.jsonl"
        }
    }

    /// The same error of a row's quotes, with a separator that was only guessed.
    func blaming(_ separator: FieldSeparator?) -> DataError {
        switch self {
        case .openQuote(let file, let line, _): .openQuote(file: file, line: line, separator)
        case .textAfterQuote(let file, let line, let column, _):
            .textAfterQuote(file: file, line: line, column: column, separator)
        default: self
        }
    }
}

extension DataError.TriedSeparator: CustomStringConvertible {
    /// `comma: 2, but 1 in line 3`
    public var description: String {
        let other = line.map { line in
            ", but \(found == 0 ? "broken quotes" : "\(found)") in line \(line)"
        }
        return "\(separator): \(columns)\(other ?? "")"
    }
}

private func list(_ separators: [FieldSeparator]) -> String {
    separators.map(\.description).joined(separator: ", ")
}

private func columns(_ count: Int) -> String { count == 1 ? "1 column" : "\(count) columns" }

private func list(_ columns: [String]) -> String {
    let shown = columns.prefix(20).enumerated().map { "\($0 + 1) \(printable(shortened($1)))" }
    return shown.joined(separator: ", ") + (columns.count > 20 ? ", …" : "")
}

/// The beginning of a column's name or value, as messages show it.
func shortened(_ text: String) -> String {
    text.unicodeScalars.count <= 40 ? text : String(text.unicodeScalars.prefix(39)) + "…"
}
