import ApusSystem

/// How much longer a component can make a text. A file that asks for a hundred doublings, one after another, must
/// be refused when it is read: no memory would be enough for the texts.
enum ComponentGrowth {
    /// The most that is accepted; the tokenizers of real checkpoints stay below 2,500.
    static let limit = 10_000.0

    /// Refuses what could grow texts beyond measure.
    static func check(_ growth: Double, _ json: JSONCursor) throws {
        if growth > limit {
            throw json.problem("could make a text more than \(Int(limit)) times as long")
        }
    }

    /// The growth by replacing each match of a pattern.
    static func replacing(_ pattern: TextPattern, with content: String) -> Double {
        let shortest =
            switch pattern {
            case .string(let text): text.utf8.count
            case .regex: 0
            }
        let inserted = Double(content.utf8.count)
        // An empty match stands beside a byte that stays.
        return shortest == 0 ? 1 + inserted : max(1, inserted / Double(shortest))
    }
}

extension Normalizer {
    /// How many bytes a byte can become, at most.
    var growth: Double {
        switch self {
        case .bert: 5
        case .unicode(let form): form == .nfc || form == .nfd ? 3 : 11
        case .lowercase, .byteLevel: 2
        case .replace(let pattern, let content):
            ComponentGrowth.replacing(pattern, with: content)
        case .precompiled(let map): Double(max(1, map.longestReplacement))
        case .sentencePiece: 3
        case .sequence(let normalizers): normalizers.reduce(1) { $0 * $1.growth }
        case .strip, .stripAccents, .prepend, .nmt: 1
        }
    }
}

extension TokenDecoder {
    /// How many bytes a byte can become, at most.
    var growth: Double {
        switch self {
        case .replace(let pattern, let content):
            ComponentGrowth.replacing(pattern, with: content)
        case .sequence(let decoders): decoders.reduce(1) { $0 * $1.growth }
        default: 1
        }
    }
}
