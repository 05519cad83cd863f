import ApusSystem
import ApusText
import Testing

/// What Oniguruma finds, written by `Reference/pattern_goldens.py` into the folder that `APUS_PATTERN_GOLDENS` names.
private let folder = environmentVariable("APUS_PATTERN_GOLDENS") ?? ""

@Suite(
    "The matches of Oniguruma",
    .enabled(if: !folder.isEmpty, "APUS_PATTERN_GOLDENS names no folder of pattern_goldens.py")
)
struct PatternGoldenTests {
    @Test(arguments: ["published", "random"])
    func everyMatchIsTheSame(_ kind: String) throws {
        var (patterns, refused, different) = (0, 0, 0)
        try LineReader(try openForReading("\(folder)/\(kind).jsonl")).forEachLine { bytes, number in
            let json = JSONCursor(
                try JSON(parsing: bytes, name: kind, line: number), source: kind)
            let source = try json["pattern"].string()
            patterns += 1
            let pattern: Pattern
            do {
                pattern = try Pattern(source)
            } catch let error as PatternError {
                refused += 1
                print("refused: \(error.message)")
                return
            }
            for entry in try json["found"].array() {
                let text = try entry["text"].string()
                let expected = try entry["matches"].array().map { bounds in
                    let bounds = try bounds.array()
                    return try bounds[0].integer()..<bounds[1].integer()
                }
                let found = scalarMatches(pattern, in: text)
                guard found != expected else { continue }
                different += 1
                if different < 60 {
                    print(
                        "\(source.debugDescription) in \(text.debugDescription): \(found), \(expected)"
                    )
                }
                break
            }
        }
        print("\(kind): \(patterns) patterns, \(refused) refused, \(different) different")
        #expect(patterns > 0)
        #expect(different == 0)
    }
}

/// The matches that are not empty, in scalars.
private func scalarMatches(_ pattern: Pattern, in text: String) -> [Range<Int>] {
    // By byte, the scalars before it.
    var places = [0]
    for (number, scalar) in text.unicodeScalars.enumerated() {
        places += Array(repeating: number + 1, count: scalar.utf8.count)
    }
    var found: [Range<Int>] = []
    var text = text
    text.withUTF8 { bytes in
        pattern.forEachMatch(in: bytes) { start, end in
            if start < end { found.append(places[start]..<places[end]) }
        }
    }
    return found
}
