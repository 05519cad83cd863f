import ApusData
import ApusSystem
import ApusText
import Testing

/// The folder of the data sets beside the repository.
private let shared: String = {
    let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return repository.dropLast().joined(separator: "/") + "/shared/data"
}()

/// A data set as its note describes it.
private struct SharedSet: CustomTestStringConvertible, Sendable {
    let name: String
    let rows: [(file: String, count: Int)]
    let labels: Int
    let first: (text: String, label: String)
    var testDescription: String { name }
}

private let sharedSets = [
    SharedSet(
        name: "topic_newsagg",
        rows: [("train.tsv.gz", 10_583), ("dev.tsv", 1_334), ("test.tsv", 667)],
        labels: 4, first: ("L'wren Scott - L'Wren Scott's housekeeper reveals money problems", "e")),
    SharedSet(
        name: "topic_dbpedia14",
        rows: [("train.csv.gz", 9_800), ("dev.csv.gz", 1_400), ("test.csv.gz", 1_400)],
        labels: 14, first: ("Terremark Worldwide Inc.", "0")),
    SharedSet(
        name: "sent_mr", rows: [("train.tsv.gz", 7_462), ("dev.tsv", 1_066), ("test.tsv", 1_068)],
        labels: 2, first: ("", "")),
    SharedSet(
        name: "sent_subj",
        rows: [("train.tsv.gz", 7_000), ("dev.tsv", 1_000), ("test.tsv", 1_000)],
        labels: 2, first: ("", "")),
    SharedSet(
        name: "sent_proscons",
        rows: [("train.tsv.gz", 28_991), ("dev.tsv.gz", 4_141), ("test.tsv", 4_142)],
        labels: 2, first: ("", "")),
    SharedSet(
        name: "intent_banking77", rows: [("train.csv.gz", 10_003), ("test.csv", 1_540)],
        labels: 77, first: ("I am still waiting on my card?", "card_arrival")),
    SharedSet(
        name: "intent_clinc150",
        rows: [("train.tsv.gz", 15_100), ("dev.tsv.gz", 3_100), ("test.tsv", 2_750)],
        labels: 151,
        first: ("what expression would i use to say i love you", "translate")),
    SharedSet(
        name: "lid_tatoeba", rows: [("train.tsv.gz", 34_300), ("test.tsv.gz", 7_350)],
        labels: 49, first: ("Mary said she didn't know where Tom was.", "eng")),
]

@Test(
    .enabled(
        if: fileExists(shared), "the data sets are not there: ../shared/data beside the repository"),
    arguments: sharedSets)
private func everyRowOfTheSharedDataSetsIsRead(set: SharedSet) throws {
    for (file, count) in set.rows {
        let data = try LabelledTexts(files: ["\(shared)/\(set.name)/\(file)"])
        #expect(data.count == count, "\(file)")
        #expect(data.labels.count == set.labels, "\(file)")
        #expect((0..<count).allSatisfy { !data.texts[$0].isEmpty }, "\(file)")
        if file.hasPrefix("train") {
            #expect(data.texts[0].hasPrefix(set.first.text))
            #expect(
                set.first.label.isEmpty || data.labels[Int(data.labelIDs[0])] == set.first.label)
        }
    }
}

@Test(
    .enabled(
        if: fileExists(shared), "the data sets are not there: ../shared/data beside the repository")
)
func filesAreReadOneAfterAnother() throws {
    let files = ["train.tsv.gz", "dev.tsv"].map { "\(shared)/topic_newsagg/\($0)" }
    let data = try LabelledTexts(files: files)
    #expect(data.count == 10_583 + 1_334)
    #expect(data.place(of: 10_583) == "\(files[1]):2")
    #expect(data.sources.map(\.firstText) == [0, 10_583])
    #expect(data.texts[3_000] == (try TextStore(file: files[0]))[3_000])
}
