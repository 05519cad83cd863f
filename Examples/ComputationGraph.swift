import Apus
import Support

// A graph of three operations and its derivatives, at a = 2 and b = 1.
//
//     c = a + b      ∂e/∂c = d                           = 2
//     d = b + 1      ∂e/∂d = c                           = 3
//     e = c·d        ∂e/∂a = ∂e/∂c·∂c/∂a = d             = 2
//                    ∂e/∂b = ∂e/∂c·∂c/∂b + ∂e/∂d·∂d/∂b   = 5
@main struct ComputationGraph {
    static func main() {
        let a = Tensor(2).tracked()
        let b = Tensor(1).tracked()
        let c = a + b
        let d = b + 1
        let e = c * d
        print("c =", c, " d =", d, " e =", e)

        let gradients = e.backward()
        print("∂e/∂a =", gradients[a], " ∂e/∂b =", gradients[b])

        // The same as a table and as a picture: `swift run ComputationGraph graph.svg`.
        let graph = Graph(of: e, naming: ["a": a, "b": b, "c": c, "d": d, "e": e])
        print(graph.text, terminator: "")
        for path in CommandLine.arguments.dropFirst() {
            do {
                try atomicWrite(to: path) { try $0.write(graph.svg(title: "e = (a + b)(b + 1)")) }
            } catch { print(error) }
        }

        // The chain rule by hand: e as a function of c and d first, then c and d as functions of a and b.
        let (inputC, inputD) = (c.tracked(), d.tracked())
        let outer = (inputC * inputD).backward()
        print("∂e/∂c =", outer[inputC], " ∂e/∂d =", outer[inputD])
        let chained = c.backward(from: outer[inputC]) + d.backward(from: outer[inputD])
        print("∂e/∂a =", chained[a], " ∂e/∂b =", chained[b], " by the chain rule")

        // A derivative is a tensor like any other: recorded, it has derivatives of its own.
        let slope = e.backward(recording: true)
        let (slopeOfA, slopeOfB) = (slope[a].backward(), slope[b].backward())
        print("∂²e/∂a² =", slopeOfA[a], " ∂²e/∂a∂b =", slopeOfA[b], " ∂²e/∂b² =", slopeOfB[b])

        check(
            graph.nodes.compactMap(\.gradient).map(\.first) == [[2], [5], [2], [3], [1]],
            "the graph shows each derivative")
        check([a, b].map { gradients[$0].scalar } == [2, 5], "∂e/∂a is 2 and ∂e/∂b is 5")
        check([inputC, inputD].map { outer[$0].scalar } == [2, 3], "∂e/∂c is 2 and ∂e/∂d is 3")
        check([a, b].map { chained[$0].scalar } == [2, 5], "the chain rule gives the same")
        check(
            [slopeOfA[a], slopeOfA[b], slopeOfB[b]].map(\.scalar) == [0, 1, 2],
            "the second derivatives are 0, 1 and 2")
    }
}

// Prints:
//     c = 3.0  d = 2.0  e = 6.0
//     ∂e/∂a = 2.0  ∂e/∂b = 5.0
//     #  name  operation  of     value  gradient  FLOPs  bytes
//     0  a     input             2      2
//     1  b     input             1      5
//     2  c     Add        a, b   3      2             1      4
//     3        constant          1
//     4  d     Add        b, #3  2      3             1      4
//     5  e     Multiply   c, d   6      1             1      4
//     6 nodes, 3 FLOP, 12 B
//     ∂e/∂c = 2.0  ∂e/∂d = 3.0
//     ∂e/∂a = 2.0  ∂e/∂b = 5.0  by the chain rule
//     ∂²e/∂a² = 0.0  ∂²e/∂a∂b = 1.0  ∂²e/∂b² = 2.0
