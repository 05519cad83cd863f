import CApusKernels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The softmax of one row as the kernels define it, to the bit.
private struct Softmax {
    let shift: Float
    let exponentials: [Float]
    let sum: Float
    var probabilities: [Float] { exponentials.map { $0 * (1 / sum) } }

    init(_ x: [Float]) {
        let shift = x.reduce(-.infinity) { $0.isNaN || $0 > $1 ? $0 : $1 } + 0
        self.shift = shift
        exponentials = x.map { apus_exp_f32($0 - shift) }
        sum = orderedSum(exponentials)
    }
}

private let shapes = [
    (1, 1), (3, 2), (2, 15), (2, 16), (5, 17), (1, 64), (3, 100), (2, 1000), (1, 5000),
]

private func rowsOf(_ x: [Float], _ n: Int) -> [[Float]] {
    stride(from: 0, to: x.count, by: n).map { Array(x[$0..<$0 + n]) }
}

@Test(arguments: supportedInstructionSets)
func softmaxAndItsGradientKeepTheirBits(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    var numbers = Numbers(state: 8)
    for (rows, n) in shapes {
        let x = numbers.floats(rows * n, in: -50...50)
        let gradient = numbers.floats(rows * n)
        var y = [Float](repeating: 0, count: x.count)
        var logarithms = y
        var result = y
        unaligned(x) { p in
            kernels.softmax(p, Int64(rows), Int64(n), &y)
            kernels.log_softmax(p, Int64(rows), Int64(n), &logarithms)
        }
        let expected = rowsOf(x, n).map(Softmax.init)
        #expect(difference(y, expected.flatMap(\.probabilities)) == nil)
        #expect(
            difference(
                logarithms,
                zip(rowsOf(x, n), expected).flatMap { row, softmax in
                    row.map { ($0 - softmax.shift) - apus_log_f32(softmax.sum) }
                }) == nil)

        kernels.softmax_gradient(y, gradient, Int64(rows), Int64(n), &result)
        #expect(
            difference(
                result,
                zip(rowsOf(y, n), rowsOf(gradient, n)).flatMap { y, g in
                    let dot = orderedDot(g, y)
                    return zip(y, g).map { $0 * ($1 - dot) }
                }) == nil)
        kernels.log_softmax_gradient(logarithms, gradient, Int64(rows), Int64(n), &result)
        #expect(
            difference(
                result,
                zip(rowsOf(logarithms, n), rowsOf(gradient, n)).flatMap { y, g in
                    let sum = orderedSum(g)
                    return zip(y, g).map { $1.addingProduct(apus_exp_f32($0), -sum) }
                }) == nil)
    }
}

@Test(arguments: supportedInstructionSets)
func crossEntropyIsFusedWithoutChangingABit(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    var numbers = Numbers(state: 9)
    for (rows, n) in shapes {
        let x = numbers.floats(rows * n, in: -20...20)
        let scales = numbers.floats(rows, in: 0...1)
        let labels = (0..<rows).map { _ in Int32(numbers.next() % UInt32(n)) }
        let targets = numbers.floats(rows * n, in: 0...1)
        let softmax = rowsOf(x, n).map(Softmax.init)
        let losses = (0..<rows).map {
            apus_log_f32(softmax[$0].sum) - (x[$0 * n + Int(labels[$0])] - softmax[$0].shift)
        }
        let gradients = x.indices.map { index in
            let p = softmax[index / n].probabilities[index % n]
            return (Int(labels[index / n]) == index % n ? p - 1 : p) * scales[index / n]
        }
        var loss = [Float](repeating: 0, count: rows)
        var gradient = [Float](repeating: 0, count: x.count)
        var probabilities = gradient
        kernels.softmax_cross_entropy(
            x, labels, scales, Int64(rows), Int64(n), &loss, &gradient, &probabilities)
        #expect(difference(loss, losses) == nil)
        #expect(difference(gradient, gradients) == nil)
        #expect(difference(probabilities, softmax.flatMap(\.probabilities)) == nil)
        // Without probabilities and in place of the logits, and with nothing but the loss.
        gradient = x
        gradient.withUnsafeMutableBufferPointer {
            kernels.softmax_cross_entropy(
                $0.baseAddress, labels, scales, Int64(rows), Int64(n), &loss, $0.baseAddress, nil)
        }
        #expect(difference(gradient, gradients) == nil)
        kernels.softmax_cross_entropy(x, labels, nil, Int64(rows), Int64(n), &loss, nil, nil)
        #expect(difference(loss, losses) == nil)

        kernels.soft_cross_entropy(
            x, targets, scales, Int64(rows), Int64(n), &loss, &gradient, &probabilities)
        for row in 0..<rows {
            let t = rowsOf(targets, n)[row]
            let mass = orderedSum(t)
            let shifted = rowsOf(x, n)[row].map { $0 - softmax[row].shift }
            let expected = (-orderedDot(t, shifted)).addingProduct(
                mass, apus_log_f32(softmax[row].sum))
            #expect(bits(loss[row]) == bits(expected))
            let p = softmax[row].probabilities
            #expect(
                difference(
                    rowsOf(gradient, n)[row],
                    (0..<n).map { (p[$0] * mass - t[$0]) * scales[row] }) == nil)
        }
        let both = gradient
        kernels.soft_cross_entropy(x, targets, scales, Int64(rows), Int64(n), &loss, &gradient, nil)
        #expect(difference(gradient, both) == nil)
    }
}

@Test(arguments: supportedInstructionSets)
func aRowWithoutALabelDoesNotCount(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    let x: [Float] = [1, 2, 3, 4, 5, 6]
    for label in [Int32(-1), 3, .min, .max] {
        var loss: [Float] = [9, 9]
        var gradient = [Float](repeating: 9, count: 6)
        kernels.softmax_cross_entropy(x, [label, 0], nil, 2, 3, &loss, &gradient, nil)
        #expect(loss[0] == 0 && loss[1] > 0)
        #expect(gradient[0..<3] == [0, 0, 0] && gradient[3] < 0)
    }
}

@Test(arguments: supportedInstructionSets)
func binaryCrossEntropyKeepsItsBitsAndItsMeaning(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    var numbers = Numbers(state: 10)
    for count in [1, 15, 16, 17, 100, 1000] {
        let x = numbers.floats(count, in: -40...40)
        let y = numbers.floats(count, in: 0...1)
        var loss = [Float](repeating: 0, count: count)
        var gradient = loss
        kernels.binary_cross_entropy(x, y, 0.25, Int64(count), &loss, &gradient)
        for index in 0..<count {
            let (x, y) = (x[index], y[index])
            let expected =
                max(x, 0).addingProduct(-x, y) + apus_log1p_f32(apus_exp_f32(-abs(x)))
            #expect(bits(loss[index]) == bits(expected))
            #expect(bits(gradient[index]) == bits((apus_sigmoid_f32(x) - y) * 0.25))
            let p = 1 / (1 + exp(-Double(x)))
            let exact = -Double(y) * log(p) - (1 - Double(y)) * (-Double(x) + log(p))
            #expect(abs(Double(loss[index]) - exact) <= 1e-5 * max(1, abs(Double(x))))
        }
        let both = loss
        kernels.binary_cross_entropy(x, y, 1, Int64(count), &loss, nil)
        #expect(difference(loss, both) == nil)
    }
}

@Test(arguments: supportedInstructionSets)
func edgeValuesPassThroughSoftmaxAlikeEverywhere(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    for x: [Float] in [
        [-.infinity, 0, -.infinity], [-.infinity, -.infinity], [.infinity, 1], [1, .nan, 2],
        [88, -88, 0], [3e38, -3e38, 1], [-0.0, 0],
        [.leastNonzeroMagnitude, -.leastNonzeroMagnitude],
    ] {
        var y = [Float](repeating: 0, count: x.count)
        kernels.softmax(x, 1, Int64(x.count), &y)
        #expect(difference(y, Softmax(x).probabilities) == nil)
    }
}
