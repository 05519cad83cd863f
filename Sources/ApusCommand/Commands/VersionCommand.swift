import ApusCore
import ApusSystem

/// `apus version`
package struct VersionCommand: Command {
    package static let name = "version"
    package static let summary = "Show the version, instruction set, threads and build."
    package static let examples = [
        Example("apus version", "What to quote in a bug report."),
        Example(
            "APUS_ISA=avx2 apus version", "Force an instruction set; the results stay the same."),
    ]
    package static let options: [any AnyOption] = []

    package static func run(_ values: Values, on console: Console) throws {
        let facts: [(key: String, title: String, value: JSON)] = [
            ("version", "apus", .string(Build.version)),
            ("instructionSet", "instruction set", .string(InstructionSet.active.rawValue)),
            ("threads", "threads", .integer(Parallel.threadCount)),
            ("build", "build", .string(Build.configuration)),
            ("swift", "Swift", .string(Build.swift)),
            ("system", "system", .string("\(Build.architecture) \(Build.system)")),
        ]
        if console.isJSON {
            return try console.print(.object(JSONObject(facts.map { ($0.key, $0.value) })))
        }
        var table = TextTable([.left, .left])
        for fact in facts {
            let text = if case .string(let text) = fact.value { text } else { fact.value.text() }
            table.add([fact.title, text])
        }
        try console.write(table.text())
    }
}

/// What this program was built from, and how.
enum Build {
    static let version = "0.1.0"

    #if DEBUG
        static let configuration = "debug"
    #else
        static let configuration = "release"
    #endif

    #if compiler(>=6.4)
        static let swift = "6.4 or later"
    #elseif compiler(>=6.3)
        static let swift = "6.3"
    #elseif compiler(>=6.2)
        static let swift = "6.2"
    #else
        static let swift = "6.1"
    #endif

    #if arch(x86_64)
        static let architecture = "x86-64"
    #elseif arch(arm64)
        static let architecture = "arm64"
    #else
        static let architecture = "other processor"
    #endif

    #if canImport(Glibc)
        static let system = "Linux (glibc)"
    #elseif canImport(Musl)
        static let system = "Linux (musl)"
    #else
        static let system = "Apple"
    #endif
}
