import ApusData
import ApusSystem
import ApusTraining

extension TextClassifier {
    /// A checkpoint for a training of these settings on these texts, and of no others: it is refused when any of them
    /// is another.
    public static func checkpoint(
        at path: String, on texts: LabelledTexts, _ settings: TextClassifierSettings,
        dev: LabelledTexts? = nil
    ) -> CheckpointFile {
        let identity: JSONObject = [
            "format": "apus text classifier training 1", "settings": .object(settings.json),
            "texts": .string(texts.identity), "dev": dev.map { .string($0.identity) } ?? .null,
        ]
        return CheckpointFile(path: path, identity: JSON.object(identity).text())
    }
}

extension LabelledTexts {
    /// A text that differs for other texts or labels.
    fileprivate var identity: String {
        var names = labels.encoded()
        names += texts.bytes
        return fingerprint(ofTexts: names, texts.offsets, labelIDs)
    }
}
