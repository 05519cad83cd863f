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

/// Memory of a parameter with three states, for a kernel that reads the one and writes the other.
private struct Buffers {
    let count: Int
    var p: [Float]
    /// One after another.
    var states: [Float]

    init(count: Int) {
        self.count = count
        p = numbers(count, in: -1..<1, seed: 1)
        states =
            numbers(count, in: 0..<1, seed: 2) + numbers(count, in: 0..<0.1, seed: 3)
            + numbers(count, in: 0..<2, seed: 4)
    }

    subscript(index: Int) -> Element {
        get { Element(p: p[index], s: (0..<3).map { states[$0 * count + index] }) }
        set {
            p[index] = newValue.p
            for state in 0..<3 { states[state * count + index] = newValue.s[state] }
        }
    }

    /// Runs a kernel on the memory; the parameter goes to `out` where one is given.
    mutating func run(
        gradient: [Float], scale: Float?, out: UnsafeMutablePointer<Float>? = nil,
        _ body: (inout apus_optimizer_memory) -> Void
    ) {
        let count = count
        withPointer(&p) { p in
            withPointer(&states) { states in
                gradient.withUnsafeBufferPointer { gradient in
                    withUnsafePointer(to: scale ?? 1) { one in
                        var memory = apus_optimizer_memory()
                        memory.parameter = UnsafePointer(p)
                        memory.parameter_out = out ?? p
                        memory.gradient = gradient.baseAddress
                        memory.gradient_scale = scale == nil ? nil : one
                        memory.state = (
                            states, states.map { $0 + count }, states.map { $0 + 2 * count }
                        )
                        body(&memory)
                    }
                }
            }
        }
    }
}

private func withPointer(
    _ array: inout [Float], _ body: (UnsafeMutablePointer<Float>?) -> Void
) {
    array.withUnsafeMutableBufferPointer { body($0.baseAddress) }
}

@Test(arguments: supported)
func stepsAreTheirFormulasToTheBit(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_optimizer_kernels_for(instructionSet.code)).pointee
    let step = try #require(kernels.step)
    for rule in OptimizerFormula.all {
        var numbersOfRule = rule.rule
        for (count, scale) in zip(widths, [nil, 0.3] + widths.map { 1 / Float($0) }) {
            // One element more than the kernel may touch, behind and before.
            let start = Buffers(count: count + 2)
            let gradient = numbers(count + 2, in: -1..<1, seed: 9)
            var expected = start
            for index in 1...count {
                expected[index] = rule.formula(start[index], gradient[index] * (scale ?? 1))
            }
            var inPlace = start
            inPlace.run(gradient: gradient, scale: scale) {
                step(&$0, 1, count + 1, &numbersOfRule)
            }
            #expect(inPlace.p == expected.p, "\(rule.name), \(count) in place")
            #expect(inPlace.states == expected.states, "\(rule.name), states of \(count)")

            var apart = start
            var out = start.p
            withPointer(&out) { out in
                apart.run(gradient: gradient, scale: scale, out: out) {
                    step(&$0, 1, count + 1, &numbersOfRule)
                }
            }
            #expect(out == expected.p, "\(rule.name), \(count) out of place")
            #expect(apart.p == start.p)
            #expect(apart.states == expected.states)
        }
    }
}

@Test(arguments: supported)
func rowStepsTouchTheirRowsAlone(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_optimizer_kernels_for(instructionSet.code)).pointee
    let step = try #require(kernels.step_rows)
    let rows: [Int32] = [0, 2, 3] + Array(7..<40) + [49]
    for rule in OptimizerFormula.all {
        var numbersOfRule = rule.rule
        for width in widths {
            let values = numbers(rows.count * width, in: -1..<1, seed: 4)
            var elements = Buffers(count: 50 * width)
            var expected = elements
            for (place, row) in rows.enumerated() {
                for column in 0..<width {
                    let index = Int(row) * width + column
                    expected[index] = rule.formula(
                        expected[index], values[place * width + column] * 0.7)
                }
            }
            elements.run(gradient: values, scale: 0.7) {
                step(&$0, rows, width, 20, rows.count, &numbersOfRule)
                step(&$0, rows, width, 0, 20, &numbersOfRule)
            }
            #expect(elements.p == expected.p, "\(rule.name), width \(width)")
            #expect(elements.states == expected.states, "\(rule.name), width \(width)")
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
