import Apus
import ApusSystem

/// One figure of a workload, over all its repetitions.
package struct Measurement: Sendable {
    /// The workload's name.
    package let workload: String
    /// Which of the workload's computations; empty where there is one.
    package let item: String
    /// What the numbers count: `ms/step`, `GFLOP/s`.
    package let unit: String
    /// The middle one of the repetitions.
    package let median: Double
    /// The smallest number.
    package let minimum: Double
    /// The number of the fastest repetition: the minimum of times, the maximum of rates.
    package let best: Double
    /// How many threads worked.
    package let threads: Int

    /// Times, each in `unit` = `scale` · seconds.
    init(_ workload: String, item: String = "", _ times: Times, unit: String, scale: Double) {
        self.init(
            workload, item, unit: unit, median: times.median * scale, minimum: times.least * scale,
            best: times.least * scale)
    }

    /// Rates, for `work` units of work a repetition.
    init(_ workload: String, item: String = "", _ times: Times, unit: String, work: Double) {
        self.init(
            workload, item, unit: unit, median: work / times.median, minimum: work / times.greatest,
            best: work / times.least)
    }

    /// A single number.
    init(_ workload: String, _ item: String, _ value: Double, unit: String) {
        self.init(workload, item, unit: unit, median: value, minimum: value, best: value)
    }

    private init(
        _ workload: String, _ item: String, unit: String, median: Double, minimum: Double,
        best: Double
    ) {
        self.workload = workload
        self.item = item
        self.unit = unit
        self.median = median
        self.minimum = minimum
        self.best = best
        threads = Parallel.threadCount
    }

    /// An object of the report's `results`.
    var json: JSON {
        [
            "workload": .string(workload), "item": .string(item), "unit": .string(unit),
            "median": .number(median), "minimum": .number(minimum), "best": .number(best),
            "threads": .integer(threads), "isa": .string(InstructionSet.active.rawValue),
        ]
    }

    /// The lines of a table for people.
    static func table(_ results: [Measurement]) -> [String] {
        let head = ["workload", "item", "median", "best", "unit", "threads", "isa"]
        let rows =
            [head]
            + results.map {
                [
                    $0.workload, $0.item, significant($0.median), significant($0.best), $0.unit,
                    "\($0.threads)", InstructionSet.active.rawValue,
                ]
            }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for column in row.indices {
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                // Numbers stand under their last digits.
                line += column == 2 || column == 3 ? padding + row[column] : row[column] + padding
                line += "  "
            }
            while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
            return line
        }
    }

    /// Four digits that count: 0.6712, 67.12, 671.
    private static func significant(_ value: Double) -> String {
        let digits = value >= 1000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : value >= 1 ? 3 : 4
        return fixed(value, digits: digits)
    }
}
