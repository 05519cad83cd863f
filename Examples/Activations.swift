import Apus
import Support

// Activation functions and their derivatives. The derivatives are not written down anywhere: the sum over the points
// is differentiated, and each point gets its own slope.
@main struct Activations {
    static let points = Tensor([-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3])

    static let functions: [(name: String, function: @Sendable (Tensor) -> Tensor)] = [
        ("sigmoid", sigmoid), ("tanh", { tanh($0) }), ("hardTanh", hardTanh), ("relu", relu),
        ("leakyReLU", { leakyReLU($0, slope: 0.1) }), ("elu", { elu($0) }), ("selu", selu),
        ("softplus", softplus), ("softsign", softsign), ("gelu", gelu), ("silu", silu),
        ("mish", mish),
    ]

    static func line(_ name: String, _ numbers: [Float]) {
        let cells = numbers.map { number in
            let text = number.digits(3)
            return String(repeating: " ", count: 8 - text.count) + text
        }
        print(name + String(repeating: " ", count: 10 - name.count) + cells.joined())
    }

    static func main() {
        line("x", points.floats)
        for (name, function) in functions {
            let x = points.tracked()
            let y = function(x)
            line(name, y.floats)
            line("  slope", y.sum().backward()[x].floats)
        }

        let x = points.tracked()
        let slope = sigmoid(x).sum().backward()[x]
        let y = sigmoid(points)
        check((slope - y * (1 - y)).floats.allSatisfy { abs($0) < 1e-6 }, "σ′ = σ(1 − σ)")
        check(slope.floats.max() == 0.25, "a sigmoid's slope is at most 1/4")
    }
}

// Prints:
//     x           -3.000  -2.000  -1.000  -0.500   0.000   0.500   1.000   2.000   3.000
//     sigmoid      0.047   0.119   0.269   0.378   0.500   0.622   0.731   0.881   0.953
//       slope      0.045   0.105   0.197   0.235   0.250   0.235   0.197   0.105   0.045
//     tanh        -0.995  -0.964  -0.762  -0.462   0.000   0.462   0.762   0.964   0.995
//       slope      0.010   0.071   0.420   0.786   1.000   0.786   0.420   0.071   0.010
//     hardTanh    -1.000  -1.000  -1.000  -0.500   0.000   0.500   1.000   1.000   1.000
//       slope      0.000   0.000   0.000   1.000   1.000   1.000   0.000   0.000   0.000
//     relu         0.000   0.000   0.000   0.000   0.000   0.500   1.000   2.000   3.000
//       slope      0.000   0.000   0.000   0.000   0.000   1.000   1.000   1.000   1.000
//     leakyReLU   -0.300  -0.200  -0.100  -0.050   0.000   0.500   1.000   2.000   3.000
//       slope      0.100   0.100   0.100   0.100   0.100   1.000   1.000   1.000   1.000
//     elu         -0.950  -0.865  -0.632  -0.393   0.000   0.500   1.000   2.000   3.000
//       slope      0.050   0.135   0.368   0.607   1.000   1.000   1.000   1.000   1.000
//     selu        -1.671  -1.520  -1.111  -0.692   0.000   0.525   1.051   2.101   3.152
//       slope      0.088   0.238   0.647   1.066   1.758   1.051   1.051   1.051   1.051
//     softplus     0.049   0.127   0.313   0.474   0.693   0.974   1.313   2.127   3.049
//       slope      0.047   0.119   0.269   0.378   0.500   0.622   0.731   0.881   0.953
//     softsign    -0.750  -0.667  -0.500  -0.333   0.000   0.333   0.500   0.667   0.750
//       slope      0.063   0.111   0.250   0.444   1.000   0.444   0.250   0.111   0.063
//     gelu        -0.004  -0.046  -0.159  -0.154   0.000   0.346   0.841   1.954   2.996
//       slope     -0.012  -0.085  -0.083   0.133   0.500   0.867   1.083   1.085   1.012
//     silu        -0.142  -0.238  -0.269  -0.189   0.000   0.311   0.731   1.762   2.858
//       slope     -0.088  -0.091   0.072   0.260   0.500   0.740   0.928   1.091   1.088
//     mish        -0.146  -0.253  -0.303  -0.221   0.000   0.375   0.865   1.944   2.987
//       slope     -0.093  -0.108   0.059   0.290   0.600   0.886   1.049   1.069   1.021
