/// How good a classifier is on labelled examples.
///
/// Collected example by example from probabilities; all figures follow from the counts. Classes that neither occur
/// nor are predicted do not count for macro figures; labels that the classifier does not know count as classes that
/// it never finds.
public struct ClassificationMetrics: Sendable {
    /// The names of the classes.
    public let labels: [String]
    /// `confusion[gold][predicted]`: how often.
    public private(set) var confusion: [[Int]]
    /// Examples whose label the classifier does not know: they count, as mistakes.
    public private(set) var unknownCount = 0
    /// How many labels the classifier does not know.
    public let unknownLabels: Int
    /// How often each class was predicted for such an example.
    private var predictedForUnknown: [Int]
    private var logLossSum = 0.0
    private var bins: [CalibrationBin]

    private struct CalibrationBin {
        var count = 0
        var confidence = 0.0
        var correct = 0
    }

    /// Metrics over the given classes, nothing counted yet.
    ///
    /// - Parameters:
    ///   - labels: the classes that the classifier knows.
    ///   - unknownLabels: how many other labels the examples have.
    public init(labels: [String], unknownLabels: Int = 0) {
        self.labels = labels
        self.unknownLabels = unknownLabels
        predictedForUnknown = Array(repeating: 0, count: labels.count)
        confusion = Array(
            repeating: Array(repeating: 0, count: labels.count), count: labels.count)
        bins = Array(repeating: CalibrationBin(), count: 15)
    }

    /// Counts one example.
    ///
    /// - Parameters:
    ///   - gold: the right class; nil for a label that the classifier does not know.
    ///   - probabilities: of every class.
    public mutating func add(gold: Int?, probabilities: UnsafeBufferPointer<Float>) {
        var predicted = 0
        for index in probabilities.indices where probabilities[index] > probabilities[predicted] {
            predicted = index
        }
        let confidence = Double(probabilities[predicted])
        // A damaged model may say NaN.
        let place = confidence.isFinite ? Int(confidence * Double(bins.count)) : 0
        let bin = min(max(place, 0), bins.count - 1)
        bins[bin].count += 1
        bins[bin].confidence += confidence
        guard let gold else {
            unknownCount += 1
            predictedForUnknown[predicted] += 1
            logLossSum -= Self.logarithm(of: 0)
            return
        }
        confusion[gold][predicted] += 1
        if gold == predicted { bins[bin].correct += 1 }
        logLossSum -= Self.logarithm(of: Double(probabilities[gold]))
    }

    /// The number of examples.
    public var count: Int { confusion.joined().reduce(unknownCount, +) }

    /// The share of examples whose class was predicted.
    public var accuracy: Double {
        ratio(labels.indices.reduce(0) { $0 + confusion[$1][$1] }, count)
    }

    /// −log of the probability of the right class, on average, in nats; probabilities count as at least 10⁻¹⁵.
    public var logLoss: Double { count == 0 ? 0 : logLossSum / Double(count) }

    /// How far confidence is from accuracy, on average over 15 bins of equal width (Naeini et al. 2015).
    public var calibrationError: Double {
        bins.reduce(0) { total, bin in
            guard bin.count > 0 else { return total }
            return total + abs(Double(bin.correct) - bin.confidence) / Double(count)
        }
    }

    /// Precision, recall and F1 of one class.
    public struct ClassScores: Sendable {
        /// The class's name.
        public let label: String
        /// How many examples have this label.
        public let support: Int
        /// The share of those predicted as this class that are of it.
        public let precision: Double
        /// The share of those of this class that are predicted as it.
        public let recall: Double
        /// The harmonic mean of both.
        public let f1: Double
    }

    /// The figures of each class, in the order of the labels.
    public var classes: [ClassScores] {
        labels.indices.map { index in
            let correct = confusion[index][index]
            let support = confusion[index].reduce(0, +)
            let predicted = predictions(of: index)
            return ClassScores(
                label: labels[index], support: support, precision: ratio(correct, predicted),
                recall: ratio(correct, support), f1: ratio(2 * correct, predicted + support))
        }
    }

    private func predictions(of index: Int) -> Int {
        confusion.reduce(predictedForUnknown[index]) { $0 + $1[index] }
    }

    private var occurring: [ClassScores] {
        zip(classes, labels.indices).filter { $0.support > 0 || predictions(of: $1) > 0 }.map(\.0)
    }

    /// The mean precision over classes.
    public var macroPrecision: Double { mean(occurring.map(\.precision)) }
    /// The mean recall over classes.
    public var macroRecall: Double { mean(occurring.map(\.recall)) }
    /// The mean F1 over classes.
    public var macroF1: Double { mean(occurring.map(\.f1)) }

    /// F1 over all decisions together. Each example has one label and one prediction, so it is the accuracy, and
    /// so are micro precision and micro recall.
    public var microF1: Double { accuracy }

    /// Matthews' correlation between gold and predicted classes (1975; for several classes Gorodkin 2004): 1 for all right,
    /// 0 for guesses, and where all are of one class or predicted as one.
    ///
    /// Examples whose label the classifier does not know are one more class, which is never predicted.
    public var matthewsCorrelation: Double {
        var (right, squaresOfGold, squaresOfPredicted, products) = (0.0, 0.0, 0.0, 0.0)
        for index in labels.indices {
            let (gold, predicted) = (
                Double(confusion[index].reduce(0, +)), Double(predictions(of: index))
            )
            right += Double(confusion[index][index])
            squaresOfGold += gold * gold
            squaresOfPredicted += predicted * predicted
            products += gold * predicted
        }
        squaresOfGold += Double(unknownCount) * Double(unknownCount)
        let total = Double(count)
        let spread =
            (total * total - squaresOfGold) * (total * total - squaresOfPredicted)
        return spread > 0 ? (right * total - products) / spread.squareRoot() : 0
    }

    /// The most frequent mistakes: gold, predicted, how often.
    public func confusions(limit: Int) -> [(gold: String, predicted: String, count: Int)] {
        var pairs: [(gold: Int, predicted: Int, count: Int)] = []
        for gold in labels.indices {
            for predicted in labels.indices
            where gold != predicted && confusion[gold][predicted] > 0 {
                pairs.append((gold, predicted, confusion[gold][predicted]))
            }
        }
        pairs.sort { ($1.count, $0.gold, $0.predicted) < ($0.count, $1.gold, $1.predicted) }
        return pairs.prefix(limit).map { (labels[$0.gold], labels[$0.predicted], $0.count) }
    }

    private func ratio(_ part: Int, _ whole: Int) -> Double {
        whole == 0 ? 0 : Double(part) / Double(whole)
    }

    private func mean(_ values: [Double]) -> Double {
        let classes = values.count + unknownLabels
        return classes == 0 ? 0 : values.reduce(0, +) / Double(classes)
    }

    /// The natural logarithm by its series: the C library's may differ between machines, and this figure is
    /// compared across them.
    private static func logarithm(of probability: Double) -> Double {
        let clamped = max(probability, 1e-15)
        let exponent = clamped.exponent
        let fraction = clamped.significand  // in 1..<2
        let ratio = (fraction - 1) / (fraction + 1)
        var (power, sum) = (ratio, 0.0)
        for odd in stride(from: 1.0, through: 41, by: 2) {
            sum += power / odd
            power *= ratio * ratio
        }
        return 2 * sum + Double(exponent) * 0.693_147_180_559_945_3
    }
}
