import ApusSystem

/// Finds out which columns hold the text and the label, and whether the first row holds names.
struct ColumnChooser {
    let file: String
    let options: TableOptions
    let needsLabel: Bool
    /// The first row's fields, or the names that the format has.
    let first: [String]
    /// Whether `first` are names for sure, as in JSONL.
    let hasOwnNames: Bool
    /// What the beginning of the file shows.
    let sample: ColumnSample

    /// The choice of columns.
    ///
    /// - Throws: ``DataError`` when a given column does not exist, or what is not given cannot be
    ///   told.
    func choose() throws(DataError) -> ColumnChoice {
        var text: [Int]?
        if !options.textColumns.isEmpty {
            text = []
            for column in options.textColumns { text?.append(try position(of: column)) }
        }
        guard needsLabel else { return try chooseText(text) }

        var label: Int?
        if let column = options.labelColumn { label = try position(of: column) }
        if let text, let label {
            if text.contains(label) {
                throw .sameColumn(file: file, column: options.labelColumn ?? first[label])
            }
            return choice(text, label, .given)
        }
        guard first.count > 1 else {
            if hasOwnNames { throw .noLabels(file: file) }
            throw .tooFewColumns(file: file, line: 1, found: first.count, needed: 2)
        }
        if let choice = chooseByNames(text, label) ?? chooseTheOther(text, label) { return choice }
        if let choice = chooseByValues(text, label) { return choice }
        if text == nil, (label ?? column(named: Self.labelNames, except: [])) != nil {
            throw .textColumnUnclear(file: file, columns: first)
        }
        throw .labelColumnUnclear(file: file, columns: first)
    }

    private func chooseText(_ text: [Int]?) throws(DataError) -> ColumnChoice {
        if let text { return choice(text, nil, .given) }
        if first.count == 1 { return choice([0], nil, .format) }
        if let named = column(named: Self.textNames, except: []) {
            return choice([named], nil, .names)
        }
        if let wordy = wordyColumn(except: []) { return choice([wordy], nil, .values) }
        throw .textColumnUnclear(file: file, columns: first)
    }

    /// What is missing is the column with a usual name.
    private func chooseByNames(_ givenText: [Int]?, _ givenLabel: Int?) -> ColumnChoice? {
        let text =
            givenText
            ?? column(named: Self.textNames, except: givenLabel.map { [$0] } ?? []).map { [$0] }
        guard let label = givenLabel ?? column(named: Self.labelNames, except: text ?? []) else {
            // In two columns, what is not the text is the label.
            guard givenText == nil, let text, first.count == 2 else { return nil }
            return choice(text, 1 - text[0], .names)
        }
        if let text { return choice(text, label, .names) }
        return first.count == 2 ? choice([1 - label], label, .names) : nil
    }

    /// Of two columns, what is not given is the other one.
    private func chooseTheOther(_ text: [Int]?, _ label: Int?) -> ColumnChoice? {
        guard first.count == 2 else { return nil }
        if let label { return choice([1 - label], label, .format) }
        guard let text, text.count == 1 else { return nil }
        return choice(text, 1 - text[0], .format)
    }

    /// What is missing has a usual name, or is told by the values below.
    private func chooseByValues(_ givenText: [Int]?, _ givenLabel: Int?) -> ColumnChoice? {
        guard sample.distinctCounts.count == first.count, sample.rowCount >= 4 else { return nil }
        if first.count == 2 {
            return givenText == nil && givenLabel == nil ? chooseOfTwoByValues() : nil
        }
        let taken = (givenText ?? []) + (givenLabel.map { [$0] } ?? [])
        var label = givenLabel ?? column(named: Self.labelNames, except: taken)
        guard
            let text = givenText
                ?? column(named: Self.textNames, except: label.map { [$0] } ?? []).map({ [$0] })
                ?? wordyColumn(except: label.map { [$0] } ?? []).map({ [$0] })
        else { return nil }
        label = label ?? recurringColumn(except: text)
        return label.map { choice(text, $0, .values) }
    }

    /// The column of texts of several words, if it is one alone or has by far the longest.
    private func wordyColumn(except taken: [Int]) -> Int? {
        guard sample.rowCount >= 4 else { return nil }
        let wordy = sample.looks.indices.filter {
            // Texts vary: what recurs is a category of several words.
            !taken.contains($0) && 2 * sample.looks[$0].wordyCount >= sample.rowCount
                && 2 * sample.distinctCounts[$0] >= sample.rowCount
        }.sorted { sample.meanLength($0) > sample.meanLength($1) }
        guard let longest = wordy.first else { return nil }
        guard wordy.count > 1 else { return longest }
        return sample.meanLength(longest) >= 2 * sample.meanLength(wordy[1]) ? longest : nil
    }

    /// The one column, if it is one alone, whose values are few and short, and no dates.
    private func recurringColumn(except taken: [Int]) -> Int? {
        let recurring = sample.looks.indices.filter {
            !taken.contains($0) && sample.distinctCounts[$0] >= 2
                && 2 * sample.distinctCounts[$0] <= sample.rowCount
                && sample.meanLength($0) > 0 && sample.meanLength($0) <= 40
                && 2 * sample.looks[$0].dateCount < sample.rowCount
        }
        return recurring.count == 1 ? recurring[0] : nil
    }

    /// Of two columns, the one with far fewer distinct values holds the labels.
    private func chooseOfTwoByValues() -> ColumnChoice? {
        let label = sample.distinctCounts[0] <= sample.distinctCounts[1] ? 0 : 1
        guard 2 * sample.distinctCounts[label] <= sample.distinctCounts[1 - label] else {
            return nil
        }
        return choice([1 - label], label, .values)
    }

    /// Whether the first row holds names: if it was said so; if a column was named; if the label
    /// there is neither known nor occurs again below; without labels, if the text's column has a
    /// usual name, or the first row differs from all others.
    private func hasHeader(_ text: [Int], _ label: Int?) -> Bool {
        if hasOwnNames { return true }
        if let hasHeader = options.hasHeader { return hasHeader }
        let given = options.textColumns + (options.labelColumn.map { [$0] } ?? [])
        if given.contains(where: { Int($0) == nil }) { return true }
        guard let label else {
            return text.contains { isName($0, among: Self.textNames) }
                || sample.firstRowLooksLikeNames
        }
        if options.knownLabels?.id(of: first[label]) != nil { return false }
        return !occursAgain(label)
    }

    // MARK: Columns by name or number

    private func position(of column: String) throws(DataError) -> Int {
        if let number = Int(column) {
            guard number >= 1, number <= first.count else {
                throw .columnOutOfRange(file: file, column: column, count: first.count)
            }
            return number - 1
        }
        if !hasOwnNames, options.hasHeader == false {
            throw .namesNeedHeader(file: file, column: column)
        }
        // Of a name with line breaks or several spaces, one space each will do.
        let position =
            first.firstIndex(of: column) ?? first.firstIndex { onOneLine($0) == onOneLine(column) }
        guard let position else {
            throw .unknownColumn(
                file: file, column: column, nearest: nearestName(to: column, among: first),
                columns: first)
        }
        return position
    }

    /// The column that goes by the first of the names that any goes by.
    private func column(named names: [String], except taken: [Int]) -> Int? {
        if options.hasHeader == false, !hasOwnNames { return nil }
        for name in names {
            let found = first.indices.first {
                !taken.contains($0) && isName($0, among: [name])
            }
            if let found { return found }
        }
        return nil
    }

    /// Whether the first row's field is one of these names. A value that occurs again below is no
    /// name.
    private func isName(_ column: Int, among names: [String]) -> Bool {
        names.contains(first[column].lowercased()) && (hasOwnNames || !occursAgain(column))
    }

    /// Whether columns of texts or labels go by this name.
    static func isUsualName(_ name: String) -> Bool {
        textNames.contains(name.lowercased()) || labelNames.contains(name.lowercased())
    }

    private func occursAgain(_ column: Int) -> Bool {
        column < sample.firstOccursAgain.count && sample.firstOccursAgain[column]
    }

    private func choice(
        _ text: [Int], _ label: Int?, _ reason: ColumnChoice.Reason
    ) -> ColumnChoice {
        let hasHeader = hasHeader(text, label)
        return ColumnChoice(
            text: text, label: label, hasHeader: hasHeader, columnCount: first.count,
            names: hasHeader ? first : [], reason: reason)
    }

    /// Names that columns of texts go by, the surest first.
    private static let textNames = [
        "text", "sentence", "utterance", "review", "tweet", "message", "comment", "question",
        "query", "headline", "title", "content", "body", "document", "abstract", "description",
        "input", "string", "phrase",
    ]

    /// Names that columns of labels go by, the surest first.
    private static let labelNames = [
        "label", "labels", "category", "class", "intent", "lang", "language", "sentiment",
        "topic", "target", "polarity", "tag", "genre", "type", "rating", "stars", "score",
        "output", "y",
    ]
}

/// A name with single spaces for the white space in it.
private func onOneLine(_ name: String) -> String {
    name.utf8.split(whereSeparator: isASCIISpace).map { String(decoding: $0, as: UTF8.self) }
        .joined(separator: " ")
}
