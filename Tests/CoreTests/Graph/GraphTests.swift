import ApusCore
import Testing

@Suite struct GraphTests {
    /// e = (a + b)(b + 1) at a = 2, b = 1.
    private func byHand(gradients: Bool = true) -> Graph {
        let (a, b) = (Tensor(2).tracked(), Tensor(1).tracked())
        let (c, d) = (a + b, b + 1)
        let e = c * d
        return Graph(
            of: e, naming: ["a": a, "b": b, "c": c, "d": d, "e": e], gradients: gradients)
    }

    @Test func aGraphByHandHasItsValuesAndGradients() {
        let graph = byHand()
        #expect(
            graph.nodes.map(\.operation) == [
                "input", "input", "Add", "constant", "Add", "Multiply",
            ])
        #expect(graph.nodes.map(\.label) == ["a", "b", "c", nil, "d", "e"])
        #expect(graph.nodes.map { $0.value?.first } == [[2], [1], [3], [1], [2], [6]])
        #expect(graph.nodes.map { $0.gradient?.first } == [[2], [5], [2], nil, [3], [1]])
        #expect(
            graph.nodes.map { $0.inputs.map(\.node) } == [[], [], [0, 1], [], [1, 3], [2, 4]])
        #expect(graph.depths == [0, 0, 1, 0, 1, 2])
        #expect(graph.flops == 3 && graph.bytes == 12)
        #expect(graph["d"]?.value?.first == [2])
        #expect(byHand(gradients: false).nodes.allSatisfy { $0.gradient == nil })
    }

    @Test func aTensorUsedTwiceIsOneNode() {
        let x = Tensor([1, 2, 3]).tracked()
        let graph = Graph(of: (x * x).sum(), naming: ["x": x])
        #expect(graph.nodes.map(\.operation) == ["input", "Multiply", "Sum"])
        #expect(graph.nodes[1].inputs == [Graph.Input(node: 0), Graph.Input(node: 0)])
        #expect(graph.nodes[0].gradient?.first == [2, 4, 6])
    }

    @Test func everyOutputOfAnOperationHasItsGradient() {
        let x = Tensor([[3, 1], [2, 5]]).tracked()
        let loss = x.max(axis: 1).sum()
        let node = Graph(of: loss).nodes[1]
        #expect(node.outputs.count == 2)
        #expect(node.gradient?.first == [1, 1] && node.outputs[1].gradient == nil)
    }

    @Test func aConstantIsAGraphOfOneNode() {
        let graph = Graph(of: Tensor([1, 2]), gradients: true)
        #expect(graph.nodes.map(\.kind) == [.constant])
        let leaf = Graph(of: Tensor(4).tracked())
        #expect(leaf.nodes.map(\.kind) == [.input] && leaf.nodes[0].gradient?.first == [1])
    }

    @Test func productsCountTwoOperationsForEachStep() {
        let (a, b) = (Tensor.ones([3, 4]).tracked(), Tensor.ones([4, 5]))
        let graph = Graph(of: matmul(a, b))
        #expect(graph.flops == 2 * 3 * 4 * 5)
        let map = linear(Tensor.ones([2, 3]).tracked(), weight: .ones([4, 3]), bias: .ones([4]))
        #expect(Graph(of: map, gradients: false).flops == 2 * 2 * 3 * 4 + 2 * 4)
        let free = Tensor.ones([6]).tracked().reshaped(to: [2, 3]).transposed()
        #expect(Graph(of: free, gradients: false).flops == 0)
        #expect(Graph(of: free, gradients: false).bytes == 24)  // the transposed copy
    }

    @Test func aDeepGraphDoesNotOverflowTheStack() {
        var x = Tensor(1).tracked()
        for _ in 0..<50_000 { x = -x }
        let graph = Graph(of: x)
        #expect(graph.nodes.count == 50_001 && graph.nodes[0].gradient?.first == [1])
        #expect(graph.depths.last == 50_000)
    }

    @Test func valuesAreSummarized() {
        let values = Graph.Values(Tensor((0..<100).map { Float($0) }, shape: [10, 10]))
        #expect(values.minimum == 0 && values.maximum == 99 && values.mean == 49.5)
        #expect(values.first == (0..<16).map(Double.init) && !values.isWhole)
        #expect(values.description == "0 … 99, mean 49.5")
        let broken = Graph.Values(Tensor([1, .nan, -.infinity, 3]))
        #expect(broken.nanCount == 1 && broken.infiniteCount == 1 && !broken.isFinite)
        #expect(broken.minimum == 1 && broken.maximum == 3 && broken.mean == 2)
        #expect(broken.description == "[1, NaN, -inf, 3]")
        #expect(Graph.Values(Tensor([[1, 2], [3, 4]])).description == "[[1, 2], [3, 4]]")
        #expect(Graph.Values(Tensor.zeros([0, 3])).mean == nil)
    }

    @Test(arguments: [
        (0.4806, "0.4806"), (12, "12"), (-0.1012, "-0.1012"), (1.5e-7, "1.5e-7"), (0, "0"),
        (9.9996, "10"), (123_456, "123500"), (1e7, "1e7"), (-2.5e30, "-2.5e30"), (0.02, "0.02"),
        (1000, "1000"), (99_999, "100000"), (0.0001, "0.0001"), (1.4e-45, "1.4e-45"),
        (.nan, "NaN"), (-.infinity, "-inf"),
    ])
    func numbersHaveFourSignificantDigits(value: Double, text: String) {
        #expect(Graph.Values.text(value) == text)
    }
}
