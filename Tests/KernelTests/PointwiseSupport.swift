import CApusKernels

/// The instruction sets that this machine can run, the portable one first.
let supportedInstructionSets = [
    APUS_ISA_PORTABLE, APUS_ISA_AVX2, APUS_ISA_AVX512, APUS_ISA_NEON,
].filter { apus_isa_supported($0) != 0 }

/// Floats at the edges: zeros, denormals, the limits, infinities, NaN, and where formulas change branch.
let edgeValues: [Float] =
    [
        0, .leastNonzeroMagnitude, 0x1p-140, Float(bitPattern: 0x007f_ffff), .leastNormalMagnitude,
        0x1p-24, 0.25,
        0.5, 0.549_999_95, 0.55, 0.85, 1, 0x1.fffffep-1, 0x1.000002p0, 1.5, 2, 2.5, 3, 3.95, 10,
        17.5,
        87.5, 88.72283, 88.72284, 103.9, 104, 150, 0x1p23, 0x1.000002p23, 0x1p24, 0x1p25, 0x1p60,
        0x1p127, .greatestFiniteMagnitude, .infinity, .nan,
    ].flatMap { [$0, -$0] }

/// Numbers that repeat on every run: a 64-bit linear congruence, its upper bits.
struct Numbers {
    var state: UInt64

    mutating func next() -> UInt32 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt32(truncatingIfNeeded: state >> 32)
    }

    mutating func float(in range: ClosedRange<Float>) -> Float {
        range.lowerBound + Float(next() >> 8) * 0x1p-24 * (range.upperBound - range.lowerBound)
    }

    mutating func floats(_ count: Int, in range: ClosedRange<Float> = -8...8) -> [Float] {
        (0..<count).map { _ in float(in: range) }
    }
}

/// Bits that compare: NaNs are all one, as only their sign and payload are left open.
func bits(_ x: Float) -> UInt32 { x.isNaN ? 0x7fc0_0000 : x.bitPattern }

/// The first place where the bits of two arrays differ, as text; nil where they agree.
func difference(_ actual: [Float], _ expected: [Float]) -> String? {
    if actual.count != expected.count { return "\(actual.count) and \(expected.count) elements" }
    for (index, pair) in zip(actual, expected).enumerated() where bits(pair.0) != bits(pair.1) {
        return "element \(index) of \(actual.count): \(pair.0) is not \(pair.1)"
    }
    return nil
}

func instruction(
    _ op: apus_op, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, value: Double = 0
) -> apus_instruction {
    apus_instruction(
        op: UInt16(op.rawValue), a: UInt16(a), b: UInt16(b), c: UInt16(c), value: value)
}

func pointwiseKernels(_ isa: apus_isa) -> apus_pointwise_kernels {
    guard let kernels = apus_pointwise_kernels_for(isa) else {
        fatalError("no pointwise kernels for instruction set \(isa.rawValue)")
    }
    return kernels.pointee
}

func reduceKernels(_ isa: apus_isa) -> apus_reduce_kernels {
    guard let kernels = apus_reduce_kernels_for(isa) else {
        fatalError("no reductions for instruction set \(isa.rawValue)")
    }
    return kernels.pointee
}

/// Calls `body` with the array copied to an address that only floats are aligned to.
func unaligned<Result>(_ x: [Float], _ body: (UnsafePointer<Float>) -> Result) -> Result {
    let memory = UnsafeMutablePointer<Float>.allocate(capacity: x.count + 1)
    defer { memory.deallocate() }
    (memory + 1).initialize(from: x, count: x.count)
    return body(memory + 1)
}

/// Runs a program on float inputs (one with a single element counts for all); all memory begins one float
/// past an aligned address.
func run(
    _ program: [apus_instruction], on isa: apus_isa, inputs: [[Float]], outputs: [Int], count: Int
) -> [[Float]] {
    let inputMemory = inputs.map {
        let memory = UnsafeMutablePointer<Float>.allocate(capacity: $0.count + 1)
        (memory + 1).initialize(from: $0, count: $0.count)
        return memory
    }
    let outputMemory = outputs.map { _ in
        let memory = UnsafeMutablePointer<Float>.allocate(capacity: count + 2)
        memory.initialize(repeating: -7, count: count + 2)
        return memory
    }
    defer { for memory in inputMemory + outputMemory { memory.deallocate() } }
    pointwiseKernels(isa).run(
        program, Int32(program.count), inputMemory.map { UnsafeRawPointer($0 + 1) },
        inputs.map {
            UInt8(($0.count == 1 && count > 1 ? APUS_LAYOUT_FLOAT : APUS_LAYOUT_FLOATS).rawValue)
        },
        Int32(inputs.count), outputs.map(UInt8.init),
        outputMemory.map { UnsafeMutableRawPointer($0 + 1) },
        outputs.map { _ in UInt8(APUS_LAYOUT_FLOATS.rawValue) }, Int32(outputs.count), Int64(count))
    return outputMemory.map { memory in
        // What stands before and behind the result must not be touched.
        precondition(memory[0] == -7 && memory[count + 1] == -7, "written outside the result")
        return (0..<count).map { memory[$0 + 1] }
    }
}
