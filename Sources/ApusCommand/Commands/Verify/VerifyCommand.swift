import ApusCore
import ApusSystem

/// `apus verify`: computes a fixed set of groups and compares the bits with those that the build carries.
package struct VerifyCommand: Command {
    package static let name = "verify"
    package static let summary =
        "Check that this machine computes the same bits as every other. Exit code 1 when it does not."
    package static let examples = [
        Example("apus verify", "Compute every group and compare its SHA-256."),
        Example("APUS_ISA=portable apus verify", "The same without the processor's vector units."),
        Example("apus verify operations optimizers --threads 1 --json", "Two groups, as JSON."),
    ]

    static let groups = Option.arguments(
        "GROUP", .choice(VerificationGroup.all.map(\.name)),
        help: "What to compute; everything unless named.")
    static let prints = Option.flag(
        "--print",
        help:
            "For maintainers: write the source file of the digests that a build carries, and compare nothing."
    )
    package static let options: [any AnyOption] = [groups, prints]

    package static func run(_ values: Values, on console: Console) throws {
        if values[prints] { return try printDigests(values, on: console) }
        let named = values[groups]
        try verify(
            VerificationGroup.all.filter { named.isEmpty || named.contains($0.name) }, on: console)
    }

    /// Computes groups and tells how they compare.
    ///
    /// - Throws: a ``Verdict`` that names the groups with other bits.
    package static func verify(_ chosen: [VerificationGroup], on console: Console) throws {
        let width = chosen.map(\.name.count).max() ?? 0
        var results: [Result] = []
        for group in chosen {
            let started = monotonicSeconds()
            let result = Result(
                group: group, digest: try group.digest(), seconds: monotonicSeconds() - started)
            results.append(result)
            if !console.isJSON {
                try console.print(result.line(width: width))
                try console.output.flush()
            }
        }
        let different = results.filter { !$0.isEqual }.map(\.group.name)
        if console.isJSON {
            try console.print([
                "equal": .bool(different.isEmpty), "groups": .array(results.map(\.json)),
                "instructionSet": .string(InstructionSet.active.rawValue),
                "threads": .integer(Parallel.threadCount), "version": .string(Build.version),
            ])
        } else if different.isEmpty {
            let what = results.count == 1 ? "1 group, equal" : "\(results.count) groups, all equal"
            try console.print(
                "\(what): \(InstructionSet.active.rawValue), "
                    + "\(counted(Parallel.threadCount, "thread")), apus \(Build.version)")
        }
        guard different.isEmpty else { throw BitsDiffer(groups: different) }
    }

    /// A group as it came out.
    private struct Result {
        let group: VerificationGroup
        let digest: String
        let seconds: Double

        var isEqual: Bool { digest == group.expected }

        var json: JSON {
            [
                "equal": .bool(isEqual), "expected": .string(group.expected),
                "name": .string(group.name), "seconds": .number(seconds),
                "sha256": .string(digest),
            ]
        }

        func line(width: Int) -> String {
            let name = group.name + String(repeating: " ", count: width - group.name.count)
            return "\(name)  \(digest)  \(isEqual ? "equal" : "DIFFERENT")"
        }
    }

    private static func printDigests(_ values: Values, on console: Console) throws {
        guard values[groups].isEmpty, !console.isJSON else {
            throw UsageError.conflict(
                "--print writes the digests of all groups as a source file",
                hint: "leave out the groups and --json")
        }
        let lines = try VerificationGroup.all.map { group in
            CarriedDigests.line(group.name, try group.digest())
        }
        try console.write(CarriedDigests.source(lines: lines))
    }
}

/// Some groups have other bits than the build carries.
private struct BitsDiffer: Verdict {
    let groups: [String]
    var message: String {
        "\(groups.joined(separator: ", ")): other bits than this build carries"
    }
    var hint: String? {
        "a defect of the build or the machine: report it with the output of apus version"
    }
}
