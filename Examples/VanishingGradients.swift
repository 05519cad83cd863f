import Apus
import Support

// Why deep networks were hard to train: on the way back each layer multiplies the gradient by its derivative.
// A sigmoid's is at most 1/4, so after a dozen layers next to nothing arrives (Hochreiter 1991); a rectifier's is
// 1 where it is active; and a skip connection, x + f(x), adds a path on which nothing is multiplied (He et al. 2016).
@main struct VanishingGradients {
    static let depth = 12
    static let width = 32

    /// The norm of the loss's gradient by each layer's weights, the layer next to the input first.
    static func norms(
        _ activation: @Sendable @escaping (Tensor) -> Tensor, hasSkips: Bool = false
    ) -> [Float] {
        let layers = seeded(1) {
            (0..<depth).map { _ in Linear(width, width, initializer: .heNormal) }
        }
        var x = Tensor.normal([16, width], key: RandomKey(2))
        for layer in layers {
            let y = activation(layer(x))
            x = hasSkips ? x + y : y
        }
        let gradients = (x * Tensor.normal([16, width], key: RandomKey(3))).mean().backward()
        return layers.map { sqrt(square(gradients[$0.weight]).sum()).scalar }
    }

    /// A block for each factor of ten above 10⁻¹².
    static func bar(_ norm: Float) -> String {
        let decades = 12 + (log(Tensor(norm)) / log(Tensor(10))).scalar
        return String(repeating: "■", count: max(0, Int(decades.rounded())))
    }

    static func main() {
        let kinds: [(name: String, norms: [Float])] = [
            ("sigmoid", norms(sigmoid)), ("ReLU", norms(relu)),
            ("sigmoid with skips", norms(sigmoid, hasSkips: true)),
        ]
        for (name, norms) in kinds {
            print("\(name): gradient by layer, from the loss back to the input")
            for (layer, norm) in norms.enumerated().reversed() {
                print(layer < 9 ? " \(layer + 1)" : "\(layer + 1)", bar(norm), separator: "  ")
            }
        }
        func ratio(_ kind: Int) -> Float { kinds[kind].norms[0] / kinds[kind].norms[depth - 1] }
        check(ratio(0) < 1e-4, "with sigmoids next to nothing arrives at the first layer")
        check(ratio(1) > 0.1, "with rectifiers the first layer learns like the last")
        check(ratio(2) > 0.1, "with skips it does even with sigmoids")
    }
}

// Prints:
//     sigmoid: gradient by layer, from the loss back to the input
//     12  ■■■■■■■■■■
//     11  ■■■■■■■■■■
//     10  ■■■■■■■■■■
//      9  ■■■■■■■■■
//      8  ■■■■■■■■
//      7  ■■■■■■■■
//      6  ■■■■■■■
//      5  ■■■■■■■
//      4  ■■■■■■
//      3  ■■■■■■
//      2  ■■■■■
//      1  ■■■■■
//     ReLU: gradient by layer, from the loss back to the input
//     12  ■■■■■■■■■■■
//     11  ■■■■■■■■■■■
//     10  ■■■■■■■■■■■
//      9  ■■■■■■■■■■■
//      8  ■■■■■■■■■■■
//      7  ■■■■■■■■■■■
//      6  ■■■■■■■■■■■
//      5  ■■■■■■■■■■■
//      4  ■■■■■■■■■■■
//      3  ■■■■■■■■■■■
//      2  ■■■■■■■■■■■
//      1  ■■■■■■■■■■■
//     sigmoid with skips: gradient by layer, from the loss back to the input
//     12  ■■■■■■■■■■■
//     11  ■■■■■■■■■■■
//     10  ■■■■■■■■■■■
//      9  ■■■■■■■■■■■
//      8  ■■■■■■■■■■■
//      7  ■■■■■■■■■■■
//      6  ■■■■■■■■■■■
//      5  ■■■■■■■■■■■
//      4  ■■■■■■■■■■■
//      3  ■■■■■■■■■■■
//      2  ■■■■■■■■■■■
//      1  ■■■■■■■■■■■
