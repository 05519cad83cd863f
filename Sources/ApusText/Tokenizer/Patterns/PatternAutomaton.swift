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
    static let maximumTests = 6

    let alphabet: PatternAlphabet
    /// For each state the entries of all classes and of the text's end, each once for every combination of the
    /// bits that are tested.
    let table: [UInt32]
    /// Entries of a state.
    let stride: Int
    /// The bits that are tested.
    let tests: [Int]
    /// Where to start: behind a scalar of each class, and last at the text's start; then the same again for where
    /// the search does not begin.
    let starts: [UInt32]
    /// By byte: the class of an ASCII scalar.
    let asciiClass: [UInt8]

    private struct State: Hashable {
        var places: [Int]
        /// The class before, the count of classes at the text's start; 0 when nothing looks behind.
        var previous: Int
        var isSearchStart: Bool
    }

    /// Nil when there are too many states.
    init?(_ program: PatternProgram, _ alphabet: PatternAlphabet) {
        self.alphabet = alphabet
        let end = alphabet.count
        tests = program.tests(in: program.places(from: program.start))
        guard tests.count <= Self.maximumTests else { return nil }
        let combinations = 1 << tests.count
        let bits = PatternBits(combinations: tests, of: program.bitCount)
        stride = (end + 1) * combinations
        asciiClass = (0..<128).map { UInt8(alphabet.classOf($0)) }
        var threads = PatternThreads(program, alphabet)
        var numbers: [State: UInt32] = [:]
        var states: [State] = []
        var table: [UInt32] = []

        func number(_ places: [Int], behind previous: Int, isSearchStart: Bool) -> UInt32 {
            let state = State(
                places: places, previous: program.looksBehind ? previous : 0,
                isSearchStart: isSearchStart && program.asksForSearchStart)
            if let known = numbers[state] { return known }
            let number = UInt32(states.count)
            numbers[state] = number
            states.append(state)
            return number
        }

        _ = number([], behind: 0, isSearchStart: false)
        starts = [true, false].flatMap { isSearchStart in
            (0...end).map {
                number([program.start], behind: $0, isSearchStart: isSearchStart)
            }
        }
        var index = 0
        while index < states.count {
            guard states.count <= Self.maximumStates,
                states.count * stride <= Self.maximumEntries
            else { return nil }
            let state = states[index]
            for entry in 0..<stride {
                let current = entry / combinations
                let here = PatternPlace(
                    current: current == end ? nil : current,
                    previous: state.previous == end ? nil : state.previous,
                    isSearchStart: state.isSearchStart,
                    bits: bits.row(at: entry % combinations), stride: combinations)
                var places: [Int] = []
                threads.startStep()
                var isMatch = false
                for place in state.places where !isMatch {
                    isMatch = threads.follow(place, here) { next in
                        if !places.contains(next) { places.append(next) }
                    }
                }
                let next =
                    places.isEmpty
                    ? Self.dead : number(places, behind: current, isSearchStart: false)
                table.append(isMatch ? next | Self.matched : next)
            }
            index += 1
        }
        self.table = table
    }

    /// Whether a match may begin with a scalar of this class.
    func canStart(with scalarClass: Int) -> Bool {
        let combinations = 1 << tests.count
        return starts.contains { state in
            let first = Int(state) * stride + scalarClass * combinations
            return table[first..<first + combinations].contains { $0 != Self.dead }
        }
    }

    /// The state in which a match may begin.
    ///
    /// - Parameter previous: the class of the scalar before; nil at the text's start.
    func start(behind previous: Int?, isSearchStart: Bool) -> UInt32 {
        starts[(previous ?? alphabet.count) + (isSearchStart ? 0 : alphabet.count + 1)]
    }

    /// The end of the match that starts at `start`, when nothing is tested.
    ///
    /// - Returns: the end, or nil; and how far the text was read.
    func matchEnd(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, in first: UInt32
    ) -> (end: Int?, read: Int) {
        table.withUnsafeBufferPointer { table in
            asciiClass.withUnsafeBufferPointer { asciiClass in
                var state = first
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

    /// The same with bits.
    func matchEnd(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, in first: UInt32, _ bits: PatternBits
    ) -> (end: Int?, read: Int) {
        table.withUnsafeBufferPointer { table in
            var state = first
            var last: Int?
            var index = start
            while true {
                var scalar: (value: UInt32, length: Int)?
                if index < text.count { scalar = decodeScalar(text, at: index) }
                var column = scalar.map { alphabet.classOf($0.value) } ?? alphabet.count
                column <<= tests.count
                for (number, bit) in tests.enumerated() where bits.bit(bit, at: index) {
                    column |= 1 << number
                }
                let entry = table[Int(state) * stride + column]
                if entry & Self.matched != 0 { last = index }
                state = entry & ~Self.matched
                guard let scalar, state != Self.dead else { return (last, index) }
                index += scalar.length
            }
        }
    }
}
