import Apus
import Support

// Depth against width. A tent, 1 − |2x − 1|, folded d times has 2ᵈ⁻¹ peaks. A rectifier network with d layers of two
// units draws it exactly, two more units for every doubling; one layer needs a unit for every bend (Telgarsky 2016).
@main struct DepthAgainstWidth {
    static let x = Tensor((0...256).map { Float($0) / 256 }, shape: [257, 1])

    /// The tent as two rectifiers: 2·relu(x) − 4·relu(x − ½).
    static func tent(_ x: Tensor) -> Tensor { 2 * relu(x) - 4 * relu(x - 0.5) }

    /// One layer of rectifiers that bends `bends` times at equal distances: the slope turns around at each.
    static func wide(_ bends: Int) -> Tensor {
        let steep = Double(bends + 1)
        return (1...bends).reduce(steep * relu(x)) { y, bend in
            let turn = bend % 2 == 1 ? -2 * steep : 2 * steep
            return y + turn * relu(x - Double(bend) / steep)
        }
    }

    static func main() {
        print("peaks", "deep: layers, units", "wide: layers, units", separator: "\t")
        for depth in 1...6 {
            let deep = (0..<depth).reduce(x) { y, _ in tent(y) }
            let folds = (0..<depth).reduce(x) { y, _ in 1 - abs(2 * y - 1) }
            let bends = (1 << depth) - 1
            let same = { (drawn: Tensor) in (abs(drawn - folds).floats.max() ?? 1) < 1e-4 }
            check(same(deep), "\(depth) layers of two units draw \(1 << (depth - 1)) peaks")
            check(same(wide(bends)), "so does one layer of \(bends + 1) units")
            print(1 << (depth - 1), "\(depth), \(2 * depth)", "1, \(bends + 1)", separator: "\t\t")
        }

        // To be able to draw it is one thing, to learn it another: four peaks, by descent from random weights.
        var losses: [Float] = []
        let target = (0..<3).reduce(x) { y, _ in 1 - abs(2 * y - 1) }
        for (name, widths) in [("wide, 1 × 64", [64]), ("deep, 3 × 9", [9, 9, 9])] {
            let network = seeded(2) { layers(widths) }
            let optimizer = Adam(network.parameters, learningRate: 0.01)
            for _ in 0..<1500 {
                let loss = meanSquaredError(network(2 * x - 1), target)
                optimizer.update(with: loss.backward())
            }
            let loss = withoutGradients { meanSquaredError(network(2 * x - 1), target).scalar }
            print(
                name, "\(network.parameterCount) weights", "loss \(loss.digits(5))", separator: "\t"
            )
            losses.append(loss)
        }
        check(losses[0] < losses[1], "descent finds the folds more easily in the wide network")
    }

    static func layers(_ widths: [Int]) -> Sequential {
        var layers: [any Layer<Tensor, Tensor>] = []
        var inputs = 1
        for width in widths {
            layers += [Linear(inputs, width, initializer: .heNormal), Activation(relu)]
            inputs = width
        }
        return Sequential(layers + [Linear(inputs, 1)])
    }
}

// Prints:
//     peaks	deep: layers, units	wide: layers, units
//     1		1, 2		1, 2
//     2		2, 4		1, 4
//     4		3, 6		1, 8
//     8		4, 8		1, 16
//     16		5, 10		1, 32
//     32		6, 12		1, 64
//     wide, 1 × 64	193 weights	loss 0.00000
//     deep, 3 × 9	208 weights	loss 0.02881
