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

struct CTCTests {
    /// −log of the summed probability of every path that becomes the target.
    private func enumerated(
        _ logits: Tensor, sequence: Int, length: Int, target: [Int], blank: Int
    ) -> Double {
        let (time, classes) = (logits.shape[1], logits.shape[2])
        let scores = logSoftmax(logits.converted(to: .float64))
        var paths: [[Int]] = [[]]
        for _ in 0..<length { paths = paths.flatMap { path in (0..<classes).map { path + [$0] } } }
        var total = 0.0
        for path in paths {
            let merged = path.indices.filter { $0 == 0 || path[$0] != path[$0 - 1] }
                .map { path[$0] }.filter { $0 != blank }
            guard merged == target else { continue }
            total += exp(
                path.enumerated().reduce(0.0) {
                    $0 + scores.element(at: (sequence * time + $1.offset) * classes + $1.element)
                })
        }
        return -log(total)
    }

    @Test(arguments: [ScalarType.float32, .float64], [0, 2])
    func theLossIsTheSumOverAllPaths(type: ScalarType, blank: Int) {
        let logits = Tensor.uniform([4, 6, 3], in: -2..<2, key: RandomKey(4)).converted(to: type)
        let other = Int32(blank == 0 ? 2 : 0)
        let targets: [[Int32]] = [[1, 1, other], [other, 1, 1], [1, 9, 9], [9, 9, 9]]
        let lengths: [Int32] = [6, 4, 1, 2]
        let counts: [Int32] = [3, 2, 1, 0]
        let losses = ctcLoss(
            logits: logits, targets: Tensor(targets.flatMap { $0 }, shape: [4, 3]),
            lengths: Tensor(ids: lengths), targetLengths: Tensor(ids: counts), blank: blank,
            reduction: .none)
        for sequence in 0..<4 {
            let expected = enumerated(
                logits, sequence: sequence, length: Int(lengths[sequence]),
                target: targets[sequence].prefix(Int(counts[sequence])).map(Int.init),
                blank: blank)
            #expect(abs(losses.element(at: sequence) - expected) < 1e-5)
        }
    }

    @Test func paddingReachesNothing() {
        let logits = Tensor.uniform([1, 5, 3], in: -2..<2, key: RandomKey(4)).tracked()
        let loss = ctcLoss(
            logits: logits, targets: Tensor([1, 2] as [Int32], shape: [1, 2]),
            lengths: Tensor(ids: [3]))
        #expect(loss.backward()[logits].floats[9...].allSatisfy { $0 == 0 })
    }

    @Test func aTargetTooLongForItsSequenceCostsInfinitelyMuchOrNothing() {
        let infinite = ctcLoss(
            logits: .zeros([1, 2, 3]), targets: Tensor([1, 1] as [Int32], shape: [1, 2]))
        #expect(infinite.scalar == .infinity)
        let logits = Tensor.zeros([1, 2, 3]).tracked()
        let ignored = ctcLoss(
            logits: logits, targets: Tensor([1, 1] as [Int32], shape: [1, 2]),
            ignoringImpossible: true)
        #expect(ignored.scalar == 0)
        #expect(ignored.backward()[logits].floats.allSatisfy { $0 == 0 })
    }
}
