import ApusCore
import ApusNN
import ApusTesting
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The field against every path there is.
struct ConditionalRandomFieldTests {
    /// All paths of a sequence with their scores.
    private struct Enumeration {
        var paths: [[Int]] = [[]]
        var scores: [Double] = []

        init(_ emissions: Tensor, sequence: Int, length: Int, _ field: ConditionalRandomField) {
            let (time, tags) = (emissions.shape[1], emissions.shape[2])
            for _ in 0..<length { paths = paths.flatMap { path in (0..<tags).map { path + [$0] } } }
            let (start, end) = (field.startTransitions.value, field.endTransitions.value)
            let transitions = field.transitions.value
            scores = paths.map { path in
                var score = start.element(at: path[0]) + end.element(at: path[length - 1])
                for (position, tag) in path.enumerated() {
                    score += emissions.element(at: (sequence * time + position) * tags + tag)
                    if position > 0 {
                        score += transitions.element(at: path[position - 1] * tags + tag)
                    }
                }
                return score
            }
        }

        var logZ: Double {
            let largest = scores.max() ?? 0
            return largest + log(scores.reduce(0) { $0 + exp($1 - largest) })
        }
    }

    private func field(_ tags: Int, scale: Float = 1, type: ScalarType = .float32)
        -> ConditionalRandomField
    {
        func numbers(_ shape: Shape, _ key: UInt64) -> Parameter {
            Parameter(
                Tensor.uniform(shape, in: -scale..<scale, key: RandomKey(key)).converted(to: type))
        }
        return ConditionalRandomField(
            start: numbers([tags], 1), transitions: numbers([tags, tags], 2),
            end: numbers([tags], 3))
    }

    // Scores of 200 go beyond what probabilities in a row can hold.
    @Test(arguments: [ScalarType.float32, .float64], [Float(1), 20, 200])
    func likelihoodMarginalsAndBestPathAreThoseOfAllPaths(type: ScalarType, scale: Float) {
        let crf = field(3, scale: scale, type: type)
        let emissions = Tensor.uniform([3, 4, 3], in: -scale..<scale, key: RandomKey(5))
            .converted(to: type)
        let lengths: [Int32] = [4, 1, 3]
        let tags = Tensor((0..<12).map { Int32($0 * 5 % 3) }, shape: [3, 4])
        let likelihoods = crf.logLikelihood(emissions, tags: tags, lengths: Tensor(ids: lengths))
        let marginals = crf.marginals(emissions, lengths: Tensor(ids: lengths))
        let (paths, scores) = crf.viterbi(emissions, lengths: Tensor(ids: lengths))
        for sequence in 0..<3 {
            let length = Int(lengths[sequence])
            let all = Enumeration(emissions, sequence: sequence, length: length, crf)
            let right = (0..<length).map { ($0 + sequence * 4) * 5 % 3 }
            let index = all.paths.firstIndex(of: right) ?? 0
            let expected = all.scores[index] - all.logZ
            let allowed = 1e-5 * max(1, Double(scale))
            #expect(abs(likelihoods.element(at: sequence) - expected) < allowed)
            let best = all.scores.max() ?? 0
            #expect(abs(scores.element(at: sequence) - best) < allowed)
            #expect(paths[sequence] == all.paths[all.scores.firstIndex(of: best) ?? 0])
            for position in 0..<4 {
                for tag in 0..<3 {
                    let share = zip(all.paths, all.scores).reduce(0.0) { sum, entry in
                        position < length && entry.0[position] == tag
                            ? sum + exp(entry.1 - all.logZ) : sum
                    }
                    let found = marginals.element(at: (sequence * 4 + position) * 3 + tag)
                    #expect(abs(found - share) < 1e-5 * Double(scale))
                }
            }
        }
    }

    @Test func gradientsStayRightWhereProbabilitiesRunOut() {
        let crf = field(3, scale: 300, type: .float64)
        let emissions = Tensor.uniform([2, 4, 3], in: -300..<300, key: RandomKey(5))
            .converted(to: .float64)
        let tags = Tensor((0..<8).map { Int32($0 * 5 % 3) }, shape: [2, 4])
        let wrong = gradientMismatch(at: [emissions], by: [0]) {
            weightedSum(crf.logLikelihood($0[0], tags: tags))
        }
        #expect(wrong == nil)
    }

    @Test func aForbiddenTransitionIsNeverTaken() {
        let crf = field(3)
        var transitions = crf.transitions.value.floats
        transitions[1] = -.infinity  // from 0 to 1
        let strict = ConditionalRandomField(
            start: crf.startTransitions,
            transitions: Parameter(Tensor(transitions, shape: [3, 3])),
            end: crf.endTransitions)
        // The emissions insist on 0, then 1.
        let emissions = Tensor([150, 0, 0, 0, 150, 0], shape: [1, 2, 3])
        let marginals = strict.marginals(emissions)
        #expect(marginals.isFinite.converted(to: .float32).sum().scalar == 6)
        let (paths, _) = strict.viterbi(emissions)
        #expect(paths[0] != [0, 1])
        let allowed = strict.logLikelihood(
            emissions, tags: Tensor([0, 2] as [Int32], shape: [1, 2]))
        #expect(allowed.scalar.isFinite)
        let forbidden = strict.logLikelihood(
            emissions, tags: Tensor([0, 1] as [Int32], shape: [1, 2]))
        #expect(forbidden.scalar == -.infinity)
    }

    @Test func paddingReachesNothing() {
        let crf = field(3)
        let emissions = Tensor.uniform([1, 3, 3], in: -1..<1, key: RandomKey(5))
        let padded = Tensor(
            emissions.floats + [Float](repeating: .nan, count: 6), shape: [1, 5, 3]
        ).tracked()
        let tags = Tensor([2, 0, 1, -1, 99] as [Int32], shape: [1, 5])
        let likelihood = crf.logLikelihood(padded, tags: tags, lengths: Tensor(ids: [3]))
        let short = crf.logLikelihood(emissions, tags: tags.slice(0..<3, axis: 1))
        #expect(sameBits(likelihood, short))
        #expect(likelihood.sum().backward()[padded].floats[9...].allSatisfy { $0 == 0 })
    }

    @Test func itsParametersAreNamedAsInCheckpoints() {
        let crf = ConditionalRandomField(5)
        #expect(
            crf.parameters.map(\.name) == ["start_transitions", "end_transitions", "transitions"])
        #expect(auditChildren(crf).isEmpty)
    }

    @Test func aTagThatIsNoneIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let crf = ConditionalRandomField(3)
            _ = crf.logLikelihood(
                .zeros([1, 2, 3]), tags: Tensor([0, 3] as [Int32], shape: [1, 2]))
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(
            text.contains(
                "ChainLikelihood: tag 3 at position 1 of sequence 0 is not one of 3 tags (0..<3)"))
    }
}
