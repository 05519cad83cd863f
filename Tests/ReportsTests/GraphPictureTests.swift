import ApusCore
import ApusNN
import ApusReports
import Testing

@Suite struct GraphPictureTests {
    static func byHand() -> Graph {
        let (a, b) = (Tensor(2).tracked(), Tensor(1).tracked())
        let (c, d) = (a + b, b + 1)
        let e = c * d
        return Graph(of: e, naming: ["a": a, "b": b, "c": c, "d": d, "e": e])
    }

    static func classifier() -> Graph {
        let model = seeded(1) {
            Sequential(
                Linear(3, 4, activation: .relu), Linear(4, 4), Activation(tanh), Linear(4, 2))
        }
        let x = Tensor([[1, 2, 3], [0, 1, -1]])
        let labels = Tensor(ids: [0, 1])
        let loss = softmaxCrossEntropy(logits: model(x), labels: labels)
        return Graph(
            of: loss, naming: model.parameters, and: ["x": x, "labels": labels, "loss": loss])
    }

    /// An RNN over three steps: weights that are used again and again.
    static func recurrent() -> Graph {
        let (w, u) = (
            Parameter(Tensor([[0.5, -0.2], [0.1, 0.3]])), Parameter(Tensor.ones([2, 2]))
        )
        var h = Tensor.zeros([1, 2])
        for step in 0..<3 {
            h = tanh(matmul(Tensor([[Float(step), 1]]), u.value) + matmul(h, w.value))
        }
        let loss = (h * h).sum()
        return Graph(
            of: loss,
            naming: [
                NamedParameter(name: "W", parameter: w), NamedParameter(name: "U", parameter: u),
            ], and: ["loss": loss])
    }

    @Test func theTableShowsWhatComesFromWhat() {
        let expected = """
            #  name  operation  of     value  gradient  FLOPs  bytes
            0  a     input             2      2
            1  b     input             1      5
            2  c     Add        a, b   3      2             1      4
            3        constant          1
            4  d     Add        b, #3  2      3             1      4
            5  e     Multiply   c, d   6      1             1      4
            6 nodes, 3 FLOP, 12 B

            """
        #expect(Self.byHand().text == expected)
    }

    @Test func graphvizGetsANodeAndItsEdges() {
        let dot = Self.byHand().dot
        #expect(dot.hasPrefix("digraph {\n") && dot.hasSuffix("}\n"))
        #expect(dot.contains(#"n2 [label="c = +\nvalue 3\n∂ 2""#))
        #expect(dot.contains("  n0 -> n2;\n  n1 -> n2;\n"))
        let x = Tensor(1).tracked()
        let quoted = Graph(of: x + x, naming: ["a \"b\" \\": x]).dot
        #expect(quoted.contains(#"label="a \"b\" \\\nvalue 1"#))
    }

    @Test(arguments: GraphDirection.allCases)
    func thePictureIsTheSameBytesEachTime(direction: GraphDirection) {
        for make in [Self.byHand, Self.classifier, Self.recurrent] {
            #expect(make().svg(direction: direction) == make().svg(direction: direction))
        }
    }

    @Test func thePictureIsXML() {
        let x = Tensor([1, 2]).tracked()
        let picture = Graph(of: (x * x).sum(), naming: ["<x> & \"y\" \u{1}": x])
            .svg(title: "1 < 2 & \"3\"")
        #expect(picture.contains("&lt;x&gt; &amp; &quot;y&quot; \u{FFFD}"))
        #expect(picture.contains("1 &lt; 2 &amp; &quot;3&quot;"))
        #expect(wellFormedElements(picture) == nil)
        #expect(wellFormedElements(Self.classifier().svg) == nil)
        #expect(wellFormedElements(Self.recurrent().svg(direction: .downward)) == nil)
        #expect(wellFormedElements(Graph(nodes: []).svg) == nil)
    }

    @Test func everyNodeShowsItsNameItsValueAndItsGradient() {
        let picture = Self.byHand().svg
        for text in ["= 3", "= 6", "∂ 5", "∂ 2", "∂ 3"] {
            #expect(picture.contains(">\(text)<"), "\(text)")
        }
        let layers = Self.classifier()
        #expect(layers.nodes.compactMap(\.layer) == ["0", "1", "3"])
        #expect(layers.svg.contains("0.weight") && layers.svg.contains("labels"))
    }

    @Test func aLargeGraphIsDrawnToo() {
        var x = Tensor(1).tracked()
        let y = Tensor(2).tracked()
        for step in 0..<200 { x = step % 3 == 0 ? x + y : x * y }
        let graph = Graph(of: x)
        #expect(wellFormedElements(graph.svg) == nil)
    }
}

/// Nil when each tag that is opened is closed in order and nothing is unescaped; else what is wrong.
private func wellFormedElements(_ xml: String) -> String? {
    var open: [Substring] = []
    var rest = xml[...]
    while let start = rest.firstIndex(of: "<") {
        guard let end = rest[start...].firstIndex(of: ">") else { return "a tag without end" }
        let tag = rest[rest.index(after: start)..<end]
        rest = rest[rest.index(after: end)...]
        if tag.hasSuffix("/") { continue }
        if tag.hasPrefix("/") {
            guard open.popLast() == tag.dropFirst() else { return "</\(tag)> closes another" }
        } else {
            open.append(tag.prefix { $0 != " " })
        }
    }
    return open.isEmpty ? nil : "not closed: \(open)"
}
