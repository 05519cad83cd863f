import Apus
import Support

// The perceptron of the slide, computed once by hand: two inputs, a weight for each, a bias, a sigmoid.
//
//     z = w₁x₁ + w₂x₂ + b;  y = σ(z) = 1 / (1 + e⁻ᶻ);  ∂y/∂z = y·(1 − y);  ∂y/∂wᵢ = ∂y/∂z · xᵢ;  ∂y/∂xᵢ = ∂y/∂z · wᵢ
@main struct PerceptronByHand {
    static func main() {
        let w = Tensor([0.0224, 0.0251]).tracked()
        let b = Tensor(-0.1012).tracked()
        let x = Tensor([0.5, 0.5]).tracked()

        let z = (w * x).sum() + b
        let y = sigmoid(z)
        print("z", z.scalar.digits(5))
        print("y", y.scalar.digits(4))

        let gradients = y.backward(keeping: [z])
        print("∂y/∂z", gradients[z].scalar.digits(4))
        print("∂y/∂w", gradients[w].floats.map { $0.digits(4) }.joined(separator: " "))
        print("∂y/∂b", gradients[b].scalar.digits(4))
        print("∂y/∂x", gradients[x].floats.map { $0.digits(4) }.joined(separator: " "))

        let byHand = y.scalar * (1 - y.scalar)
        check(y.scalar.digits(4) == "0.4806", "the output is .4806, as on the slide")
        check(abs(gradients[w].floats[0] - byHand * 0.5) < 1e-7, "∂y/∂w₁ = y·(1 − y)·x₁")
        check(abs(gradients[x].floats[1] - byHand * 0.0251) < 1e-7, "∂y/∂x₂ = y·(1 − y)·w₂")

        // And a step: the label is 1, so the output should rise.
        let loss = binaryCrossEntropy(logits: z, targets: Tensor(1))
        let slope = loss.backward()
        let after = sigmoid(((w - 0.5 * slope[w]) * x).sum() + (b - 0.5 * slope[b]))
        print("y after a step towards 1", after.scalar.digits(4))
        check(after.scalar > y.scalar, "a step against the slope of the loss brings y nearer to 1")
    }
}

// Prints:
//     z -0.07745
//     y 0.4806
//     ∂y/∂z 0.2496
//     ∂y/∂w 0.1248 0.1248
//     ∂y/∂b 0.2496
//     ∂y/∂x 0.0056 0.0063
//     y after a step towards 1 0.5774
