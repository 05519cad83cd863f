/// Which room may use which, as the table of ARCHITECTURE.md says: a table in prose that the sources must obey.
struct RoomTable {
    private(set) var rooms: [String] = []
    private(set) var allowed: [String: Set<String>] = [:]

    /// Reads the rows: | `Room` | what lives there | what it may use |.
    init(_ lines: [Substring]) {
        for line in lines where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map(Self.trimmed)
            guard cells.count == 3 else { continue }
            let room = cells[0].filter { $0 != "`" }
            allowed[room] = use(cells[2])
            rooms.append(room)
        }
    }

    private func use(_ cell: String) -> Set<String> {
        switch cell {
        case "nothing": []
        case "all of the above", "Apus and all rooms": Set(rooms)
        default: Set(cell.split(separator: ",").map(Self.trimmed))
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        text.split(separator: " ").joined(separator: " ")
    }
}

/// The targets of Package.swift and what each depends on.
struct Manifest {
    private(set) var dependencies: [String: [String]] = [:]
    let text: String

    init(_ lines: [Substring]) {
        text = lines.joined(separator: "\n")
        for target in text.split(separator: "arget(").dropFirst() {
            let names = target.prefix { $0 != ")" }.split(separator: "\"").enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            if let name = names.first { dependencies[name] = Array(names.dropFirst()) }
        }
    }

    /// Everything that a target can see through its dependencies.
    func reachable(from target: String) -> Set<String> {
        var found: Set<String> = []
        var open = dependencies[target] ?? []
        while let next = open.popLast() {
            if found.insert(next).inserted { open += dependencies[next] ?? [] }
        }
        return found
    }
}
