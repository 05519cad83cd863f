import Apus
import ApusCommand
import ApusSystem
import Testing

@Suite struct BenchTests {
    let tool = CommandLineTool(
        name: "apus", summary: "Neural language processing.", commands: [BenchCommand.self])

    func run(_ line: String...) -> (code: Int32, output: String, errors: String) {
        let (output, errors) = (OutputChannel(), OutputChannel())
        let code = tool.run(line, output: output, errors: errors)
        return (code, output.captured, errors.captured)
    }

    @Test func aReportHasEveryFigureAsAnObject() throws {
        let report = run("bench", "xor", "ops", "--seconds", "0", "--threads", "1", "--json")
        #expect(report.code == 0)
        let last = try #require(report.output.split(separator: "\n").last)
        guard case .array(let results) = try JSON(parsing: String(last))["results"] else {
            Issue.record("no results in \(last)")
            return
        }
        #expect(results.count == 2 + 11)
        for result in results {
            guard case .number(let median) = result["median"],
                case .number(let minimum) = result["minimum"], case .number = result["best"]
            else {
                Issue.record("a figure is missing in \(result)")
                continue
            }
            #expect(minimum > 0 && minimum <= median)
            #expect(result["threads"] == 1)
            #expect(result["isa"] == .string(InstructionSet.active.rawValue))
        }
        #expect(results[0]["workload"] == "xor" && results[0]["unit"] == "us/step")
    }

    @Test func aTableStandsInColumns() {
        let report = run("bench", "xor", "--seconds", "0", "--threads", "2")
        let lines = report.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("workload  item"))
        #expect(lines[1].hasPrefix("xor  "))
        #expect(report.errors.hasPrefix("xor: training steps"))
    }

    @Test func rowsWithoutAGradientAreLeftOrMoved() {
        for kind in ["lazy", "dense"] {
            #expect(run("bench", "tagger", "--rows", kind, "--seconds", "0").code == 0)
        }
        #expect(run("bench", "tagger", "--rows", "all").code == 64)
    }

    @Test func aRateIsWorkByTime() {
        let product = Workload.product(rows: 8, columns: 8, depth: 8, seconds: 0)
        #expect(product.item == "8x8x8" && product.unit == "GFLOP/s")
        #expect(product.minimum <= product.median && product.median <= product.best)
    }

    @Test func anUnknownWorkloadIsRefused() {
        let report = run("bench", "xro")
        #expect(report.code == 64)
        let names = Workload.all.map(\.name).joined(separator: ", ")
        #expect(report.errors.contains("\"xro\" is not one of \(names)"))
    }
}
