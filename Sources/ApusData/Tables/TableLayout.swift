import ApusSystem

/// How the rows of a table are found in its lines: what parts fields, whether quotes mean
/// something, and which lines come before the first row.
struct TableLayout {
    /// What parts the fields; nil for one field a line.
    var separator: FieldSeparator?
    /// Whether quotes may hold separators and line breaks.
    var hasQuoting: Bool
    /// How many lines come before the first row.
    var skippedLines: Int
    /// Where the separator comes from.
    var origin: Origin

    /// Where a separator comes from.
    enum Origin: Sendable, Equatable {
        /// Said by the caller, by the file's name or in the file's first line.
        case known
        /// It gives every row that was looked at the same number of fields.
        case fitting
        /// It fits most rows; nothing fits all.
        case guessed
    }

    /// The rows of lines that have this layout.
    func rows(_ lines: CheckedLines) -> any RowSource {
        guard let separator else { return CommaRows(lines, separator: nil) }
        return hasQuoting
            ? CommaRows(lines, separator: separator.byte)
            : TabRows(lines, separator: separator.byte)
    }
}

/// Finds out the layout of a table from its beginning.
///
/// The separator is the one that gives every row the same number of fields, two at least, with
/// quotes respected. Of several that do, one stays if the first row under it has names that are
/// asked for or usual, if only under it quotes are quoting, or if the others look like parts of
/// texts (a space behind each, commas between digits).
struct LayoutFinder {
    let file: String
    let options: TableOptions
    let needsLabel: Bool
    /// The file's beginning.
    let beginning: [UInt8]
    /// Whether the file ends there.
    let isWhole: Bool

    /// Looks at the beginning of a stream, which is read through other eyes afterwards if its lines
    /// end in CR alone.
    ///
    /// - Parameter isTable: whether it is a table for sure. If not, and no columns are wanted, one
    ///   line is enough: somebody may be typing.
    init(
        _ stream: inout PeekingReader, _ options: TableOptions, needsLabel: Bool, isTable: Bool
    ) throws {
        file = stream.name
        self.options = options
        self.needsLabel = needsLabel
        let needsColumns = needsLabel || !options.textColumns.isEmpty || isTable
        func look(_ limit: Int) throws -> (bytes: [UInt8], isWhole: Bool) {
            try needsColumns ? stream.sample(limit: limit) : stream.lineSample(limit: limit)
        }
        var found = try look(1 << 16)
        if LineFeedReader.isNeeded(for: found.bytes, isWhole: found.isWhole) {
            stream = try PeekingReader(LineFeedReader(stream))
            found = try look(1 << 16)
        }
        // Two rows at least tell something.
        if needsColumns, !found.isWhole, found.bytes.count(where: { $0 == 0x0A }) < 16 {
            found = try look(1 << 20)
        }
        (beginning, isWhole) = found
    }

    /// The format that the beginning suggests. Where no columns are wanted, separators are taken
    /// for parts of the texts.
    func format() -> TableFormat {
        if let format = TableFormat(beginning: beginning) { return format }
        guard needsLabel || !options.textColumns.isEmpty else {
            return TablePreamble(of: beginning).separator == nil ? .lines : .csv
        }
        guard let separator = tableSeparator() else { return .lines }
        return separator == .tab ? .tsv : .csv
    }

    /// The layout of a table that is said to be parted by tabs, or by something to be found.
    ///
    /// - Throws: ``DataError`` where labels are needed, or several separators fit, and nothing
    ///   tells which it is.
    func find(_ format: TableFormat) throws(DataError) -> TableLayout {
        let preamble = TablePreamble(of: beginning)
        let named =
            options.separator ?? preamble.separator ?? (format == .tsv ? FieldSeparator.tab : nil)
        if let named { return known(named, preamble) }
        if let layout = try fitting(preamble) { return layout }
        if preamble.firstLine.first == UInt8(ascii: "#"),
            let layout = try fitting(TablePreamble(of: beginning, takesComments: true))
        {
            return layout
        }
        return try guess(preamble)
    }

    /// The separator that fits all rows, or most, best; nil where the beginning is none of a table.
    private func tableSeparator() -> FieldSeparator? {
        let trials = trials(TablePreamble(of: beginning))
        guard let layout = try? find(.csv) else {
            // Several fit, or none.
            return trials.first { $0.fits }?.separator
        }
        let isLikely =
            layout.origin != .guessed
            || trials.contains { $0.separator == layout.separator && $0.fittingShare > 0.5 }
        return isLikely ? layout.separator : nil
    }

    private func known(_ separator: FieldSeparator, _ preamble: TablePreamble) -> TableLayout {
        func layout(hasQuoting: Bool, _ preamble: TablePreamble) -> TableLayout {
            TableLayout(
                separator: separator, hasQuoting: hasQuoting, skippedLines: preamble.lineCount,
                origin: .known)
        }
        func fit(_ preamble: TablePreamble) -> TableLayout? {
            for hasQuoting in Self.dialects(of: separator) {
                let trial = trial(separator, hasQuoting: hasQuoting, preamble)
                if trial.fits { return layout(hasQuoting: hasQuoting, preamble) }
            }
            return nil
        }
        if let fitting = fit(preamble) { return fitting }
        if preamble.firstLine.first == UInt8(ascii: "#"),
            let fitting = fit(TablePreamble(of: beginning, takesComments: true))
        {
            return fitting
        }
        return layout(hasQuoting: Self.dialects(of: separator)[0], preamble)
    }

    /// Whether quotes are quoting, what is likelier first: most writers of tabs know no quotes.
    private static func dialects(of separator: FieldSeparator) -> [Bool] {
        switch separator {
        case .tab: [false, true]
        case .bar: [true, false]
        default: [true]
        }
    }

    private func trials(_ preamble: TablePreamble) -> [SeparatorTrial] {
        FieldSeparator.candidates.map { separator in
            let trials = Self.dialects(of: separator).lazy.map {
                trial(separator, hasQuoting: $0, preamble)
            }
            return trials.first { $0.fits } ?? trials[0]
        }
    }

    private func trial(
        _ separator: FieldSeparator, hasQuoting: Bool, _ preamble: TablePreamble
    ) -> SeparatorTrial {
        // One row shows as well as all that a separator is nowhere.
        let isThere = beginning.contains(separator.byte)
        let bytes = isThere ? beginning : Array(preamble.firstLine)
        // What is no text, or too long, is found when the file itself is read.
        let lines = CheckedLines(
            BytesReader(bytes, name: file), maximumLength: beginning.count + 1,
            mender: TextMender(), skipping: isThere ? preamble.lineCount : 0)
        return SeparatorTrial(
            separator, hasQuoting: hasQuoting && isThere, lines, isWhole: isWhole || !isThere)
    }

    private func fitting(_ preamble: TablePreamble) throws(DataError) -> TableLayout? {
        let fitting = trials(preamble).filter { $0.fits }
        guard let best = likeliest(fitting) else {
            if fitting.isEmpty { return nil }
            throw .separatorUnclear(
                file: file, fitting: fitting.map { .init($0.separator, columns: $0.width) })
        }
        return TableLayout(
            separator: best.separator, hasQuoting: best.hasQuoting,
            skippedLines: preamble.lineCount, origin: .fitting)
    }

    /// Of separators that all fit, the one that something speaks for; nil if nothing does.
    private func likeliest(_ trials: [SeparatorTrial]) -> SeparatorTrial? {
        var left = trials
        for speaksFor in [
            hasKnownNames, { $0.quotesAreQuoting }, { $0.proseShare < 0.1 },
        ] as [(SeparatorTrial) -> Bool] where left.contains(where: speaksFor) {
            left = left.filter(speaksFor)
        }
        return left.count == 1 ? left[0] : nil
    }

    private func hasKnownNames(_ trial: SeparatorTrial) -> Bool {
        if options.hasHeader == false { return false }
        let given = (options.textColumns + [options.labelColumn].compactMap(\.self))
            .filter { Int($0) == nil }
        return given.isEmpty
            ? trial.names.contains { ColumnChooser.isUsualName($0) }
            : given.allSatisfy { trial.names.contains($0) }
    }

    /// No separator fits all rows.
    private func guess(_ preamble: TablePreamble) throws(DataError) -> TableLayout {
        let trials = trials(preamble)
        let best = trials.filter { $0.halfFits }.max {
            ($0.fittingShare, -$0.proseShare) < ($1.fittingShare, -$1.proseShare)
        }
        if let best {
            return TableLayout(
                separator: best.separator, hasQuoting: best.hasQuoting,
                skippedLines: preamble.lineCount, origin: .guessed)
        }
        let isOneColumn = trials.allSatisfy { $0.width < 2 }
        let isEmpty = trials.allSatisfy { $0.rowCount == 0 }
        guard isEmpty || (isOneColumn && !needsLabel) else {
            throw .noSeparator(
                file: file,
                tried: trials.map {
                    .init(
                        $0.separator, columns: $0.width, line: $0.misfit?.line,
                        found: $0.misfit?.count ?? 0)
                })
        }
        return TableLayout(
            separator: nil, hasQuoting: true, skippedLines: preamble.lineCount, origin: .fitting)
    }
}
