/// A target that a sequence is to be aligned with.
struct AlignmentProblem {
    let labels: UnsafePointer<Int32>
    let count: Int
    /// Positions of the sequence.
    let length: Int
    let blank: Int

    /// The target with blanks around and between: the states that a path walks through.
    var extended: [Int] {
        (0..<2 * count + 1).map { $0 % 2 == 0 ? blank : Int(labels[$0 / 2]) }
    }
}

/// The sum over all alignments of a sequence with a target, forward and backward, with logarithms, in doubles.
///
/// α[t][s] is the logarithm of the probability of all paths up to position t that end in state s of the extended target;
/// a path stays, goes on to the next state, or skips a blank between two different labels. β is the same from behind.
struct AlignmentPass<S: ReferenceScalar>: ~Copyable {
    private let classes: Int
    private let memory: LossMemory<Double>
    /// `[length, states]`.
    private let forward: UnsafeMutablePointer<Double>
    private let backward: UnsafeMutablePointer<Double>
    private let next: UnsafeMutablePointer<Double>
    /// By position: the logarithm of Σ exp(logit).
    private let normalizers: UnsafeMutablePointer<Double>
    private let states: LossMemory<Int>

    /// Memory for sequences and targets of up to so many positions and labels.
    init(longest: Int, labels: Int, classes: Int) {
        let width = 2 * labels + 1
        self.classes = classes
        memory = LossMemory(longest * width + 2 * width + longest)
        forward = memory.base
        backward = forward + longest * width
        next = backward + width
        normalizers = next + width
        states = LossMemory(width)
    }

    /// The loss; with a gradient, memory of zeros, also that.
    func run(
        _ logits: UnsafePointer<S>, _ problem: AlignmentProblem,
        gradient: UnsafeMutablePointer<S>?
    ) -> S {
        let (length, count) = (problem.length, 2 * problem.count + 1)
        for state in 0..<count {
            states.base[state] =
                state % 2 == 0 ? problem.blank : Int(problem.labels[state / 2])
        }
        // Nothing said in no time.
        guard length > 0 else { return 0 }
        for position in 0..<length {
            let z = logits + position * classes
            normalizers[position] = DoubleMath.logSumExp(count: classes) { Double(z[$0]) }
        }
        runForward(logits, length, count)
        let last = forward + (length - 1) * count
        let total =
            count > 1 ? sum(last[count - 1], last[count - 2], -.infinity) : last[count - 1]
        // Where no path is possible there is no share of the paths either.
        if let gradient, total > -.infinity { runBackward(logits, length, count, total, gradient) }
        return S(-total)
    }

    private func emission(_ logits: UnsafePointer<S>, _ position: Int, _ state: Int) -> Double {
        Double(logits[position * classes + states.base[state]]) - normalizers[position]
    }

    /// Whether a path may come to a state from the one before the last.
    private func skips(_ state: Int) -> Bool {
        state % 2 == 1 && state > 1 && states.base[state] != states.base[state - 2]
    }

    /// log(eᵃ + eᵇ + eᶜ).
    private func sum(_ a: Double, _ b: Double, _ c: Double) -> Double {
        let largest = max(a, b, c)
        guard largest > -.infinity else { return largest }
        let total =
            DoubleMath.exp(a - largest) + DoubleMath.exp(b - largest) + DoubleMath.exp(c - largest)
        return largest + DoubleMath.log(total)
    }

    private func runForward(_ logits: UnsafePointer<S>, _ length: Int, _ count: Int) {
        for state in 0..<count {
            forward[state] = state < 2 ? emission(logits, 0, state) : -.infinity
        }
        for position in 1..<max(length, 1) {
            let before = forward + (position - 1) * count
            for state in 0..<count {
                let ways = sum(
                    before[state], state > 0 ? before[state - 1] : -.infinity,
                    skips(state) ? before[state - 2] : -.infinity)
                before[count + state] = ways + emission(logits, position, state)
            }
        }
    }

    private func runBackward(
        _ logits: UnsafePointer<S>, _ length: Int, _ count: Int, _ total: Double,
        _ gradient: UnsafeMutablePointer<S>
    ) {
        for state in 0..<count { backward[state] = state >= count - 2 ? 0 : -.infinity }
        for position in stride(from: length - 1, through: 0, by: -1) {
            let (z, slope) = (logits + position * classes, gradient + position * classes)
            for index in 0..<classes {
                slope[index] = S(DoubleMath.exp(Double(z[index]) - normalizers[position]))
            }
            let here = forward + position * count
            for state in 0..<count {
                slope[states.base[state]] -= S(
                    DoubleMath.exp(here[state] + backward[state] - total))
            }
            for state in 0..<count {
                next[state] = backward[state] + emission(logits, position, state)
            }
            for state in 0..<count {
                backward[state] = sum(
                    next[state], state + 1 < count ? next[state + 1] : -.infinity,
                    state + 2 < count && skips(state + 2) ? next[state + 2] : -.infinity)
            }
        }
    }
}
