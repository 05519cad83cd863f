/// All sets that a fragment can come to, worked out beforehand: one look-up a scalar.
struct PatternFragmentTable: Sendable {
    static let maximumStates = 2_000
    static let maximumEntries = 1 << 17
    static let maximumProbes = 8
    static let maximumTests = 4

    /// For each state and each scalar class (and the text's edge), with each combination of the bits that
    /// the fragment tests: the next state, and from bit 24 up the probes.
    let table: [UInt32]
    /// The bits that it tests.
    let tests: [Int]
    /// Scalar classes, the text's edge with them.
    let classes: Int
    /// The state at the edge where the run begins.
    let start: Int

    private struct State: Hashable {
        var known: [Int]
        /// The class on the side that was read; the count of classes is the edge. 0 when nothing asks.
        var read: Int
    }

    /// Nil when there are too many.
    init?(
        _ program: PatternProgram, _ alphabet: PatternAlphabet,
        _ fragment: PatternProgram.Fragment
    ) {
        let probes = fragment.isBackward ? fragment.probes.count : 1
        let tests = program.tests(in: fragment.places)
        guard probes <= Self.maximumProbes, tests.count <= Self.maximumTests else { return nil }
        self.tests = tests
        let edge = alphabet.count
        classes = edge + 1
        let stride = classes << tests.count
        let asks = fragment.places.contains {
            switch program.instructions[$0] {
            case .ahead: fragment.isBackward
            case .behind: !fragment.isBackward
            default: false
            }
        }
        var run = PatternFragmentRun(program, alphabet, fragment)
        var numbers: [State: Int] = [:]
        var states: [State] = []
        func number(_ known: [Int], _ read: Int) -> Int {
            let state = State(known: known.sorted(), read: asks ? read : 0)
            if let found = numbers[state] { return found }
            numbers[state] = states.count
            states.append(state)
            return states.count - 1
        }
        start = number(run.initial, edge)
        var table: [UInt32] = []
        let bits = PatternBits(combinations: tests, of: program.bitCount)
        var index = 0
        while index < states.count {
            guard states.count <= Self.maximumStates,
                states.count * stride <= Self.maximumEntries
            else { return nil }
            let state = states[index]
            for next in 0...edge {
                for combination in 0..<1 << tests.count {
                    let read = state.read == edge ? nil : state.read
                    let unread = next == edge ? nil : next
                    let here = PatternPlace(
                        current: fragment.isBackward ? read : unread,
                        previous: fragment.isBackward ? unread : read,
                        bits: bits.row(at: combination), stride: bits.places)
                    run.close(state.known, here)
                    var entry: UInt32 = 0
                    for probe in 0..<probes where run.isSet(probe: probe) {
                        entry |= 1 << UInt32(24 + probe)
                    }
                    if next < edge { entry |= UInt32(number(run.known(across: next), next)) }
                    table.append(entry)
                }
            }
            index += 1
        }
        self.table = table
    }
}

extension PatternProgram {
    /// The bits that some instructions test.
    func tests(in places: [Int]) -> [Int] {
        var bits: Set<Int> = []
        for place in places {
            if case .test(let bit, _, _) = instructions[place] { bits.insert(bit) }
        }
        return bits.sorted()
    }
}
