import ApusSystem
import ApusTraining

/// What the doctor found, for people and for programs.
struct DoctorReport {
    let texts: Int
    let steps: Int
    let ofData: ArraySlice<Finding>
    let ofTraining: ArraySlice<Finding>

    /// The worst first.
    private var all: [Finding] { Array(ofData + ofTraining).bySeverity }

    /// The keys that scripts rely on.
    var json: JSONObject {
        [
            "findings": .array(all.map { .object(Self.json($0)) }), "texts": .integer(texts),
            "steps": .integer(steps),
        ]
    }

    private static func json(_ finding: Finding) -> JSONObject {
        [
            "kind": .string(finding.kind.rawValue), "severity": .string(finding.severity.rawValue),
            "place": .string(finding.place),
            "measured": finding.measured.isFinite ? .number(finding.measured) : .null,
            "message": .string(finding.message), "remedy": .string(finding.remedy),
        ]
    }

    /// A paragraph for each finding; a line when all is well.
    var text: String {
        guard !all.isEmpty else { return "nothing found: \(watched) look healthy\n" }
        let paragraphs = all.map { finding in
            """
            \(finding.severity.rawValue)  \(printable(finding.place))
              \(printable(finding.message))
              → \(finding.remedy)

            """
        }
        return paragraphs.joined(separator: "\n") + "\n"
            + "\(counted(all.count, "finding")) in \(watched)\n"
    }

    private var watched: String {
        steps == 0
            ? counted(texts, "text")
            : "\(counted(texts, "text")) and \(counted(steps, "step")) of training"
    }
}
