import ApusCore

/// Works on the ways to cut a word into pieces, with memory that is kept. Whoever works with one has taken it out of the
/// pool, so no two threads use it at once: that is why it may be `@unchecked Sendable`.
final class UnigramLattice: @unchecked Sendable {
    /// The sum of what was added for each piece, in units of 2^-``shift``: sums of integers do not depend on the order.
    private(set) var sums: [Int64]
    private let shift: Int
    private var forward: [Double] = []
    private var backward: [Double] = []
    private var forwardSteps: [Int32] = []
    private var backwardSteps: [Int32] = []
    private var arrivals: [(score: Double, piece: Int32, length: Int32)] = []

    init(pieceCount: Int, shift: Int) {
        sums = [Int64](repeating: 0, count: pieceCount)
        self.shift = shift
    }

    /// Where probabilities would leave the range of doubles they are multiplied by 2⁴⁰⁰.
    private static let small = 0x1p-400
    private static let scale = 0x1p400

    /// Adds, for each piece, how often a word that occurs `count` times is expected to contain it: forward-backward
    /// over all ways to cut it, in probabilities.
    func addExpectations(
        _ words: borrowing WordSymbols, _ range: Range<Int>, count: Int,
        _ pieces: borrowing UnigramPieces, longest: Int
    ) {
        let length = range.count
        let symbols = words.symbols.base
        prepare(length + longest + 1)
        forward[0] = 1
        for place in 0..<length {
            if place & 7 == 0 { rescale(&forward, place, longest, &forwardSteps) }
            forwardSteps[place + 1] = forwardSteps[place]
            let here = forward[place]
            pieces.forEachPiece(
                at: range.lowerBound + place, symbol: symbols[range.lowerBound + place],
                room: length - place
            ) { piece, size in
                forward[place + size] += here * pieces.pieces[Int(piece)].probability
            }
        }
        let total = forward[length]
        guard total > 0 else { return }
        backward[length] = 1
        for place in (0..<length).reversed() {
            backwardSteps[place] = backwardSteps[place + 1]
            var sum = 0.0
            let here = forward[place] / total
            pieces.forEachPiece(
                at: range.lowerBound + place, symbol: symbols[range.lowerBound + place],
                room: length - place
            ) { piece, size in
                let rest = backward[place + size] * pieces.pieces[Int(piece)].probability
                // What lies ahead may have been scaled since.
                let steps = backwardSteps[place] - backwardSteps[place + size]
                let scaled = steps == 0 ? rest : rest * Self.power(steps)
                sum += scaled
                let excess =
                    forwardSteps[length] - forwardSteps[place] - backwardSteps[place]
                let share = here * scaled * (excess == 0 ? 1 : Self.power(excess))
                add(share * Double(count), to: piece)
            }
            backward[place] = sum
            if sum < Self.small, sum > 0 {
                backward[place] = sum * Self.scale
                backwardSteps[place] += 1
            }
        }
    }

    /// Adds `count` for each piece of the most probable way to cut a word.
    func addBest(
        _ words: borrowing WordSymbols, _ range: Range<Int>, count: Int,
        _ pieces: borrowing UnigramPieces
    ) {
        _ = best(words, range, pieces, excludingWhole: false)
        var place = range.count
        while place > 0 {
            sums[Int(arrivals[place].piece)] += Int64(count)
            place -= Int(arrivals[place].length)
        }
    }

    /// The most probable way to cut a piece into other pieces, nil where it is less probable to be cut than to stay.
    func alternatives(
        _ words: borrowing WordSymbols, to piece: Int32, _ pieces: borrowing UnigramPieces
    ) -> (pieces: [Int32], isBetter: Bool) {
        let whole = pieces.pieces[Int(piece)]
        let range = Int(whole.start)..<Int(whole.start + whole.length)
        guard range.count > 1 else { return ([], false) }
        let score = best(words, range, pieces, excludingWhole: true)
        var found: [Int32] = []
        var place = range.count
        while place > 0 {
            found.append(arrivals[place].piece)
            place -= Int(arrivals[place].length)
        }
        return (found.reversed(), score > whole.score)
    }

    private func best(
        _ words: borrowing WordSymbols, _ range: Range<Int>, _ pieces: borrowing UnigramPieces,
        excludingWhole: Bool
    ) -> Double {
        let length = range.count
        let symbols = words.symbols.base
        arrivals.removeAll(keepingCapacity: true)
        for place in 0...length {
            arrivals.append((place == 0 ? 0 : -.infinity, UnigramPieces.unknown, 0))
        }
        for place in 0..<length {
            let here = arrivals[place].score
            pieces.forEachPiece(
                at: range.lowerBound + place, symbol: symbols[range.lowerBound + place],
                room: length - place
            ) { piece, size in
                if excludingWhole, size == length { return }
                let score = here + pieces.pieces[Int(piece)].score
                if score > arrivals[place + size].score {
                    arrivals[place + size] = (score, piece, Int32(size))
                }
            }
        }
        return arrivals[length].score
    }

    private func prepare(_ count: Int) {
        if forward.count < count {
            forward = [Double](repeating: 0, count: count)
            backward = forward
            forwardSteps = [Int32](repeating: 0, count: count)
            backwardSteps = forwardSteps
        }
        for place in 0..<count { forward[place] = 0 }
        forwardSteps[0] = 0
        backwardSteps[count - 1] = 0
        for place in 0..<count { backwardSteps[place] = 0 }
    }

    /// Multiplies what has arrived here and further on when all of it is small.
    private func rescale(
        _ values: inout [Double], _ place: Int, _ longest: Int, _ steps: inout [Int32]
    ) {
        var largest = 0.0
        for ahead in place...place + longest where values[ahead] > largest {
            largest = values[ahead]
        }
        guard largest < Self.small, largest > 0 else { return }
        for ahead in place...place + longest { values[ahead] *= Self.scale }
        steps[place] += 1
    }

    private static func power(_ steps: Int32) -> Double {
        steps > 2
            ? .infinity
            : steps < -2 ? 0 : Double(sign: .plus, exponent: 400 * Int(steps), significand: 1)
    }

    @inline(__always)
    private func add(_ value: Double, to piece: Int32) {
        let scaled = value * Double(Int64(1) << Int64(shift))
        // Rounding errors may make a share a little larger than 1, never by enough to matter.
        guard scaled < 0x1p62 else { return }
        sums[Int(piece)] += Int64(scaled + 0.5)
    }
}
