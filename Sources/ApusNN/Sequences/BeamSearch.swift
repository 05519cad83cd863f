import ApusCore

/// What a beam search has said so far, or at the end.
public struct Hypothesis<State> {
    /// The tokens, the end token included when it was said.
    public let tokens: [Int]
    /// The sum of the tokens' log-probabilities.
    public let logProbability: Double
    /// What the model needs to go on.
    public let state: State
    /// Whether the end token was said.
    public let isFinished: Bool

    /// The last token; nil before the first.
    public var last: Int? { tokens.last }

    /// log p / ((5 + length)/6)^α: a longer one is not worse for its length alone (Wu et al. 2016).
    ///
    /// - Parameter lengthPenalty: α; 0 compares the log-probabilities as they are.
    public func score(lengthPenalty: Double) -> Double {
        guard lengthPenalty != 0 else { return logProbability }
        let base = (5 + Double(tokens.count)) / 6
        return logProbability / DoubleMath.exp(lengthPenalty * DoubleMath.log(base))
    }
}

extension Hypothesis: Sendable where State: Sendable {}

/// The likeliest sequences of tokens that a model can say, by keeping the best `width` beginnings at each length (Lowerre
/// 1976; for translation Sutskever et al. 2014). Width 1 is greedy search.
///
/// A hypothesis that says the end token leaves the beam, which is narrower from then on; the search is over when none is
/// left or at the maximum length. Ties go to the better hypothesis before, then to the smaller token, so the same
/// numbers always give the same answer.
///
/// ```swift
/// let best = beamSearch(start: decoder.start(source), width: 5, maximumLength: 50, end: endId) { live in
///     live.map { decoder.next($0.last, $0.state) }
/// }[0].tokens
/// ```
///
/// - Parameters:
///   - start: the state before the first token.
///   - width: how many hypotheses are followed, at least 1.
///   - maximumLength: the most tokens, the end token included.
///   - end: the token that finishes a sequence.
///   - lengthPenalty: α of ``Hypothesis/score(lengthPenalty:)``, by which the results are ordered.
///   - step: for each of the live hypotheses, in order, the log-probabilities of all next tokens (−∞ for what may not
///     come) and the state behind it. All are asked for at once, so that a model can answer in one batch.
/// - Returns: up to `width` hypotheses, the best one first; unfinished ones only where the length ended the search.
public func beamSearch<State>(
    start: State, width: Int, maximumLength: Int, end: Int, lengthPenalty: Double = 0,
    step: ([Hypothesis<State>]) throws -> [(logProbabilities: [Float], state: State)]
) rethrows -> [Hypothesis<State>] {
    try beamSearch(
        starts: [start], width: width, maximumLength: maximumLength, end: end,
        lengthPenalty: lengthPenalty, step: step)[0]
}

/// Several beam searches side by side: `step` is given the live hypotheses of all of them at once.
///
/// - Parameters:
///   - starts: the state before the first token of each search.
///   - width: how many hypotheses each follows.
///   - maximumLength: the most tokens, the end token included.
///   - end: the token that finishes a sequence.
///   - lengthPenalty: α of ``Hypothesis/score(lengthPenalty:)``.
///   - step: as for one search.
/// - Returns: the hypotheses of each search, the best one first.
public func beamSearch<State>(
    starts: [State], width: Int, maximumLength: Int, end: Int, lengthPenalty: Double = 0,
    step: ([Hypothesis<State>]) throws -> [(logProbabilities: [Float], state: State)]
) rethrows -> [[Hypothesis<State>]] {
    guard width >= 1 else { fatalError("beamSearch: the width is \(width); it must be 1 at least") }
    var beams = starts.map { Beam(start: $0, width: width, end: end) }
    for _ in 0..<max(maximumLength, 0) {
        let live = beams.flatMap(\.live)
        if live.isEmpty { break }
        let answers = try step(live)
        guard answers.count == live.count else {
            fatalError(
                "beamSearch: the step answered \(answers.count) times for \(live.count) hypotheses")
        }
        var first = 0
        for index in beams.indices {
            let count = beams[index].live.count
            beams[index].advance(answers[first..<first + count])
            first += count
        }
    }
    return beams.map { $0.results(lengthPenalty) }
}

/// One search.
private struct Beam<State> {
    private(set) var live: [Hypothesis<State>]
    private var finished: [Hypothesis<State>] = []
    private let width: Int
    private let end: Int

    init(start: State, width: Int, end: Int) {
        live = [Hypothesis(tokens: [], logProbability: 0, state: start, isFinished: false)]
        self.width = width
        self.end = end
    }

    private struct Candidate {
        let hypothesis: Int
        let token: Int
        let logProbability: Double
    }

    mutating func advance(_ answers: ArraySlice<(logProbabilities: [Float], state: State)>) {
        let places = width - finished.count
        var best: [Candidate] = []
        for (hypothesis, answer) in answers.enumerated() {
            let before = live[hypothesis].logProbability
            for (token, logProbability) in answer.logProbabilities.enumerated() {
                let total = before + Double(logProbability)
                guard total > -.infinity else {
                    if total.isNaN { refuse(hypothesis, token) }
                    continue
                }
                // Strictly better: of equals the first found stays in front.
                if best.count == places, total <= best[places - 1].logProbability { continue }
                let place = best.firstIndex { total > $0.logProbability } ?? best.count
                if best.count == places { best.removeLast() }
                best.insert(
                    Candidate(hypothesis: hypothesis, token: token, logProbability: total),
                    at: place)
            }
        }
        let states = answers.map(\.state)
        let next = best.map { candidate in
            Hypothesis(
                tokens: live[candidate.hypothesis].tokens + [candidate.token],
                logProbability: candidate.logProbability, state: states[candidate.hypothesis],
                isFinished: candidate.token == end)
        }
        finished += next.filter(\.isFinished)
        live = next.filter { !$0.isFinished }
    }

    private func refuse(_ hypothesis: Int, _ token: Int) -> Never {
        fatalError(
            "beamSearch: the log-probability of token \(token) after \(live[hypothesis].tokens) is not a number"
        )
    }

    func results(_ lengthPenalty: Double) -> [Hypothesis<State>] {
        (finished + live).map { ($0, $0.score(lengthPenalty: lengthPenalty)) }.enumerated()
            .sorted { a, b in
                a.element.1 != b.element.1 ? a.element.1 > b.element.1 : a.offset < b.offset
            }
            .map { $0.element.0 }
    }
}
