import ApusSystem
import ApusText

/// Texts with a label each, as a classifier is trained on and judged by.
public struct LabelledTexts: Sendable {
    /// The texts.
    public let texts: TextStore

    /// The labels that occur, sorted, or those of the model that is judged.
    public let labels: LabelSet

    /// Each text's label, by its number in ``labels``.
    public let labelIDs: [Int32]

    /// Where the texts came from: each file's name, the position of its first text, and its
    /// columns.
    public private(set) var sources: [Source] = []

    /// The line that each text begins in; empty for texts that no file held.
    private var lines: [Int] = []

    /// A file that texts were read from.
    public struct Source: Sendable, Equatable {
        /// The file's name.
        public let file: String
        /// The position of its first text among all.
        public let firstText: Int
        /// How it was written.
        public let format: TableFormat
        /// What parted its fields, if it was a table.
        public let separator: FieldSeparator?
        /// The columns that were read.
        public let choice: ColumnChoice
    }

    /// Texts with their labels, one each.
    public init(texts: TextStore, labelIDs: [Int32], labels: LabelSet) {
        guard texts.count == labelIDs.count else {
            fatalError("LabelledTexts: \(texts.count) texts and \(labelIDs.count) labels")
        }
        guard labelIDs.allSatisfy({ $0 >= 0 && $0 < labels.count }) else {
            fatalError("LabelledTexts: a label outside of 0..<\(labels.count)")
        }
        self.texts = texts
        self.labelIDs = labelIDs
        self.labels = labels
    }

    /// Pairs of a text and its label.
    public init(_ pairs: some Sequence<(text: String, label: String)>) {
        var texts = TextStore()
        var seen = StringInterner()
        var ids: [Int] = []
        for (text, label) in pairs {
            texts.append(text)
            ids.append(seen.intern(composed(label)))
        }
        let (labels, numbers) = LabelSet.sorting(seen)
        self.init(texts: texts, labelIDs: ids.map { numbers[$0] }, labels: labels)
    }

    /// Reads files one after another, `-` for standard input.
    ///
    /// - Parameter progress: told now and then how many texts were read so far.
    /// - Throws: ``FileError``, ``DataError``, ``JSONError`` with the file and the line.
    public init(
        files: [String], options: TableOptions = TableOptions(),
        progress: ((_ count: Int) -> Void)? = nil
    ) throws {
        var builder = Builder()
        builder.progress = progress
        for file in files {
            try builder.read(TableReader(file, options: options, labels: true))
        }
        self.init(builder)
    }

    /// Reads a stream.
    ///
    /// - Throws: what the stream throws, ``DataError``, ``JSONError`` with the line.
    public init(_ stream: any ByteReader, options: TableOptions = TableOptions()) throws {
        var builder = Builder()
        try builder.read(TableReader(stream, options: options, labels: true))
        self.init(builder)
    }

    /// How many texts there are.
    public var count: Int { texts.count }

    /// The place of a text, `train.csv:17`, or its number from 1 if no file held it.
    public func place(of text: Int) -> String {
        guard let source = sources.last(where: { $0.firstText <= text }) else {
            return "text \(text + 1)"
        }
        return "\(source.file):\(lines[text])"
    }

    /// How many texts each label has.
    public var labelCounts: [Int] {
        var counts = [Int](repeating: 0, count: labels.count)
        for id in labelIDs { counts[Int(id)] += 1 }
        return counts
    }

    /// The texts at the given positions, in the order of the positions.
    public func selecting(_ indices: some Collection<Int>) -> LabelledTexts {
        LabelledTexts(
            texts: texts.selecting(indices), labelIDs: indices.map { labelIDs[$0] }, labels: labels)
    }

    /// The same texts with the label numbers of another set, as a model has them.
    ///
    /// - Throws: ``DataError/unknownLabel(file:line:label:nearest:)`` for the first text whose
    ///   label it lacks.
    public func relabelled(by other: LabelSet) throws(DataError) -> LabelledTexts {
        let numbers = labels.ids(in: other)
        var ids: [Int32] = []
        ids.reserveCapacity(count)
        for text in 0..<count {
            guard let number = numbers[Int(labelIDs[text])] else {
                let label = labels[Int(labelIDs[text])]
                let source = sources.last { $0.firstText <= text }
                throw .unknownLabel(
                    file: source?.file ?? "texts", line: source == nil ? text + 1 : lines[text],
                    label: label, nearest: nearestName(to: label, among: other.names))
            }
            ids.append(Int32(number))
        }
        var result = LabelledTexts(texts: texts, labelIDs: ids, labels: other)
        result.sources = sources
        result.lines = lines
        return result
    }

    /// Makes sure that there is something to tell apart, and labels that can be learned.
    ///
    /// - Throws: ``DataError/oneLabel(file:label:)``; for more than 20 texts with a label each
    ///   that no other has, ``DataError/everyTextItsLabel(file:count:)``.
    public func checkForTwoLabels() throws(DataError) {
        if count > 20, Set(labelIDs).count == count {
            throw .everyTextItsLabel(file: sources.first?.file ?? "texts", count: count)
        }
        guard labels.count < 2 else { return }
        throw .oneLabel(
            file: sources.first?.file ?? "texts", label: labels.names.first ?? "none")
    }

    private init(_ builder: Builder) {
        let (labels, numbers) = LabelSet.sorting(builder.seen)
        self.init(
            texts: builder.texts, labelIDs: builder.ids.map { numbers[Int($0)] }, labels: labels)
        sources = builder.sources
        lines = builder.lines
    }

    /// Collects rows; labels are numbered as they come, and sorted at the end.
    private struct Builder {
        var texts = TextStore()
        var seen = StringInterner()
        var ids: [Int32] = []
        var lines: [Int] = []
        var sources: [Source] = []
        var progress: ((Int) -> Void)?

        mutating func read(_ reader: TableReader) throws {
            let firstText = texts.count
            while try reader.next() {
                reader.appendText(to: &texts)
                // A label whose accents are written in two ways is one.
                ids.append(Int32(reader.withLabel { withComposed($0) { seen.intern($0) } }))
                lines.append(reader.line)
                if texts.count % 4096 == 0 { progress?(texts.count) }
            }
            guard texts.count > firstText else {
                let isTable = reader.format == .csv || reader.format == .tsv
                throw isTable
                    ? DataError.noRows(file: reader.name) : DataError.empty(file: reader.name)
            }
            sources.append(
                Source(
                    file: reader.name, firstText: firstText, format: reader.format,
                    separator: reader.separator, choice: reader.choice))
        }
    }
}

extension TextStore {
    /// Reads the texts of a file, `-` for standard input, and leaves labels aside.
    ///
    /// - Throws: ``FileError``, ``DataError``, ``JSONError`` with the file and the line.
    public init(file: String, options: TableOptions = TableOptions()) throws {
        let reader = try TableReader(file, options: options, labels: false)
        self.init()
        while try reader.next() { reader.appendText(to: &self) }
    }
}
