/// Matches any expression: by a table of states where that stays small, else by following all threads; where either
/// reads the same text again and again, by ``PatternGuide``.
struct GeneralMatcher: Sendable {
    private let automaton: PatternAutomaton?
    private let simulation: PatternSimulation
    private let looks: PatternLooks
    /// By byte, whether a match can start with it.
    private let canStart: [Bool]

    init(_ source: String, _ dialect: PatternDialect) throws(PatternError) {
        let program = try PatternProgram(
            PatternParser.parse(source, dialect), pattern: source)
        guard let alphabet = PatternAlphabet(program.sets) else {
            throw .tooLarge(pattern: source, states: PatternAlphabet.maximumCount)
        }
        simulation = PatternSimulation(program: program, alphabet: alphabet)
        looks = PatternLooks(program, alphabet)
        let automaton = PatternAutomaton(program, alphabet)
        self.automaton = automaton
        canStart = (0..<256).map { byte in
            guard let automaton, byte < 0x80 else { return true }
            return automaton.canStart(with: Int(automaton.asciiClass[byte]))
        }
    }

    /// The leftmost match at or behind `position`.
    func firstMatch(in text: UnsafeBufferPointer<UInt8>, from position: Int) -> Range<Int>? {
        search(text, from: position, looks.bits(of: text)).match
    }

    /// The leftmost match, and how many bytes were read in vain.
    ///
    /// A place where no match starts may have cost reading far ahead. When such reading has added up, the rest is left
    /// to the simulation, which reads every scalar once.
    private func search(
        _ text: UnsafeBufferPointer<UInt8>, from position: Int, _ bits: PatternBits?
    ) -> (match: Range<Int>?, wasted: Int) {
        var start = position
        var wasted = 0
        if let automaton {
            let program = simulation.program
            while start < text.count, wasted <= 256 + 4 * (start - position) {
                guard canStart[Int(text[start])] else {
                    start += 1
                    continue
                }
                let previous =
                    program.looksBehind ? simulation.classBefore(start, in: text) : nil
                let first = automaton.start(
                    behind: previous, isSearchStart: start == position)
                let (end, read) =
                    if let bits {
                        automaton.matchEnd(in: text, from: start, in: first, bits)
                    } else {
                        automaton.matchEnd(in: text, from: start, in: first)
                    }
                if let end { return (start..<end, wasted + read - end) }
                wasted += read - start
                start += decodeScalar(text, at: start).length
            }
        }
        // The end of the text may be matched too.
        let (match, read) = simulation.firstMatch(
            in: text, from: start, searchStart: position, bits)
        return (match, wasted + read - (match?.upperBound ?? read))
    }

    /// Calls `body` with each match.
    func forEachMatch(
        in text: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int) -> Void
    ) {
        let bits = looks.bits(of: text)
        var guide: PatternGuide?
        var position = 0
        var lastEnd = -1
        var wasted = 0
        while position <= text.count {
            let match: Range<Int>?
            if guide != nil {
                match = guide?.firstMatch(from: position)
            } else {
                let found = search(text, from: position, bits)
                match = found.match
                wasted += found.wasted
            }
            guard let match else { return }
            if match.isEmpty, match.lowerBound == lastEnd {
                guard position < text.count else { return }
                position += decodeScalar(text, at: position).length
                continue
            }
            body(match.lowerBound, match.upperBound)
            position = match.upperBound
            lastEnd = match.upperBound
            if guide == nil, wasted > Self.maximumWaste + 8 * position {
                guide = PatternGuide(
                    simulation.program, simulation.alphabet, text, from: position, bits)
            }
        }
    }

    /// Bytes that may be read in vain before a text is read backwards.
    private static let maximumWaste = 1 << 16
}
