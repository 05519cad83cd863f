import ApusCore
import ApusNN
import ApusText

/// A trained classifier of texts.
///
/// ```swift
/// let classifier = try TextClassifier(directory: "model")
/// print(classifier.predict("Swifts sleep on the wing.").label)
/// ```
public struct TextClassifier: Sendable {
    /// What it is and how it was trained.
    public let settings: TextClassifierSettings
    /// From texts to features.
    public let features: TextFeatures
    /// The classes.
    public let labels: LabelSet
    /// From features to scores.
    public let network: any BagNetwork
    /// What scores are divided by before softmax, so that confidence matches accuracy (Guo et al. 2017).
    public internal(set) var temperature: Float

    /// A classifier put together from its parts.
    init(
        settings: TextClassifierSettings, features: TextFeatures, labels: LabelSet,
        network: any BagNetwork, temperature: Float = 1
    ) {
        self.settings = settings
        self.features = features
        self.labels = labels
        self.network = network
        self.temperature = temperature
    }

    /// A network of the settings' kind, untrained.
    static func network(
        _ settings: TextClassifierSettings, features: Int, classes: Int
    ) -> any BagNetwork {
        seeded(settings.seed) {
            switch settings.kind {
            case .perceptron: Perceptron(features: features, classes: classes)
            case .linear: SoftmaxRegression(features: features, classes: classes)
            case .mlp:
                MultilayerPerceptron(
                    features: features, hidden: settings.dimension, classes: classes,
                    dropout: settings.dropout)
            case .embeddings:
                BagOfEmbeddings(
                    features: features, dimension: settings.dimension, classes: classes)
            }
        }
    }

    /// The probabilities of the classes: `[texts, classes]`.
    public func probabilities(_ texts: TextStore) -> Tensor {
        probabilities(of: features.rows(of: texts))
    }

    /// The probabilities for rows of features, some at a time so that memory stays small.
    func probabilities(of rows: SparseRows) -> Tensor {
        let size = 1024
        let parts = stride(from: 0, to: rows.count, by: size).map { start in
            softmax(scores(of: rows, start..<min(start + size, rows.count)) / Double(temperature))
        }
        return parts.isEmpty ? .zeros(Shape(0, labels.count)) : concatenated(parts, axis: 0)
    }

    /// The scores of some rows: `[rows, classes]`.
    func scores(of rows: SparseRows, _ range: Range<Int>) -> Tensor {
        withoutGradients {
            network(Bags(rows, at: range, weighted: settings.usesWeights))
        }
    }

    /// A class with its probability.
    public struct Prediction: Sendable, Hashable {
        /// The class.
        public let label: String
        /// How likely it is.
        public let probability: Float
    }

    /// The most likely class of a text.
    public func predict(_ text: String) -> Prediction { predict(text, top: 1)[0] }

    /// The most likely classes of a text, the likeliest first.
    public func predict(_ text: String, top: Int) -> [Prediction] {
        predictions(TextStore([text]), top: top)[0]
    }

    /// The most likely classes of each text.
    ///
    /// - Parameter memory: what calls for many small stores hand on from one to the next.
    public func predictions(
        _ texts: TextStore, top: Int = 1, memory: PredictionMemory = PredictionMemory()
    ) -> [[Prediction]] {
        // Texts are independent of one another, so each part can be another thread's.
        let part = 256
        let parts = (texts.count + part - 1) / part
        var results = [[[Prediction]]](repeating: [], count: parts)
        results.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let buffer = buffer
            Parallel.run(parts) { index in
                let range = index * part..<min((index + 1) * part, texts.count)
                buffer[index] = predictions(texts, range, top: top, memory: memory)
            }
        }
        return Array(results.joined())
    }

    /// The most likely classes of some texts, computed by the calling thread.
    package func predictions(
        _ texts: TextStore, _ range: Range<Int>, top: Int, memory: PredictionMemory
    ) -> [[Prediction]] {
        let rows = memory.withScratch { features.rows(of: texts, range, using: &$0) }
        return ranked(probabilities(of: rows), top: top)
    }

    private func ranked(_ probabilities: Tensor, top: Int) -> [[Prediction]] {
        let classes = labels.count
        return probabilities.withElements(of: Float.self) { all in
            (0..<probabilities.shape[0]).map { row in
                let own = UnsafeBufferPointer(rebasing: all[row * classes..<(row + 1) * classes])
                return largest(own, count: min(max(top, 1), classes)).map {
                    Prediction(label: labels[$0], probability: own[$0])
                }
            }
        }
    }

    /// The positions of the largest numbers, the largest first; of equal ones the first.
    private func largest(_ numbers: UnsafeBufferPointer<Float>, count: Int) -> [Int] {
        if count == 1 {
            var best = 0
            for index in numbers.indices where numbers[index] > numbers[best] { best = index }
            return [best]
        }
        return Array(
            numbers.indices.sorted {
                numbers[$0] == numbers[$1] ? $0 < $1 : numbers[$0] > numbers[$1]
            }.prefix(count))
    }
}

extension TextClassifierSettings {
    /// Whether features have weights other than 1. The mean of embeddings counts each feature once.
    var usesWeights: Bool { weighting != .binary }
}
