/// Something that a diagnosis found: what, where, how much, and what helps.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// How bad it is, the worst first.
    public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
        /// The model cannot learn, or its figures cannot be believed.
        case error
        /// It learns worse than it could.
        case warning
        /// Worth knowing.
        case note

        /// Whether it is worse.
        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

        private var rank: Int { self == .error ? 0 : self == .warning ? 1 : 2 }
    }

    /// What kind of fault it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        // Of the data
        case emptyTexts, longTexts, duplicates, contradictions, overlap, labelImbalance
        case rareLabels, unknownLabels
        // Of the batches
        case brokenInputs, unscaledInputs, identicalInputs, oneLabel, sortedLabels
        // Of the model and its loss
        case doubleSoftmax, lossOfProbabilities, initialLoss, unusedParameter, symmetry
        case deadUnits, saturatedUnits, vanishingGradients, explodingGradients
        // Of learning
        case notFinite, risingLoss, standingLoss, largeUpdates, smallUpdates, notUpdated
        case cannotOverfit
    }

    /// What kind of fault it is.
    public let kind: Kind
    /// How bad it is.
    public let severity: Severity
    /// The layer, parameter, operation or file.
    public let place: String
    /// What was measured; the message says of what.
    public let measured: Double
    /// What was found, in a sentence.
    public let message: String
    /// What helps, in a sentence.
    public let remedy: String

    /// A finding.
    public init(
        _ kind: Kind, _ severity: Severity, place: String, measured: Double, message: String,
        remedy: String
    ) {
        self.kind = kind
        self.severity = severity
        self.place = place
        self.measured = measured
        self.message = message
        self.remedy = remedy
    }

    /// `error: output: the loss is given probabilities …; remove the softmax …`.
    public var description: String {
        "\(severity.rawValue): \(place): \(message); \(remedy)"
    }
}

extension [Finding] {
    /// The worst first; of equal ones in the order in which they were found.
    package var bySeverity: [Finding] {
        enumerated().sorted {
            ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset)
        }.map(\.element)
    }
}
