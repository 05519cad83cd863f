/// How well the spans of tagged sequences are found: named entities, phrases. A span counts as found when its beginning,
/// its end and its type are right (Tjong Kim Sang and De Meulder 2003, as `conlleval` and seqeval count).
///
/// ```swift
/// var metrics = SpanMetrics()
/// metrics.add(gold: ["B-PER", "I-PER", "O"], predicted: ["B-PER", "O", "O"])
/// print(metrics.f1)
/// ```
public struct SpanMetrics: Sendable {
    /// A stretch of one type.
    public struct Span: Sendable, Hashable {
        /// The type: `PER` of `B-PER`; empty of a plain `B`.
        public let type: String
        /// From its first position to behind its last.
        public let positions: Range<Int>
    }

    /// Precision, recall and F1 of one type.
    public struct TypeScores: Sendable, Equatable {
        /// The type.
        public let type: String
        /// How many spans of this type there are.
        public let support: Int
        /// The share of those predicted that are there; 0 when none is predicted.
        public let precision: Double
        /// The share of those that are there that are predicted; 0 when there is none.
        public let recall: Double
        /// The harmonic mean of both.
        public let f1: Double
    }

    private struct Counts {
        var right = 0
        var gold = 0
        var predicted = 0
    }

    private var counts: [String: Counts] = [:]

    /// Nothing counted yet.
    public init() {}

    /// Counts one sequence.
    ///
    /// Tags are a prefix and a type, `B-PER`: `B` begins a span, `I` goes on with one, `E` (or `L`) ends one, `S` (or `U`)
    /// is one by itself, `O` (or anything without a prefix) is outside. Where a span goes on that was not begun, it begins
    /// there, so that `I-PER` alone (IOB1) counts too.
    ///
    /// - Parameters:
    ///   - gold: the right tags.
    ///   - predicted: as many; what is longer or shorter counts as `O`.
    public mutating func add(gold: [String], predicted: [String]) {
        let right = Self.spans(of: gold)
        let found = Self.spans(of: Array(predicted.prefix(gold.count)))
        for span in right { counts[span.type, default: Counts()].gold += 1 }
        for span in found { counts[span.type, default: Counts()].predicted += 1 }
        for span in Set(right).intersection(found) { counts[span.type]?.right += 1 }
    }

    /// The spans of a sequence of tags, in order.
    public static func spans(of tags: [String]) -> [Span] {
        var spans: [Span] = []
        var open: (type: String, start: Int)?
        func close(_ end: Int) {
            if let span = open {
                spans.append(Span(type: span.type, positions: span.start..<end))
            }
            open = nil
        }
        for (position, tag) in tags.enumerated() {
            let (prefix, type) = parts(of: tag)
            switch prefix {
            case "B", "S", "U":
                close(position)
                open = (type, position)
            case "I", "E", "L":
                if open?.type != type {
                    close(position)
                    open = (type, position)
                }
            default: close(position)
            }
            if prefix == "S" || prefix == "U" || prefix == "E" || prefix == "L" {
                close(position + 1)
            }
        }
        close(tags.count)
        return spans
    }

    /// `B` and `PER` of `B-PER`.
    private static func parts(of tag: String) -> (prefix: String, type: String) {
        guard let dash = tag.firstIndex(of: "-") else { return (tag, "") }
        return (String(tag[..<dash]), String(tag[tag.index(after: dash)...]))
    }

    /// The share of the predicted spans that are right, over all types; 0 when none is predicted.
    public var precision: Double { Self.scores("", total).precision }
    /// The share of the spans that are found, over all types; 0 when there is none.
    public var recall: Double { Self.scores("", total).recall }
    /// The harmonic mean of precision and recall over all types: the usual F1 of spans.
    public var f1: Double { Self.scores("", total).f1 }
    /// The mean F1 over types; 0 when there is none.
    public var macroF1: Double {
        counts.isEmpty ? 0 : types.reduce(0) { $0 + $1.f1 } / Double(counts.count)
    }

    /// The figures of each type that is there or predicted, in the alphabet's order.
    public var types: [TypeScores] {
        counts.keys.sorted().map { Self.scores($0, counts[$0] ?? Counts()) }
    }

    private var total: Counts {
        counts.values.reduce(into: Counts()) {
            $0.right += $1.right
            $0.gold += $1.gold
            $0.predicted += $1.predicted
        }
    }

    private static func scores(_ type: String, _ counts: Counts) -> TypeScores {
        func ratio(_ part: Int, _ whole: Int) -> Double {
            whole == 0 ? 0 : Double(part) / Double(whole)
        }
        return TypeScores(
            type: type, support: counts.gold, precision: ratio(counts.right, counts.predicted),
            recall: ratio(counts.right, counts.gold),
            f1: ratio(2 * counts.right, counts.gold + counts.predicted))
    }
}
