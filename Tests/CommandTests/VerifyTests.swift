import Apus
import ApusCommand
import ApusSystem
import Testing

@Suite struct VerifyTests {
    let tool = CommandLineTool(
        name: "apus", summary: "Neural language processing.", commands: [VerifyCommand.self])

    func run(_ line: String...) -> (code: Int32, output: String, errors: String) {
        let (output, errors) = (OutputChannel(), OutputChannel())
        let code = tool.run(line, output: output, errors: errors)
        return (code, output.captured, errors.captured)
    }

    /// A line that changes says that results changed: a decision, told in the changelog. `apus verify --print` writes
    /// all of them.
    @Test(arguments: VerificationGroup.all)
    func everyGroupHasTheBitsThatTheBuildCarries(_ group: VerificationGroup) throws {
        let digest = try group.digest()
        #expect(
            digest == group.expected,
            "the line in CarriedDigests.swift:\n\(CarriedDigests.line(group.name, digest))")
    }

    @Test func threadsAndInstructionSetsChangeNoDigest() throws {
        for group in VerificationGroup.all where ["layers", "optimizers"].contains(group.name) {
            for threads in [1, 3] {
                #expect(try Parallel.withThreads(threads) { try group.digest() } == group.expected)
            }
            for set in InstructionSet.allCases where set.isSupported {
                let digest = try Kernels.withInstructionSet(set) { try group.digest() }
                #expect(digest == group.expected, "\(set)")
            }
        }
    }

    @Test func compiledStepsHaveTheBitsOfEagerOnes() throws {
        let digests = Dictionary(
            uniqueKeysWithValues: VerificationGroup.all.map { ($0.name, $0.expected) })
        #expect(digests["compiled-steps"] == digests["optimizers"])
    }

    @Test func everyCarriedDigestBelongsToAGroupOfItsOwnName() {
        let names = VerificationGroup.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(CarriedDigests.all.keys.sorted() == names.sorted())
    }

    @Test func namedGroupsAreComputedAndToldInTheirOrder() throws {
        let report = run("verify", "random", "losses", "--json")
        #expect(report.code == 0)
        let result = try JSON(parsing: report.output)
        #expect(result["equal"] == true)
        guard case .array(let groups) = result["groups"] else {
            Issue.record("no groups in \(report.output)")
            return
        }
        #expect(groups.map { $0["name"] } == ["random", "losses"])
        #expect(groups.allSatisfy { $0["sha256"] == $0["expected"] })
        #expect(run("verify", "losses").output.hasSuffix("apus 0.1.0\n"))
    }

    @Test func otherBitsAreNamedAndEndWithOne() {
        let report = CommandLineTool(
            name: "apus", summary: "", commands: [DifferingCommand.self]
        )
        let (output, errors) = (OutputChannel(), OutputChannel())
        #expect(report.run(["verify"], output: output, errors: errors) == 1)
        #expect(output.captured.contains("sample  e3b0c442"))
        #expect(output.captured.contains("DIFFERENT"))
        #expect(errors.captured.contains("sample: other bits than this build carries"))
    }
}

/// `verify` with a group whose digest no build carries.
private struct DifferingCommand: Command {
    static let name = "verify"
    static let summary = VerifyCommand.summary
    static let examples: [Example] = []
    static let options: [any AnyOption] = []

    static func run(_ values: Values, on console: Console) throws {
        let group = VerificationGroup(name: "sample", summary: "nothing") { _ in }
        try VerifyCommand.verify([group], on: console)
    }
}

extension VerificationGroup: CustomTestStringConvertible {
    /// The group's name.
    public var testDescription: String { name }
}
