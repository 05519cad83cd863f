import ApusSystem

/// How long the repetitions of a computation took, in seconds.
struct Times {
    private let sorted: [Double]

    /// Repeats `body` for `seconds`, at least ten times after three that do not count.
    ///
    /// - Parameters:
    ///   - seconds: the time to spend, all repetitions together.
    ///   - group: how many repetitions are timed together and count as one, each with the mean: for
    ///     computations that are over sooner than a clock is read.
    ///   - body: the computation.
    init(seconds: Double, group: Int = 1, _ body: () -> Void) {
        for _ in 0..<3 { body() }
        var times: [Double] = []
        var now = monotonicSeconds()
        let end = now + seconds
        while times.count < 10 || (now < end && times.count < 1_000_000) {
            for _ in 0..<group { body() }
            let next = monotonicSeconds()
            times.append((next - now) / Double(group))
            now = next
        }
        sorted = times.sorted()
    }

    var median: Double { sorted[sorted.count / 2] }
    var least: Double { sorted[0] }
    var greatest: Double { sorted[sorted.count - 1] }
}
