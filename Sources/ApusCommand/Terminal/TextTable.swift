/// Rows of cells in aligned columns.
package struct TextTable {
    /// Where a column's cells stand.
    package enum Alignment { case left, right }

    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// A table with these columns, and a first row of titles if there are any.
    package init(_ alignments: [Alignment], titles: [String] = []) {
        self.alignments = alignments
        if !titles.isEmpty { add(titles) }
    }

    /// Adds a row with a cell for each column.
    package mutating func add(_ cells: [String]) {
        guard cells.count == alignments.count else {
            fatalError("TextTable: \(cells.count) cells for \(alignments.count) columns")
        }
        rows.append(cells)
    }

    /// The rows, two spaces between columns.
    package func text(indent: Int = 0) -> String {
        let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let margin = String(repeating: " ", count: indent)
        return rows.map { row in
            var line = margin
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                if column > 0 { line += "  " }
                switch alignments[column] {
                case .left: line += cell + padding
                case .right: line += padding + cell
                }
            }
            while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
