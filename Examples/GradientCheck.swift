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
            return number(loss(Tensor(right, shape: [3])) - loss(Tensor(left, shape: [3]))) / (2 * h)
        }

        for h in [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8, 1e-10] {
            print("h =", h, " error of ∂loss/∂w₁:", Swift.abs(difference(by: 0, h) - gradient[0]))
        }
        for index in 0..<3 {
            let numeric = difference(by: index, 1e-5)
            print("w\(index + 1): backward \(gradient[index]), differences \(numeric)")
            check(
                Swift.abs(numeric - gradient[index]) < 1e-9,
                "back-propagation agrees with finite differences in nine digits")
        }
    }
}
