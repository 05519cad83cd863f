import Apus
import ApusSystem

/// `apus bench`: how fast this machine runs a few computations that other libraries can be timed on too.
package struct BenchCommand: Command {
    package static let name = "bench"
    package static let summary = "Measure how fast this machine computes and trains."
    package static let examples = [
        Example("apus bench", "Measure everything."),
        Example(
            "apus bench xor mlp --seconds 5", "Train two small networks for five seconds each."),
        Example(
            "apus bench cnn tagger --rows dense",
            "Move all rows of the tables in each step, as PyTorch's dense optimizers do."),
        Example("apus bench matmul --threads 1 --json", "Matrix products on one thread, as JSON."),
    ]

    static let workloads = Option.arguments(
        "WORKLOAD", .choice(Workload.all.map(\.name)),
        help: "What to measure; everything unless named.")
    static let seconds = Option(
        "--seconds", "S", .number(in: 0...3600), default: 2, help: "Time for each workload.")
    static let rows = Option(
        "--rows", "KIND", .choice(["lazy", "dense"]), default: "lazy",
        help: "Rows of embedding tables without a gradient: left alone, or moved by Adam.")
    package static let options: [any AnyOption] = [workloads, seconds, rows]

    package static func run(_ values: Values, on console: Console) throws {
        let named = values[workloads]
        let chosen = Workload.all.filter { named.isEmpty || named.contains($0.name) }
        let results = Parallel.withThreads(values[GlobalOptions.threads] ?? Parallel.threadCount) {
            Workload.$rows.withValue(values[rows] == "dense" ? .dense : .lazy) {
                chosen.flatMap { workload in
                    console.note("\(workload.name): \(workload.summary)")
                    return workload.measure(values[seconds])
                }
            }
        }
        if console.isJSON {
            try console.print(["results": .array(results.map(\.json))])
        } else {
            for line in Measurement.table(results) { try console.print(line) }
        }
    }
}
