/// Runs the fragments of a program over a text, each once, and keeps what they say of each place.
struct PatternLooks: Sendable {
    private let program: PatternProgram
    private let alphabet: PatternAlphabet
    private let tables: [PatternFragmentTable?]

    init(_ program: PatternProgram, _ alphabet: PatternAlphabet) {
        self.program = program
        self.alphabet = alphabet
        tables = program.fragments.map { PatternFragmentTable(program, alphabet, $0) }
    }

    /// The bits of all places; nil when the program has no fragment.
    func bits(of text: UnsafeBufferPointer<UInt8>) -> PatternBits? {
        guard program.bitCount > 0 else { return nil }
        let bits = PatternBits(places: text.count + 1, bits: program.bitCount)
        for (fragment, table) in zip(program.fragments, tables) {
            if let table {
                run(table, fragment, text, bits)
            } else {
                run(fragment, text, bits)
            }
        }
        return bits
    }

    private func run(
        _ table: PatternFragmentTable, _ fragment: PatternProgram.Fragment,
        _ text: UnsafeBufferPointer<UInt8>, _ bits: PatternBits
    ) {
        table.table.withUnsafeBufferPointer { entries in
            var walk = PatternWalk(text, alphabet, isBackward: fragment.isBackward)
            var state = table.start
            while true {
                let place = walk.place
                let scalarClass = walk.step() ?? table.classes - 1
                var column = scalarClass << table.tests.count
                for (index, bit) in table.tests.enumerated() where bits.bit(bit, at: place) {
                    column |= 1 << index
                }
                let entry = entries[state * (table.classes << table.tests.count) + column]
                var probes = entry >> 24
                while probes > 0 {
                    bits.set(fragment.firstBit + probes.trailingZeroBitCount, at: place)
                    probes &= probes - 1
                }
                if scalarClass == table.classes - 1 { return }
                state = Int(entry & 0xFF_FFFF)
            }
        }
    }

    private func run(
        _ fragment: PatternProgram.Fragment, _ text: UnsafeBufferPointer<UInt8>,
        _ bits: PatternBits
    ) {
        var run = PatternFragmentRun(program, alphabet, fragment)
        var walk = PatternWalk(text, alphabet, isBackward: fragment.isBackward)
        var known = run.initial
        var read: Int?
        while true {
            let place = walk.place
            let unread = walk.step()
            run.close(
                known,
                PatternPlace(
                    current: fragment.isBackward ? read : unread,
                    previous: fragment.isBackward ? unread : read,
                    bits: bits.row(at: place), stride: bits.places))
            for probe in 0..<max(fragment.probes.count, 1) where run.isSet(probe: probe) {
                bits.set(fragment.firstBit + probe, at: place)
            }
            guard let unread else { return }
            known = run.known(across: unread)
            read = unread
        }
    }
}

/// Goes through the scalars of a text, from either end.
struct PatternWalk {
    private let text: UnsafeBufferPointer<UInt8>
    private let alphabet: PatternAlphabet
    private let isBackward: Bool
    /// Between which scalars it stands.
    private(set) var place: Int

    init(_ text: UnsafeBufferPointer<UInt8>, _ alphabet: PatternAlphabet, isBackward: Bool) {
        self.text = text
        self.alphabet = alphabet
        self.isBackward = isBackward
        place = isBackward ? text.count : 0
    }

    /// Goes over a scalar and gives its class; nil at the edge.
    @inline(__always)
    mutating func step() -> Int? {
        if isBackward {
            guard place > 0 else { return nil }
            place = scalarStart(in: text, before: place)
            return alphabet.classOf(decodeScalar(text, at: place).value)
        }
        guard place < text.count else { return nil }
        let scalar = decodeScalar(text, at: place)
        place += scalar.length
        return alphabet.classOf(scalar.value)
    }
}

/// Where the scalar that ends at `position` begins.
@inline(__always)
func scalarStart(in text: UnsafeBufferPointer<UInt8>, before position: Int) -> Int {
    var start = position - 1
    while start > 0, position - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
}
