/// Matches any expression: by a table of states where that stays small, else by following all threads.
struct GeneralMatcher: Sendable {
    private let automaton: PatternAutomaton?
    private let simulation: PatternSimulation
    /// By byte, whether a match can start with it.
    private let canStart: [Bool]

    init(_ source: String, _ dialect: PatternDialect) throws(PatternError) {
        let program = try PatternProgram(
            PatternParser.parse(source, dialect), pattern: source)
        guard let alphabet = PatternAlphabet(program.sets) else {
            throw .tooLarge(pattern: source, states: PatternAlphabet.maximumCount)
        }
        simulation = PatternSimulation(program: program, alphabet: alphabet)
        let automaton = PatternAutomaton(program, alphabet)
        self.automaton = automaton
        canStart = (0..<256).map { byte in
            guard let automaton, byte < 0x80 else { return true }
            let scalarClass = Int(automaton.asciiClass[byte])
            return automaton.starts.contains {
                automaton.table[Int($0) * automaton.stride + scalarClass] != PatternAutomaton.dead
            }
        }
    }

    /// The leftmost match at or behind `position`.
    ///
    /// A place where no match starts may have cost reading far ahead. When such reading has added up, the rest is left
    /// to the simulation, which reads every scalar once.
    func firstMatch(in text: UnsafeBufferPointer<UInt8>, from position: Int) -> Range<Int>? {
        guard let automaton else { return simulation.firstMatch(in: text, from: position) }
        let looksBehind = simulation.program.looksBehind
        var start = position
        var wasted = 0
        while start < text.count, wasted <= 256 + 4 * (start - position) {
            guard canStart[Int(text[start])] else {
                start += 1
                continue
            }
            let previous = looksBehind ? simulation.classBefore(start, in: text) : nil
            let (end, read) = automaton.matchEnd(in: text, from: start, previous: previous)
            if let end { return start..<end }
            wasted += read - start
            start += decodeScalar(text, at: start).length
        }
        // The end of the text may be matched too.
        return simulation.firstMatch(in: text, from: start)
    }

    /// Calls `body` with each match.
    func forEachMatch(
        in text: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int) -> Void
    ) {
        var position = 0
        var lastEnd = -1
        while position <= text.count, let match = firstMatch(in: text, from: position) {
            if match.isEmpty, match.lowerBound == lastEnd {
                guard position < text.count else { return }
                position += decodeScalar(text, at: position).length
                continue
            }
            body(match.lowerBound, match.upperBound)
            position = match.upperBound
            lastEnd = match.upperBound
        }
    }
}
