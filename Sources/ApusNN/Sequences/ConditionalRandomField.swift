import ApusCore

/// A linear-chain conditional random field: tags are scored together, so that what follows what is learned too
/// (Lafferty et al. 2001; over an LSTM: Huang et al. 2015).
///
/// A path y over emissions x has the score s(x, y) = start[y₀] + Σ x[t][y_t] + Σ transitions[y_{t−1}][y_t] + end[y_last],
/// and log p(y | x) = s(x, y) − log Σ exp s(x, y′) over all paths y′. All parameters start uniform in ±0.1.
///
/// ```swift
/// let loss = -crf.logLikelihood(emissions, tags: tags, lengths: lengths).mean()
/// let (paths, scores) = crf.viterbi(emissions, lengths: lengths)
/// ```
public struct ConditionalRandomField: ModelPart {
    /// The score of each tag in front: `[tags]`.
    public let startTransitions: Parameter
    /// The score of each tag (column) behind each (row): `[tags, tags]`.
    public let transitions: Parameter
    /// The score of each tag at the end: `[tags]`.
    public let endTransitions: Parameter

    /// The parameters, under the names that PyTorch models use.
    public var children: Children {
        [
            "start_transitions": startTransitions, "end_transitions": endTransitions,
            "transitions": transitions,
        ]
    }

    /// A field over so many tags.
    public init(
        _ tags: Int, initializer: Initializer = .uniform(0.1), source: RandomSource = .current
    ) {
        startTransitions = Parameter(initializer.tensor(Shape(tags), key: source.nextKey()))
        endTransitions = Parameter(initializer.tensor(Shape(tags), key: source.nextKey()))
        transitions = Parameter(initializer.tensor(Shape(tags, tags), key: source.nextKey()))
    }

    /// A field with parameters of one's own.
    public init(start: Parameter, transitions: Parameter, end: Parameter) {
        startTransitions = start
        self.transitions = transitions
        endTransitions = end
    }

    /// log p(tags | emissions) of each sequence.
    ///
    /// - Parameters:
    ///   - emissions: the scores of each tag at each position, `[batch, time, tags]`.
    ///   - tags: the right tags, `int32` `[batch, time]`; those behind a sequence's end are not looked at.
    ///   - lengths: of the sequences, `int32` `[batch]`, each in 0...time; nil when all are whole.
    /// - Returns: `[batch]`; 0 for an empty sequence, whose one path is certain. What lies behind a sequence's end reaches neither the value nor a gradient.
    public func logLikelihood(
        _ emissions: Tensor, tags: Tensor, lengths: Tensor? = nil
    ) -> Tensor {
        let scores = [startTransitions.value, transitions.value, endTransitions.value]
        let likelihood = ChainLikelihood(
            keepsGradient: ([emissions] + scores).contains(where: willHaveGradient))
        return apply(likelihood, [emissions] + scores + [tags] + (lengths.map { [$0] } ?? []))[0]
    }

    /// The best path of each sequence and its score s(x, y) (Viterbi 1967); constants.
    ///
    /// - Parameters:
    ///   - emissions: `[batch, time, tags]`.
    ///   - lengths: `int32` `[batch]`, or nil.
    /// - Returns: the paths, each as long as its sequence, and the scores `[batch]`.
    public func viterbi(
        _ emissions: Tensor, lengths: Tensor? = nil
    ) -> (paths: [[Int]], scores: Tensor) {
        let found = apply(ChainBestPath(), constants(emissions, lengths))
        let time = emissions.shape[1]
        let paths = found[1].withElements(of: Int32.self) { tags in
            (0..<emissions.shape[0]).map { sequence in
                tags[sequence * time..<(sequence + 1) * time].filter { $0 >= 0 }.map(Int.init)
            }
        }
        return (paths, found[0])
    }

    /// The probability of each tag at each position given the whole sequence; constants.
    ///
    /// - Parameters:
    ///   - emissions: `[batch, time, tags]`.
    ///   - lengths: `int32` `[batch]`, or nil.
    /// - Returns: `[batch, time, tags]`, 0 behind a sequence's end.
    public func marginals(_ emissions: Tensor, lengths: Tensor? = nil) -> Tensor {
        apply(ChainMarginals(), constants(emissions, lengths))[0]
    }

    private func constants(_ emissions: Tensor, _ lengths: Tensor?) -> [Tensor] {
        let scores = [startTransitions.value, transitions.value, endTransitions.value]
        return ([emissions] + scores).map { $0.detached() } + (lengths.map { [$0] } ?? [])
    }
}
