import Apus
import Support

// Is a gradient right? Move one weight by a little h to either side and look at what the loss does.
//
//     ∂loss/∂w ≈ (loss(w + h) − loss(w − h)) / 2h
//
// The error shrinks as h², until h is so small that rounding takes over: near h = 10⁻⁵ in double precision.
@main struct GradientCheck {
    static let x = Tensor([[0.5, -1, 2], [1, 0.3, -0.7], [-2, 1.5, 0.1], [0.2, 0.4, 0.8]])
        .converted(to: .float64)
    static let y = Tensor([0.9, -0.2, 0.4, 0.1]).converted(to: .float64)

    /// Mean of (f(w·x) − y)² with the squashing function f(z) = z / (1 + |z|).
    static func loss(_ w: Tensor) -> Tensor {
        let z = matmul(x, w.reshaped(to: [3, 1])).reshaped(to: [4])
        return meanSquaredError(z / (1 + abs(z)), y)
    }

    static func number(_ tensor: Tensor) -> Double { tensor.scalars(of: Double.self)[0] }

    static func main() {
        let weights = [0.3, -0.8, 0.5]
        let w = Tensor(weights, shape: [3]).tracked()
        let gradient = loss(w).backward()[w].scalars(of: Double.self)

        func difference(by index: Int, _ h: Double) -> Double {
            var (left, right) = (weights, weights)
            left[index] -= h
            right[index] += h
            return number(loss(Tensor(right, shape: [3])) - loss(Tensor(left, shape: [3])))
                / (2 * h)
        }

        for h in [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8, 1e-10] {
            print("h =", h, " error of ∂loss/∂w₁:", abs(difference(by: 0, h) - gradient[0]))
        }
        for index in 0..<3 {
            let numeric = difference(by: index, 1e-5)
            print("w\(index + 1): backward \(gradient[index]), differences \(numeric)")
            check(
                abs(numeric - gradient[index]) < 1e-9,
                "back-propagation agrees with finite differences in nine digits")
        }
    }
}

// Prints:
//     h = 0.1  error of ∂loss/∂w₁: 0.0018182038206778356
//     h = 0.01  error of ∂loss/∂w₁: 1.8005492699493808e-05
//     h = 0.001  error of ∂loss/∂w₁: 1.8003746539430043e-07
//     h = 0.0001  error of ∂loss/∂w₁: 1.8009842644994833e-09
//     h = 1e-05  error of ∂loss/∂w₁: 1.574562702444382e-11
//     h = 1e-06  error of ∂loss/∂w₁: 2.9623428710046085e-11
//     h = 1e-08  error of ∂loss/∂w₁: 9.418217178369659e-10
//     h = 1e-10  error of ∂loss/∂w₁: 4.875563091172319e-07
//     w1: backward 0.1244760526301265, differences 0.12447605264587212
//     w2: backward -0.08777530392464454, differences -0.08777530393355713
//     w3: backward -0.02207637274957638, differences -0.022076372765966742
