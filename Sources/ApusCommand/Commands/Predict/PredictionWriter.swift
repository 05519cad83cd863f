import ApusCore
import ApusModels
import ApusSystem
import ApusText

/// Puts predictions into lines: `label<TAB>probability` for each of the likeliest labels, or a JSON object.
struct PredictionWriter {
    let classifier: TextClassifier
    let top: Int
    let isJSON: Bool

    /// A line for each text, in the order of the texts.
    func lines(_ texts: TextStore) -> [UInt8] {
        let predictions = classifier.predictions(texts, top: top)
        var output: [UInt8] = []
        output.reserveCapacity(predictions.count * 24)
        for ranked in predictions {
            if isJSON {
                output += json(ranked).bytes()
            } else {
                write(ranked, to: &output)
            }
            output.append(UInt8(ascii: "\n"))
        }
        return output
    }

    private func write(_ ranked: [TextClassifier.Prediction], to output: inout [UInt8]) {
        for (place, prediction) in ranked.enumerated() {
            if place > 0 { output.append(UInt8(ascii: "\t")) }
            output += field(prediction.label).utf8
            output.append(UInt8(ascii: "\t"))
            output += fixed(Double(prediction.probability), digits: 4).utf8
        }
    }

    /// A label as a field of a line: tabs and line breaks would part it.
    private func field(_ label: String) -> String {
        label.utf8.contains { $0 < 0x20 } ? printable(label) : label
    }

    private func json(_ ranked: [TextClassifier.Prediction]) -> JSON {
        func number(_ prediction: TextClassifier.Prediction) -> JSON {
            .number(shortest: prediction.probability)
        }
        return [
            "label": .string(ranked[0].label), "probability": number(ranked[0]),
            "top": .array(
                ranked.map { ["label": .string($0.label), "probability": number($0)] }),
        ]
    }
}
