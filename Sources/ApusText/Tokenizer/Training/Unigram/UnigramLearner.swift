import ApusCore
import Synchronization

/// The unigram language model (Kudo 2018), learned from word counts as Hugging Face's `UnigramTrainer` does: from many
/// candidates, by expectation and maximization, dropping in each round those without which the words lose least.
///
/// Expected counts are summed as integers, so that neither threads nor the order of the words change a bit. How often a
/// candidate occurs is counted over the distinct words, each once.
package struct UnigramLearner: ~Copyable {
    private let settings: UnigramSettings
    private let words: WordSymbols
    private var pieces: UnigramPieces
    private let shift: Int
    /// So many words make a task.
    private let tasks: [Range<Int>]
    private let total: Double

    package init(_ counts: borrowing WordCounts, _ settings: UnigramSettings) {
        self.settings = settings
        let words = WordSymbols(counts)
        pieces = UnigramPieces(words, settings)
        var largest = 1
        var total = 0
        for word in 0..<words.count {
            let (symbols, overflow) = words.counts[word].multipliedReportingOverflow(
                by: words.range(of: word).count + 1)
            largest = largest.addingSaturated(overflow ? .max : symbols)
            total = total.addingSaturated(words.counts[word])
        }
        // Room for the sum of all symbols, and at most 32 binary places.
        shift = max(0, min(32, largest.leadingZeroBitCount - 2))
        self.total = Double(total)
        tasks = Self.tasks(words)
        self.words = words
    }

    private static func tasks(_ words: borrowing WordSymbols) -> [Range<Int>] {
        var tasks: [Range<Int>] = []
        var first = 0
        for word in 0..<words.count
        where word + 1 == words.count
            || words.range(of: word).upperBound
                - Int(words.starts[first]) > 1 << 15
        {
            tasks.append(first..<word + 1)
            first = word + 1
        }
        return tasks
    }

    /// Learns until there are at most a tenth more pieces than asked for, and keeps the best of them.
    ///
    /// - Parameter progress: is told how many pieces are left after each round.
    package consuming func learned(progress: (Int) -> Void) -> LearnedUnigram {
        // Hugging Face counts the unknown piece as one of them.
        let enough = settings.vocabularySize * 11 / 10
        while true {
            for _ in 0..<settings.stepsPerRound { step() }
            progress(pieces.running.count)
            if pieces.running.count + 1 <= enough { break }
            let before = pieces.running.count
            prune(to: enough)
            // Symbols are never dropped here: there may be more than enough of them.
            if pieces.running.count == before { break }
        }
        return result()
    }

    /// One step of expectation and maximization. The digamma function in place of the logarithm is the variational
    /// Bayes of a sparse Dirichlet prior (Liang and Klein 2007).
    private mutating func step() {
        pieces.setUnknownScore()
        let longest = settings.longestPiece
        let sums = summed { words, pieces, lattice, word in
            lattice.addExpectations(
                words, words.range(of: word), count: words.counts[word], pieces, longest: longest)
        }
        let unit = 1 / Double(Int64(1) << Int64(shift))
        var kept: [Int32] = []
        var total = 0.0
        for piece in pieces.running {
            let expected = Double(sums[Int(piece)]) * unit
            guard expected >= 0.5 else { continue }
            kept.append(piece)
            total += expected
        }
        let shift = digamma(total)
        for piece in kept {
            pieces.setScore(digamma(Double(sums[Int(piece)]) * unit) - shift, of: piece)
        }
        pieces.prune(to: kept)
    }

    /// Drops the pieces without which the likelihood falls least, supposing that the most probable way to cut each
    /// takes its place.
    private mutating func prune(to enough: Int) {
        pieces.setUnknownScore()
        let frequencies = summed { words, pieces, lattice, word in
            lattice.addBest(words, words.range(of: word), count: words.counts[word], pieces)
        }.map { Double($0) }
        let sum = frequencies.reduce(0, +)
        let logSum = DoubleMath.log(sum)
        let lattice = UnigramLattice(pieceCount: 0, shift: 0)
        var kept: [Int32] = []
        var candidates: [(piece: Int32, loss: Double)] = []
        for piece in pieces.running {
            let (others, isBetter) = lattice.alternatives(words, to: piece, pieces)
            if others.isEmpty {
                kept.append(piece)
                continue
            }
            let frequency = frequencies[Int(piece)]
            // What is better cut is in no best way, and what is in none is not missed.
            guard frequency > 0, !isBetter else { continue }
            let logSumOfOthers = DoubleMath.log(sum + frequency * Double(others.count - 1))
            var logProbability = 0.0
            for other in others {
                logProbability +=
                    DoubleMath.log(frequencies[Int(other)] + frequency) - logSumOfOthers
            }
            let loss =
                frequency / total * (DoubleMath.log(frequency) - logSum - logProbability)
            candidates.append((piece, loss))
        }
        let size = max(enough, Int(Double(pieces.running.count + 1) * settings.shrinkingFactor))
        candidates.sort { ($0.loss, $1.piece) > ($1.loss, $0.piece) }
        kept += candidates.prefix(max(size - 1 - kept.count, 0)).map(\.piece)
        pieces.prune(to: kept)
    }

    /// Lets a lattice work on each word and adds up what was summed.
    private func summed(
        _ body: (borrowing WordSymbols, borrowing UnigramPieces, UnigramLattice, Int) -> Void
    ) -> [Int64] {
        let idle = Mutex<[UnigramLattice]>([])
        let count = pieces.pieces.count
        Parallel.run(tasks.count) { task in
            let lattice =
                idle.withLock { $0.popLast() } ?? UnigramLattice(pieceCount: count, shift: shift)
            for word in tasks[task] { body(words, pieces, lattice, word) }
            idle.withLock { $0.append(lattice) }
        }
        var sums = [Int64](repeating: 0, count: count)
        for lattice in idle.withLock({ $0 }) {
            for (piece, sum) in lattice.sums.enumerated() where sum != 0 { sums[piece] += sum }
        }
        return sums
    }

    /// Special tokens, then the pieces by their scores; every symbol is among them.
    private consuming func result() -> LearnedUnigram {
        var found: [(text: String, score: Double)] = []
        var least = 0.0
        for piece in pieces.running { least = min(least, pieces.pieces[Int(piece)].score) }
        var special = settings.specialTokens
        if let unknown = settings.unknownToken,
            !special.contains(where: { $0.utf8.elementsEqual(unknown.utf8) })
        {
            special.insert(unknown, at: 0)
        }
        let bytes = settings.hasByteTokens ? BytePairEncoding.byteNames : []
        let room = max(settings.vocabularySize - special.count - bytes.count, 0)
        var scores = [Double?](repeating: nil, count: words.alphabet.count + 1)
        for piece in pieces.running where pieces.pieces[Int(piece)].length == 1 {
            let start = Int(pieces.pieces[Int(piece)].start)
            scores[Int(words.symbols[start])] = pieces.pieces[Int(piece)].score
        }
        var penalty = 0.0
        for (index, scalar) in words.alphabet.enumerated() {
            let text = Unicode.Scalar(scalar).map { String($0) } ?? ""
            found.append((text, scores[index + 1] ?? least + penalty))
            if scores[index + 1] == nil { penalty += 0.0001 }
        }
        for piece in pieces.running where pieces.pieces[Int(piece)].length > 1 {
            guard found.count < room else { break }
            let place = pieces.pieces[Int(piece)]
            found.append((words.text(at: Int(place.start), length: Int(place.length)), place.score))
        }
        found.sort {
            $0.score != $1.score
                ? $0.score > $1.score : $0.text.utf8.lexicographicallyPrecedes($1.text.utf8)
        }
        var result = LearnedUnigram()
        for token in special {
            if let unknown = settings.unknownToken, token.utf8.elementsEqual(unknown.utf8) {
                result.unknownID = result.tokens.count
            }
            result.tokens.append(token)
            result.scores.append(0)
        }
        // No text is ever searched for these, so their score only has to be below the others.
        for token in bytes {
            result.tokens.append(token)
            result.scores.append(least)
        }
        for (text, score) in found
        where !special.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
            result.tokens.append(text)
            result.scores.append(score)
        }
        return result
    }
}

/// The logarithmic derivative of the gamma function for x > 0: ψ(x) = ψ(x + 1) − 1/x up to 8, then the asymptotic
/// series (Abramowitz and Stegun 6.3.18); an absolute error below 10⁻¹⁰.
func digamma(_ x: Double) -> Double {
    var x = x
    var result = 0.0
    while x < 8 {
        result -= 1 / x
        x += 1
    }
    let square = 1 / (x * x)
    let series = square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square / 240)))
    return result + DoubleMath.log(x) - 0.5 / x - series
}
