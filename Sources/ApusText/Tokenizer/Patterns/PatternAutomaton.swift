/// All states that a program can be in, worked out beforehand: one table look-up per scalar.
///
/// A state is the list of places to go on from (and the class of the scalar before, if anything looks behind). The
/// tables are built once and never change, so that they are shared freely; programs with too many states are followed
/// by ``PatternSimulation`` instead.
struct PatternAutomaton: Sendable {
    /// Set in an entry of `table` when a match ends before the scalar.
    static let matched: UInt32 = 1 << 31
    /// The state in which nothing can match any more.
    static let dead: UInt32 = 0
    static let maximumStates = 3_000
    static let maximumEntries = 1 << 18

    let alphabet: PatternAlphabet
    /// For each state the entries of all classes and of the text's end.
    let table: [UInt32]
    /// Entries of a state.
    let stride: Int
    /// Where to start: behind a scalar of each class, and last at the text's start.
    let starts: [UInt32]
    /// By byte: the class of an ASCII scalar.
    let asciiClass: [UInt8]

    private struct State: Hashable {
        var places: [Int]
        /// The class before, the count of classes at the text's start; 0 when nothing looks behind.
        var previous: Int
    }

    /// Nil when there are too many states.
    init?(_ program: PatternProgram, _ alphabet: PatternAlphabet) {
        self.alphabet = alphabet
        let end = alphabet.count
        stride = end + 1
        asciiClass = (0..<128).map { UInt8(alphabet.classOf($0)) }
        var threads = PatternThreads(program, alphabet)
        var numbers: [State: UInt32] = [:]
        var states: [State] = []
        var table: [UInt32] = []

        func number(of state: State) -> UInt32 {
            if let known = numbers[state] { return known }
            let number = UInt32(states.count)
            numbers[state] = number
            states.append(state)
            return number
        }

        _ = number(of: State(places: [], previous: -1))
        starts = (0...end).map { previous in
            number(
                of: State(
                    places: [program.start], previous: program.looksBehind ? previous : 0))
        }
        var index = 0
        while index < states.count {
            guard states.count <= Self.maximumStates,
                states.count * stride <= Self.maximumEntries
            else { return nil }
            let state = states[index]
            let previous = state.previous == end ? nil : state.previous
            for current in 0...end {
                var places: [Int] = []
                threads.startStep()
                var isMatch = false
                for place in state.places where !isMatch {
                    isMatch = threads.follow(
                        place, current: current == end ? nil : current, previous: previous
                    ) { next in
                        if !places.contains(next) { places.append(next) }
                    }
                }
                let next =
                    places.isEmpty
                    ? Self.dead
                    : number(
                        of: State(
                            places: places, previous: program.looksBehind ? current : 0))
                table.append(isMatch ? next | Self.matched : next)
            }
            index += 1
        }
        self.table = table
    }

    /// The end of the match that starts at `start`.
    ///
    /// - Returns: the end, or nil; and how far the text was read.
    func matchEnd(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, previous: Int?
    ) -> (end: Int?, read: Int) {
        table.withUnsafeBufferPointer { table in
            asciiClass.withUnsafeBufferPointer { asciiClass in
                var state = starts[previous ?? alphabet.count]
                var last: Int?
                var index = start
                while index < text.count {
                    let byte = text[index]
                    let scalarClass: Int
                    var length = 1
                    if byte < 0x80 {
                        scalarClass = Int(asciiClass[Int(byte)])
                    } else {
                        let decoded = decodeScalar(text, at: index)
                        scalarClass = alphabet.classOf(decoded.value)
                        length = decoded.length
                    }
                    let entry = table[Int(state) * stride + scalarClass]
                    if entry & Self.matched != 0 { last = index }
                    state = entry & ~Self.matched
                    if state == Self.dead { return (last, index) }
                    index += length
                }
                if table[Int(state) * stride + alphabet.count] & Self.matched != 0 {
                    last = text.count
                }
                return (last, text.count)
            }
        }
    }
}
