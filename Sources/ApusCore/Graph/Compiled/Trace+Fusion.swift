/// Finds the pointwise steps that become one program.
extension Trace {
    /// Joins pointwise steps of one shape: each with those that compute its operands, then with those that read the
    /// same operands. Two groups are joined only where nothing outside stands between them.
    ///
    /// - Returns: the steps in an order in which each stands after what it needs.
    mutating func fusePointwise() {
        var fusion = Fusion(self)
        fusion.joinChains()
        fusion.joinSiblings()
        steps = fusion.ordered()
    }
}

private struct Fusion {
    private let trace: Trace
    /// By step: the group it belongs to, which is named by one of its steps.
    private var group: [Int]
    private var members: [[Int]]
    private var programs: [FusedPointwise?]
    private let isFusable: [Bool]
    private let before: [[Int]]
    private var producers: [Int: Int] = [:]
    private var readers: [Int: [Int]] = [:]
    private let returned: Set<Int>

    /// Steps looked at in search of a way from one group to another; where it takes longer, they stay apart.
    private static let searchLimit = 600

    init(_ trace: Trace) {
        self.trace = trace
        group = Array(trace.steps.indices)
        members = trace.steps.indices.map { [$0] }
        isFusable = trace.steps.map(trace.isFusable)
        before = trace.predecessors()
        returned = Set(trace.results.map(\.value))
        programs = []
        for (number, step) in trace.steps.enumerated() {
            for value in step.outputs { producers[value] = number }
            for use in step.inputs { readers[use.value, default: []].append(number) }
        }
        programs = trace.steps.indices.map { isFusable[$0] ? program(of: [$0]) : nil }
    }

    private func shape(_ step: Int) -> Shape {
        trace.values[trace.steps[step].outputs[0]].type.shape
    }

    private func program(of members: [Int]) -> FusedPointwise? {
        FusedPointwise(members.map { trace.steps[$0] }, in: trace) { value in
            returned.contains(value)
                || (readers[value] ?? []).contains { !members.contains($0) }
        }
    }

    mutating func joinChains() {
        for number in trace.steps.indices where programs[group[number]] != nil {
            for use in trace.steps[number].inputs {
                guard let producer = producers[use.value] else { continue }
                join(group[producer], group[number])
            }
        }
    }

    /// Groups that read the same tensor of their own shape read it once.
    mutating func joinSiblings() {
        for value in trace.values.indices {
            guard let readers = readers[value], readers.count > 1 else { continue }
            let shape = trace.values[value].type.shape
            let fitting = readers.filter { isFusable[$0] && self.shape($0) == shape }
            for (first, second) in zip(fitting, fitting.dropFirst()) {
                join(group[first], group[second])
            }
        }
    }

    private mutating func join(_ a: Int, _ b: Int) {
        guard a != b, programs[a] != nil, programs[b] != nil, shape(a) == shape(b) else { return }
        let joined = (members[a] + members[b]).sorted()
        guard let program = program(of: joined), !hasDetour(a, b), !hasDetour(b, a) else { return }
        for step in members[b] { group[step] = a }
        members[a] = joined
        members[b] = []
        programs[a] = program
        programs[b] = nil
    }

    /// Whether a way leads from one group to another through steps of neither.
    private func hasDetour(_ start: Int, _ end: Int) -> Bool {
        var open = Array(sources(of: end).subtracting([start]))
        var seen = Set(open)
        while let next = open.popLast() {
            for source in sources(of: next) where source != end {
                if source == start { return true }
                if seen.insert(source).inserted { open.append(source) }
            }
            if seen.count > Self.searchLimit { return true }
        }
        return false
    }

    private func sources(of number: Int) -> Set<Int> {
        var sources: Set<Int> = []
        for member in members[number] {
            for step in before[member] where group[step] != number { sources.insert(group[step]) }
        }
        return sources
    }

    /// The groups as steps, each as near as can be to where its last member stood.
    func ordered() -> [Trace.Step] {
        var waiting: [Int: Int] = [:]
        var following: [Int: [Int]] = [:]
        var ready = Heap()
        for number in members.indices where !members[number].isEmpty {
            let sources = sources(of: number)
            waiting[number] = sources.count
            for source in sources { following[source, default: []].append(number) }
            if sources.isEmpty { ready.insert(members[number][members[number].count - 1], number) }
        }
        var ordered: [Trace.Step] = []
        while let number = ready.popFirst() {
            ordered.append(step(number))
            for next in following[number] ?? [] {
                waiting[next, default: 0] -= 1
                if waiting[next] == 0 {
                    ready.insert(members[next][members[next].count - 1], next)
                }
            }
        }
        return ordered
    }

    private func step(_ number: Int) -> Trace.Step {
        guard let program = programs[number] else { return trace.steps[number] }
        return Trace.Step(
            .fused(program), inputs: program.inputs, outputs: program.outputs.map(\.value))
    }
}

/// Numbers by rank, the lowest first.
private struct Heap {
    private var entries: [(rank: Int, number: Int)] = []

    mutating func insert(_ rank: Int, _ number: Int) {
        entries.append((rank, number))
        var place = entries.count - 1
        while place > 0, entries[place].rank < entries[(place - 1) / 2].rank {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func popFirst() -> Int? {
        guard let first = entries.first else { return nil }
        let last = entries.removeLast()
        if entries.isEmpty { return first.number }
        entries[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < entries.count && entries[child].rank < entries[least].rank {
                least = child
            }
            if least == place { return first.number }
            entries.swapAt(place, least)
            place = least
        }
    }
}
