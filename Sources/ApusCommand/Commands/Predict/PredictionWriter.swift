import ApusCore
import ApusModels
import ApusSystem
import ApusText

/// Puts predictions into lines: `label<TAB>probability` for each of the likeliest labels, or a JSON object.
struct PredictionWriter {
    let classifier: TextClassifier
    let top: Int
    let isJSON: Bool
    private let memory = PredictionMemory()

    init(classifier: TextClassifier, top: Int, isJSON: Bool) {
        self.classifier = classifier
        self.top = top
        self.isJSON = isJSON
    }

    /// A line for each text, in the order of the texts.
    func lines(_ texts: TextStore) -> [UInt8] {
        // Writing takes as long as classifying, so both are shared by the threads.
        let part = 128
        let parts = (texts.count + part - 1) / part
        var outputs = [[UInt8]](repeating: [], count: parts)
        outputs.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let buffer = buffer
            Parallel.run(parts) { index in
                buffer[index] = lines(texts, index * part..<min((index + 1) * part, texts.count))
            }
        }
        return Array(outputs.joined())
    }

    private func lines(_ texts: TextStore, _ range: Range<Int>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(range.count * 24)
        for ranked in classifier.predictions(texts, range, top: top, memory: memory) {
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
