import Apus

extension Workload {
    /// Products of square matrices and of the shapes that models have, and what the processor could do at best.
    static let matmul = Workload(
        name: "matmul", summary: "matrix products, rows × columns × depth"
    ) { seconds in
        let sizes = [
            (64, 64, 64), (128, 128, 128), (256, 256, 256), (512, 512, 512), (1024, 1024, 1024),
            (256, 768, 768), (256, 3072, 768), (32, 2048, 512),
        ]
        let share = seconds / Double(sizes.count + 1)
        let products = sizes.map { product(rows: $0.0, columns: $0.1, depth: $0.2, seconds: share) }
        return products + onOneThread(seconds: share)
    }

    /// Billions of floating-point operations a second of one product.
    package static func product(
        rows: Int, columns: Int, depth: Int, suffix: String = "", seconds: Double
    ) -> Measurement {
        let left = Tensor.uniform(Shape(rows, depth), key: RandomKey(1))
        let right = Tensor.uniform(Shape(depth, columns), key: RandomKey(2))
        let times = Times(seconds: seconds) { _ = ApusCore.matmul(left, right) }
        return Measurement(
            "matmul", item: "\(rows)x\(columns)x\(depth)\(suffix)", times, unit: "GFLOP/s",
            work: 2e-9 * Double(rows * columns * depth))
    }

    /// How much of what one core can do a product uses, both measured in the same run.
    private static func onOneThread(seconds: Double) -> [Measurement] {
        Parallel.withThreads(1) {
            let before = PeakProbe.fmaLoopGFLOPs()
            let product = product(
                rows: 512, columns: 512, depth: 512, suffix: " one thread", seconds: seconds)
            // The clock of the processor may change meanwhile: the higher peak counts.
            let peak = max(before, PeakProbe.fmaLoopGFLOPs())
            return [
                product, Measurement("matmul", "peak one thread", peak, unit: "GFLOP/s"),
                Measurement(
                    "matmul", "512x512x512 share of peak", 100 * product.best / peak, unit: "%"),
            ]
        }
    }
}
