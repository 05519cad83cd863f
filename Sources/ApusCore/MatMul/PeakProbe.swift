import CApusKernels

/// What this processor can do at best, measured in the same run as the kernels that are judged by it.
package enum PeakProbe {
    /// Billions of floating-point operations a second of one core that multiplies and adds in registers
    /// alone: the best of several short runs.
    package static func fmaLoopGFLOPs() -> Double {
        let kernels = MatMul.activeKernels.pointee
        let rounds = 100_000
        let clock = ContinuousClock()
        var best = 0.0
        for _ in 0..<20 {
            var sum: Float = 0
            let time = clock.measure { sum = kernels.fma_loop(rounds) }
            // The sum is asked for, so that the loop cannot be left out.
            guard sum.isFinite else { continue }
            let seconds = time / .nanoseconds(1)
            best = max(best, Double(rounds * kernels.fma_loop_flops) / seconds)
        }
        return best
    }
}
