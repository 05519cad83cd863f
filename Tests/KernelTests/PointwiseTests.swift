import CApusKernels
import Testing

/// What each operation means, in Swift; the elementary functions are checked in MathTests.
private func expected(_ op: apus_op, _ a: Float, _ b: Float, _ c: Float) -> Float {
    func truth(_ condition: Bool) -> Float { condition ? 1 : 0 }
    switch op {
    case APUS_OP_ADD: return a + b
    case APUS_OP_SUBTRACT: return a - b
    case APUS_OP_MULTIPLY: return a * b
    case APUS_OP_DIVIDE: return a / b
    case APUS_OP_FMA: return c.addingProduct(a, b)
    case APUS_OP_NEGATE: return -a
    case APUS_OP_ABSOLUTE: return abs(a)
    case APUS_OP_MINIMUM: return a.isNaN || a < b ? a : b
    case APUS_OP_MAXIMUM: return a.isNaN || a > b ? a : b
    case APUS_OP_SQUARE_ROOT: return a.squareRoot()
    case APUS_OP_FLOOR: return a.rounded(.down)
    case APUS_OP_EXP: return apus_exp_f32(a)
    case APUS_OP_LOG: return apus_log_f32(a)
    case APUS_OP_LOG1P: return apus_log1p_f32(a)
    case APUS_OP_EXPM1: return apus_expm1_f32(a)
    case APUS_OP_TANH: return apus_tanh_f32(a)
    case APUS_OP_ERF: return apus_erf_f32(a)
    case APUS_OP_SIGMOID: return apus_sigmoid_f32(a)
    case APUS_OP_SOFTPLUS: return apus_softplus_f32(a)
    case APUS_OP_GELU: return apus_gelu_f32(a)
    case APUS_OP_GELU_SLOPE: return apus_gelu_slope_f32(a)
    case APUS_OP_SIN: return apus_sin_f32(a)
    case APUS_OP_COS: return apus_cos_f32(a)
    case APUS_OP_POWER: return apus_power_f32(a, b)
    case APUS_OP_SIGN: return a.isNaN ? a : truth(a > 0) - truth(a < 0)
    case APUS_OP_EQUAL: return truth(a == b)
    case APUS_OP_NOT_EQUAL: return truth(a != b)
    case APUS_OP_LESS: return truth(a < b)
    case APUS_OP_LESS_EQUAL: return truth(a <= b)
    case APUS_OP_GREATER: return truth(a > b)
    case APUS_OP_GREATER_EQUAL: return truth(a >= b)
    case APUS_OP_SELECT: return a != 0 ? b : c
    case APUS_OP_AND: return truth(a != 0 && b != 0)
    case APUS_OP_OR: return truth(a != 0 || b != 0)
    case APUS_OP_NOT: return truth(a == 0)
    case APUS_OP_IS_FINITE: return truth(a.isFinite)
    default: fatalError("no meaning is stated for operation \(op.rawValue)")
    }
}

private let operations = (1..<APUS_OP_COUNT.rawValue).map { apus_op(rawValue: $0) }

@Test(arguments: supportedInstructionSets)
func everyOperationKeepsItsMeaningOnEdgeValues(isa: apus_isa) {
    // Every pair of edge values, the third operand running along.
    let a = edgeValues.flatMap { value in edgeValues.map { _ in value } }
    let b = edgeValues.flatMap { _ in edgeValues }
    let c = a.indices.map { edgeValues[($0 * 7 + 3) % edgeValues.count] }
    for op in operations {
        let result = run(
            [instruction(op, 0, 1, 2)], on: isa, inputs: [a, b, c], outputs: [3], count: a.count)[0]
        let meaning = a.indices.map { expected(op, a[$0], b[$0], c[$0]) }
        for index in a.indices where bits(result[index]) != bits(meaning[index]) {
            Issue.record(
                "op \(op.rawValue) of \(a[index]), \(b[index]), \(c[index]) gives \(result[index]), not \(meaning[index])"
            )
            break
        }
    }
}

@Test(arguments: supportedInstructionSets)
func everyOperationGivesTheSameBitsAtEveryLength(isa: apus_isa) {
    var numbers = Numbers(state: 1)
    let a = numbers.floats(1100)
    let b = numbers.floats(1100)
    let c = numbers.floats(1100)
    let lengths = Array(0...40) + [63, 64, 65, 100, 255, 256, 257, 511, 513, 1023, 1100]
    for op in operations {
        let whole = a.indices.map { expected(op, a[$0], b[$0], c[$0]) }
        for count in lengths {
            let result = run(
                [instruction(op, 0, 1, 2)], on: isa, inputs: [a, b, c], outputs: [3], count: count)[
                    0]
            #expect(
                difference(result, Array(whole.prefix(count))) == nil,
                "op \(op.rawValue), \(count) elements")
        }
    }
}

/// d/dx of gelu(x) = x·Φ(x): Φ(x) + x·φ(x), and gelu itself.
private let geluAndDerivative = [
    instruction(APUS_OP_CONSTANT, value: 0.707_106_77),  // 1
    instruction(APUS_OP_MULTIPLY, 0, 1),  // 2: x/√2
    instruction(APUS_OP_ERF, 2),  // 3
    instruction(APUS_OP_CONSTANT, value: 0.5),  // 4
    instruction(APUS_OP_FMA, 3, 4, 4),  // 5: Φ
    instruction(APUS_OP_MULTIPLY, 0, 5),  // 6: gelu
    instruction(APUS_OP_MULTIPLY, 2, 2),  // 7: x²/2
    instruction(APUS_OP_NEGATE, 7),  // 8
    instruction(APUS_OP_EXP, 8),  // 9
    instruction(APUS_OP_CONSTANT, value: 0.398_942_3),  // 10
    instruction(APUS_OP_MULTIPLY, 9, 10),  // 11: φ
    instruction(APUS_OP_FMA, 0, 11, 5),  // 12: derivative
]

@Test(arguments: supportedInstructionSets)
func aProgramEqualsItsInstructionsOneByOne(isa: apus_isa) {
    var numbers = Numbers(state: 2)
    for count in [1, 7, 16, 100, 256, 300, 1000] {
        let x = numbers.floats(count)
        var gelu: [Float] = []
        var derivative: [Float] = []
        for x in x {
            let scaled = x * 0.707_106_77
            let phi = Float(0.5).addingProduct(apus_erf_f32(scaled), 0.5)
            gelu.append(x * phi)
            derivative.append(
                phi.addingProduct(x, apus_exp_f32(-(scaled * scaled)) * 0.398_942_3))
        }
        // The input itself as third output: it must come out untouched.
        let results = run(
            geluAndDerivative, on: isa, inputs: [x], outputs: [6, 12, 0], count: count)
        #expect(difference(results[0], gelu) == nil)
        #expect(difference(results[1], derivative) == nil)
        #expect(difference(results[2], x) == nil)
    }
}

@Test(arguments: supportedInstructionSets)
func aScalarInputCountsForEveryElement(isa: apus_isa) {
    let x = (0..<300).map { Float($0) }
    let result = run(
        [instruction(APUS_OP_SUBTRACT, 1, 0)], on: isa, inputs: [x, [2.5]], outputs: [2], count: 300
    )
    #expect(difference(result[0], x.map { 2.5 - $0 }) == nil)
}

@Test(arguments: supportedInstructionSets)
func resultsMayTakeThePlaceOfTheirInputs(isa: apus_isa) {
    // (x, y) becomes (x + y, x − y), then (y, x) by handing both out crosswise.
    for count in [5, 64, 700] {
        let first = (0..<count).map { Float($0) * 0.5 }
        let second = (0..<count).map { Float($0 * $0) }
        var x = first
        var y = second
        let layouts = [UInt8](repeating: UInt8(APUS_LAYOUT_FLOATS.rawValue), count: 2)
        func evaluate(_ program: [apus_instruction], outputs: [UInt8]) {
            x.withUnsafeMutableBytes { x in
                y.withUnsafeMutableBytes { y in
                    pointwiseKernels(isa).run(
                        program, Int32(program.count),
                        [UnsafeRawPointer(x.baseAddress), UnsafeRawPointer(y.baseAddress)], layouts,
                        2, outputs, [x.baseAddress, y.baseAddress], layouts, 2, Int64(count))
                }
            }
        }
        evaluate(
            [instruction(APUS_OP_ADD, 0, 1), instruction(APUS_OP_SUBTRACT, 0, 1)], outputs: [2, 3])
        #expect(difference(x, zip(first, second).map { $0 + $1 }) == nil)
        #expect(difference(y, zip(first, second).map { $0 - $1 }) == nil)
        let sum = x
        let rest = y
        evaluate([], outputs: [1, 0])
        #expect(difference(x, rest) == nil)
        #expect(difference(y, sum) == nil)
    }
}

@Test(arguments: supportedInstructionSets)
func boolsAreReadAndWrittenAsBytes(isa: apus_isa) {
    // mask ? x : 0 > 3, and not mask
    let program = [
        instruction(APUS_OP_CONSTANT, value: 0),  // 3
        instruction(APUS_OP_SELECT, 1, 0, 3),  // 4
        instruction(APUS_OP_CONSTANT, value: 3),  // 5
        instruction(APUS_OP_GREATER, 4, 5),  // 6
        instruction(APUS_OP_AND, 6, 2),  // 7
        instruction(APUS_OP_NOT, 1),  // 8
    ]
    for count in [1, 15, 16, 33, 257, 600] {
        let x = (0..<count).map { Float($0 % 9) }
        let mask = (0..<count).map { UInt8($0 % 3 == 0 ? 1 : 0) }
        for all in [UInt8(0), 1] {
            var large = [UInt8](repeating: 9, count: count + 1)
            var unmasked = [Float](repeating: 9, count: count)
            x.withUnsafeBytes { x in
                mask.withUnsafeBytes { mask in
                    withUnsafeBytes(of: all) { all in
                        large.withUnsafeMutableBytes { large in
                            unmasked.withUnsafeMutableBytes { unmasked in
                                pointwiseKernels(isa).run(
                                    program, Int32(program.count),
                                    [x.baseAddress, mask.baseAddress, all.baseAddress],
                                    [APUS_LAYOUT_FLOATS, APUS_LAYOUT_BOOLS, APUS_LAYOUT_BOOL].map {
                                        UInt8($0.rawValue)
                                    }, 3, [7, 8], [large.baseAddress, unmasked.baseAddress],
                                    [APUS_LAYOUT_BOOLS, APUS_LAYOUT_FLOATS].map {
                                        UInt8($0.rawValue)
                                    }, 2, Int64(count))
                            }
                        }
                    }
                }
            }
            for index in 0..<count {
                let isLarge = all == 1 && mask[index] == 1 && x[index] > 3
                #expect(large[index] == (isLarge ? 1 : 0))
                #expect(unmasked[index] == (mask[index] == 1 ? 0 : 1))
            }
            #expect(large[count] == 9)
        }
    }
}
