import ApusData

/// Looks for what is wrong with labelled texts, before anything is trained on them.
///
/// - Parameters:
///   - texts: what is trained on.
///   - others: what is judged by, with the name that findings use: `dev`, `test`.
/// - Returns: what was found, the worst first.
public func examine(
    _ texts: LabelledTexts, against others: [(name: String, texts: LabelledTexts)] = []
) -> [Finding] {
    var examination = TextExamination(texts)
    examination.examineTexts()
    examination.examineLabels()
    examination.examineDuplicates()
    for other in others { examination.compare(other.texts, other.name) }
    return examination.findings.bySeverity
}

private struct TextExamination {
    private let texts: LabelledTexts
    private(set) var findings: [Finding] = []
    /// The positions of each text.
    private let positions: [String: [Int]]

    /// A text longer than this is more likely a file than a sentence.
    private static let longLength = 20_000
    private static let shownPlaces = 3

    init(_ texts: LabelledTexts) {
        self.texts = texts
        var positions: [String: [Int]] = [:]
        for index in 0..<texts.count { positions[texts.texts[index], default: []].append(index) }
        self.positions = positions
    }

    private mutating func add(
        _ kind: Finding.Kind, _ severity: Finding.Severity, _ place: String, _ measured: Double,
        _ message: String, _ remedy: String
    ) {
        findings.append(
            Finding(
                kind, severity, place: place, measured: measured, message: message, remedy: remedy))
    }

    /// The first few places: `train.csv:7, train.csv:9, …`.
    private func places(_ indices: [Int], of texts: LabelledTexts) -> String {
        let shown = indices.prefix(Self.shownPlaces).map { texts.place(of: $0) }
        return (shown + (indices.count > Self.shownPlaces ? ["…"] : [])).joined(separator: ", ")
    }

    private func share(_ part: Int, of whole: Int) -> Double {
        Double(part) / Double(max(whole, 1))
    }

    // MARK: Texts

    mutating func examineTexts() {
        let lengths = (0..<texts.count).map { texts.texts.withBytes(of: $0) { Self.length($0) } }
        let empty = lengths.indices.filter { lengths[$0] == 0 }
        if !empty.isEmpty {
            let part = share(empty.count, of: texts.count)
            add(
                .emptyTexts, part > 0.01 ? .warning : .note, places(empty, of: texts), part,
                "\(empty.count) of \(texts.count) texts are empty",
                "leave them out, or look whether the text column is the right one")
        }
        let long = lengths.indices.filter { lengths[$0] > Self.longLength }
        if !long.isEmpty {
            add(
                .longTexts, .note, places(long, of: texts), Double(lengths.max() ?? 0),
                "\(long.count) of \(texts.count) texts are longer than \(Self.longLength) bytes",
                "look whether a quote is missing, and lines of the file were taken together")
        }
    }

    /// The bytes between the white space at both ends.
    private static func length(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let first = bytes.firstIndex(where: { $0 > 32 }),
            let last = bytes.lastIndex(where: { $0 > 32 })
        else { return 0 }
        return last - first + 1
    }

    // MARK: Labels

    mutating func examineLabels() {
        let counts = texts.labelCounts
        let present = counts.indices.filter { counts[$0] > 0 }
        guard present.count > 1, let most = present.max(by: { counts[$0] < counts[$1] }) else {
            if let only = present.first {
                add(
                    .oneLabel, .error, "labels", 1,
                    "all \(texts.count) texts have the label “\(texts.labels[only])”",
                    "look whether the label column is the right one")
            }
            return
        }
        let part = share(counts[most], of: texts.count)
        if part > 0.8, part * Double(present.count) > 1.5 {
            add(
                .labelImbalance, .warning, "labels", part,
                "\(percent(part)) of the texts have the label “\(texts.labels[most])”: always guessing it is right so often",
                "judge by macro F1 instead of accuracy, and collect or weigh the rare labels")
        }
        let rare = present.filter { counts[$0] < 3 }
        if !rare.isEmpty, texts.count >= 20 {
            let names = rare.prefix(Self.shownPlaces).map { "“\(texts.labels[$0])”" }
            add(
                .rareLabels, .note, "labels", Double(rare.count),
                "\(rare.count) of \(present.count) labels have fewer than three texts: \(names.joined(separator: ", "))\(rare.count > Self.shownPlaces ? ", …" : "")",
                "collect more, or join them with others")
        }
        let isSorted = zip(texts.labelIDs, texts.labelIDs.dropFirst()).count { $0 != $1 }
        if isSorted == present.count - 1, texts.count >= 20 {
            add(
                .sortedLabels, .note, "labels", Double(isSorted),
                "the texts are sorted by label",
                "Apus shuffles them; a part cut off for dev or test must be drawn at random")
        }
    }

    // MARK: The same text twice

    mutating func examineDuplicates() {
        var again = 0
        var contradicting: [Int] = []
        for index in 0..<texts.count {
            let text = texts.texts[index]
            guard let all = positions[text], all.count > 1, let first = all.first else { continue }
            if index != first { again += 1 }
            if texts.labelIDs[index] != texts.labelIDs[first] { contradicting.append(index) }
        }
        if !contradicting.isEmpty {
            let part = share(contradicting.count, of: texts.count)
            add(
                .contradictions, part > 0.01 ? .warning : .note, places(contradicting, of: texts),
                part,
                "\(contradicting.count) texts stand there before with another label",
                "decide on one label; nobody can learn both")
        }
        let part = share(again, of: texts.count)
        if part > 0.05 {
            add(
                .duplicates, .note, "texts", part,
                "\(percent(part)) of the texts are repetitions of others",
                "leave them out, above all before a part is cut off for dev or test")
        }
    }

    // MARK: Other data

    mutating func compare(_ other: LabelledTexts, _ name: String) {
        let same = (0..<other.count).filter { positions[other.texts[$0]] != nil }
        let part = share(same.count, of: other.count)
        if !same.isEmpty {
            add(
                .overlap, part > 0.02 ? .error : part > 0.001 ? .warning : .note,
                places(same, of: other), part,
                "\(same.count) of \(other.count) \(name) texts (\(percent(part))) are among the training texts",
                "take them out of one of the two: figures on texts that were trained on are too good"
            )
        }
        let counts = other.labelCounts
        let known = Set(texts.labels.names)
        let unknown = counts.indices.filter { counts[$0] > 0 && !known.contains(other.labels[$0]) }
        if !unknown.isEmpty {
            let names = unknown.prefix(Self.shownPlaces).map { "“\(other.labels[$0])”" }
            add(
                .unknownLabels, .error, name, Double(unknown.count),
                "\(unknown.count == 1 ? "1 label occurs" : "\(unknown.count) labels occur") in \(name) alone: \(names.joined(separator: ", "))\(unknown.count > Self.shownPlaces ? ", …" : "")",
                "they can only be mistaken: add training texts, or look how the labels are written")
        }
    }

    private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
}
