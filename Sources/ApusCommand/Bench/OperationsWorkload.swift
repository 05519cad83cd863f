import Apus

extension Workload {
    /// What calling an operation costs: on tensors so small that the arithmetic is over at once, without and
    /// with a record of them for gradients.
    static let ops = Workload(name: "ops", summary: "single operations on tiny tensors") {
        seconds in
        let vector = Tensor([1, 2, 3, 4, 5, 6, 7, 8])
        let wide = Tensor.uniform(Shape(4, 8), key: RandomKey(1))
        let tall = Tensor.uniform(Shape(8, 4), key: RandomKey(2))
        let operations: [(name: String, first: Tensor, run: (Tensor) -> Void)] = [
            ("add", vector, { _ = $0 + vector }),
            ("multiply", vector, { _ = $0 * vector }),
            ("tanh", vector, { _ = tanh($0) }),
            ("matmul", wide, { _ = ApusCore.matmul($0, tall) }),
            ("sum", vector, { _ = $0.sum() }),
        ]
        let share = seconds / Double(2 * operations.count + 1)
        func time(_ item: String, _ body: () -> Void) -> Measurement {
            Measurement(
                "ops", item: item, Times(seconds: share, group: 500, body), unit: "ns", scale: 1e9)
        }
        var results = operations.map { operation in
            time(operation.name) { operation.run(operation.first) }
        }
        for operation in operations {
            let tracked = operation.first.tracked()
            results.append(time("\(operation.name) recorded") { operation.run(tracked) })
        }
        let tracked = vector.tracked()
        results.append(
            time("multiply, sum, backward") { _ = (tracked * vector).sum().backward() })
        return results
    }
}
