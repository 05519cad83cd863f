import ApusCore
import ApusData
import ApusFiles
import ApusModels
import ApusSystem
import ApusText
import ApusTraining
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs `body` with the path of an empty folder that is removed afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/apus-tests-XXXXXX".utf8CString)
    let folder = String(cString: try #require(mkdtemp(&template)))
    defer { try? removeTree(folder) }
    try body(folder)
}

/// The message of the error that `body` throws.
func message(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch {
        return (error as? any DescribedError)?.message ?? "an error without words: \(error)"
    }
}

/// Sentences in four languages, parted into those to learn from and those to judge by.
enum Sentences {
    static let all = LabelledTexts(
        LanguageSentences.all.filter {
            ["English", "Finnish", "Italian", "Polish"].contains($0.language)
        }
        .flatMap { language, sentences in sentences.prefix(60).map { (text: $0, label: language) } }
    )
    private static let split = stratifiedSplit(
        labels: all.labelIDs, holdingOut: 0.25, key: RandomKey(1))
    static let training = all.selecting(split.training)
    static let heldOut = all.selecting(split.heldOut)
}

/// Listens to nothing.
struct Silence: TrainingObserver {
    mutating func stepDone(_ progress: TrainingProgress) {}
    mutating func epochDone(_ report: EpochReport, of epochs: Int) {}
}

/// A small model: letters in pairs, so that a test takes a moment.
func settings(_ kind: TextClassifierSettings.Kind) -> TextClassifierSettings {
    var settings = TextClassifierSettings(kind)
    settings.words = nil
    settings.characters = 1...2
    settings.dimension = 8
    settings.epochs = kind == .perceptron ? 3 : 6
    if kind == .mlp { settings.learningRate = 0.01 }
    if kind == .linear { settings.learningRate = 0.03 }
    return settings
}

func train(
    _ settings: TextClassifierSettings, on texts: LabelledTexts = Sentences.training,
    dev: LabelledTexts? = nil
) throws -> TextClassifier {
    var silence = Silence()
    return try TextClassifier.training(on: texts, settings, dev: dev, observer: &silence).classifier
}

/// The bits of all probabilities.
func answers(_ classifier: TextClassifier, _ texts: LabelledTexts = Sentences.heldOut) -> [UInt32] {
    classifier.probabilities(texts.texts).floats.map(\.bitPattern)
}

/// Texts with their labels.
func labelled(_ pairs: (String, String)...) -> LabelledTexts {
    LabelledTexts(pairs.map { (text: $0, label: $1) })
}
