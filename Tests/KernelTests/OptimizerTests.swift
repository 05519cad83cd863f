import ApusCore
import CApusKernels
import Testing

private let supported = InstructionSet.allCases.filter(\.isSupported)
private let widths = [1, 2, 3, 5, 8, 10, 15, 16, 17, 33, 151]

private func numbers(_ count: Int, in range: Range<Float>, seed: UInt64) -> [Float] {
    var generator = RandomGenerator(RandomKey(seed))
    return (0..<count).map { _ in
        range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform()
    }
}

/// One optimizer: its kernels in one shape, and its formula for one element.
///
/// `Element` is parameter, first and second state; optimizers with less state ignore the rest.
private struct Rule: CustomTestStringConvertible {
    typealias Element = (p: Float, a: Float, b: Float)
    typealias Buffers = (
        p: UnsafeMutablePointer<Float>, a: UnsafeMutablePointer<Float>,
        b: UnsafeMutablePointer<Float>
    )

    let testDescription: String
    let formula: (Element, Float) -> Element
    let dense: (apus_optimizer_kernels, Buffers, Buffers, [Float], Int) -> Void
    let rows: (apus_optimizer_kernels, Buffers, Buffers, [Int32], [Float], Int, Range<Int>) -> Void
}

private func sgd(momentum: Float, nesterov: Bool) -> Rule {
    var rule = apus_sgd_rule(
        learning_rate: 0.1, momentum: momentum, weight_decay: 0.01, nesterov: nesterov ? 1 : 0)
    return Rule(
        testDescription: "SGD, momentum \(momentum), nesterov \(nesterov)",
        formula: { x, g in
            var d = g.addingProduct(rule.weight_decay, x.p)
            let v = d.addingProduct(momentum, x.a)
            if momentum != 0 { d = nesterov ? d.addingProduct(momentum, v) : v }
            return (x.p.addingProduct(-rule.learning_rate, d), momentum == 0 ? x.a : v, x.b)
        },
        dense: { kernels, out, x, g, count in
            kernels.sgd(
                out.p, momentum == 0 ? nil : out.a, x.p, momentum == 0 ? nil : x.a, g, count, &rule)
        },
        rows: { kernels, out, x, rows, g, width, range in
            kernels.sgd_rows(
                out.p, momentum == 0 ? nil : out.a, x.p, momentum == 0 ? nil : x.a, rows, g, width,
                range.lowerBound, range.upperBound, &rule)
        })
}

private func adagrad() -> Rule {
    var rule = apus_adagrad_rule(learning_rate: 0.1, weight_decay: 0.01, epsilon: 1e-10)
    return Rule(
        testDescription: "Adagrad",
        formula: { x, g in
            let d = g.addingProduct(rule.weight_decay, x.p)
            let s = x.a.addingProduct(d, d)
            let q = d / (s.squareRoot() + rule.epsilon)
            return (x.p.addingProduct(-rule.learning_rate, q), s, x.b)
        },
        dense: { kernels, out, x, g, count in
            kernels.adagrad(out.p, out.a, x.p, x.a, g, count, &rule)
        },
        rows: { kernels, out, x, rows, g, width, range in
            kernels.adagrad_rows(
                out.p, out.a, x.p, x.a, rows, g, width, range.lowerBound, range.upperBound, &rule)
        })
}

private func adam(decoupled: Bool) -> Rule {
    // Step 3 with learning rate 0.01, β1 = 0.9, β2 = 0.999 and weight decay 0.1.
    var rule = apus_adam_rule(
        step_size: Float(0.01 / (1 - 0.9 * 0.9 * 0.9)),
        root_scale: Float(1 / (1 - 0.999 * 0.999 * 0.999).squareRoot()), epsilon: 1e-8,
        mean_gain: Float(1 - 0.9), square_keep: 0.999, square_gain: Float(1 - 0.999),
        weight_decay: decoupled ? 0 : 0.1, parameter_keep: decoupled ? Float(1 - 0.01 * 0.1) : 1)
    return Rule(
        testDescription: decoupled ? "AdamW" : "Adam",
        formula: { x, g in
            let d = g.addingProduct(rule.weight_decay, x.p)
            let m = x.a.addingProduct(rule.mean_gain, d - x.a)
            let v = (rule.square_keep * x.b).addingProduct(rule.square_gain * d, d)
            let q = m / rule.epsilon.addingProduct(v.squareRoot(), rule.root_scale)
            return ((rule.parameter_keep * x.p).addingProduct(-rule.step_size, q), m, v)
        },
        dense: { kernels, out, x, g, count in
            kernels.adam(out.p, out.a, out.b, x.p, x.a, x.b, g, count, &rule)
        },
        rows: { kernels, out, x, rows, g, width, range in
            kernels.adam_rows(
                out.p, out.a, out.b, x.p, x.a, x.b, rows, g, width, range.lowerBound,
                range.upperBound, &rule)
        })
}

private func rules() -> [Rule] {
    [
        sgd(momentum: 0, nesterov: false), sgd(momentum: 0.9, nesterov: false),
        sgd(momentum: 0.9, nesterov: true), adagrad(), adam(decoupled: false),
        adam(decoupled: true),
    ]
}

/// A parameter with two states, and what a kernel makes of it.
private struct Elements: Equatable {
    var p: [Float]
    var a: [Float]
    var b: [Float]

    init(count: Int) {
        p = numbers(count, in: -1..<1, seed: 1)
        a = numbers(count, in: 0..<1, seed: 2)
        b = numbers(count, in: 0..<0.1, seed: 3)
    }

    subscript(index: Int) -> Rule.Element {
        get { (p[index], a[index], b[index]) }
        set { (p[index], a[index], b[index]) = newValue }
    }

    mutating func withBuffers(_ body: (Rule.Buffers) -> Void) {
        p.withUnsafeMutableBufferPointer { p in
            a.withUnsafeMutableBufferPointer { a in
                b.withUnsafeMutableBufferPointer { b in
                    guard let p = p.baseAddress, let a = a.baseAddress, let b = b.baseAddress else {
                        return
                    }
                    body((p, a, b))
                }
            }
        }
    }
}

@Test(arguments: supported)
func stepsAreTheirFormulasToTheBit(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_optimizer_kernels_for(instructionSet.code)).pointee
    for rule in rules() {
        for count in widths {
            // One element more than the kernel may touch.
            var start = Elements(count: count + 1)
            let gradient = numbers(count + 1, in: -1..<1, seed: 4)
            var expected = start
            for index in 0..<count { expected[index] = rule.formula(start[index], gradient[index]) }

            var inPlace = start
            inPlace.withBuffers { rule.dense(kernels, $0, $0, gradient, count) }
            #expect(inPlace == expected, "\(rule.testDescription), \(count) in place")

            var apart = start
            apart.withBuffers { out in
                start.withBuffers { rule.dense(kernels, out, $0, gradient, count) }
            }
            #expect(apart == expected, "\(rule.testDescription), \(count) out of place")
        }
    }
}

@Test(arguments: supported)
func rowStepsTouchTheirRowsAlone(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_optimizer_kernels_for(instructionSet.code)).pointee
    let rows: [Int32] = [0, 2, 3] + Array(7..<40) + [49]
    for rule in rules() {
        for width in widths {
            let values = numbers(rows.count * width, in: -1..<1, seed: 4)
            var elements = Elements(count: 50 * width)
            var expected = elements
            for (place, row) in rows.enumerated() {
                for column in 0..<width {
                    let index = Int(row) * width + column
                    expected[index] = rule.formula(
                        expected[index], values[place * width + column])
                }
            }
            elements.withBuffers {
                rule.rows(kernels, $0, $0, rows, values, width, 20..<rows.count)
                rule.rows(kernels, $0, $0, rows, values, width, 0..<20)
            }
            #expect(elements == expected, "\(rule.testDescription), width \(width)")
        }
    }
}

@Test(arguments: supported)
func theSquaredNormHasOneOrderOfSumming(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_optimizer_kernels_for(instructionSet.code)).pointee
    for count in [0, 1, 15, 16, 17, 4095, 4096, 4097, 9000] {
        let x = numbers(count, in: -1e3..<1e3, seed: UInt64(count))
        var expected = 0.0
        for start in stride(from: 0, to: count, by: 4096) {
            var lanes = [Double](repeating: 0, count: 16)
            for index in start..<min(start + 4096, count) {
                lanes[(index - start) % 16] += Double(x[index]) * Double(x[index])
            }
            for half in [8, 4, 2, 1] {
                for lane in 0..<half { lanes[lane] += lanes[lane + half] }
            }
            expected += lanes[0]
        }
        #expect(kernels.squared_norm(x, count) == expected, "\(count) elements")
    }
    #expect(kernels.squared_norm([3e38, .leastNonzeroMagnitude], 2).isFinite)
}

@Test(arguments: supported)
func scalingMultipliesEachElement(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_optimizer_kernels_for(instructionSet.code)).pointee
    for count in widths {
        let x = numbers(count + 1, in: -1..<1, seed: 9)
        var scaled = x
        kernels.scale(&scaled, x, count, 0.3)
        #expect(scaled == x[..<count].map { $0 * 0.3 } + [x[count]], "\(count) elements")
    }
}

/// PyTorch's formulas over ten steps, in double, against the kernels.
@Test func tenStepsOfAdamWFollowThePaper() throws {
    let kernels = try #require(apus_optimizer_kernels_for(InstructionSet.active.code)).pointee
    let (rate, beta1, beta2, decay, epsilon) = (0.01, 0.9, 0.999, 0.1, 1e-8)
    var (p, m, v) = (1.0, 0.0, 0.0)
    var elements = Elements(count: 1)
    elements[0] = (1, 0, 0)
    var (power1, power2) = (1.0, 1.0)
    for step in 1...10 {
        let g = Double(step % 4) - 1.2
        power1 *= beta1
        power2 *= beta2
        p -= rate * decay * p
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        p -= rate * (m / (1 - power1)) / ((v / (1 - power2)).squareRoot() + epsilon)
        var rule = apus_adam_rule(
            step_size: Float(rate / (1 - power1)), root_scale: Float(1 / (1 - power2).squareRoot()),
            epsilon: Float(epsilon), mean_gain: Float(1 - beta1), square_keep: Float(beta2),
            square_gain: Float(1 - beta2), weight_decay: 0, parameter_keep: Float(1 - rate * decay))
        elements.withBuffers { x in
            kernels.adam(x.p, x.a, x.b, x.p, x.a, x.b, [Float(g)], 1, &rule)
        }
    }
    #expect(abs(Double(elements.p[0]) - p) < 1e-6)
    #expect(abs(Double(elements.a[0]) - m) < 1e-6)
    #expect(abs(Double(elements.b[0]) - v) < 1e-6)
}
