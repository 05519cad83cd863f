import ApusCore
import CApusKernels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

private let supported = InstructionSet.allCases.filter(\.isSupported)

/// The four fills in one shape, with settings that show every part of their formulas.
private enum Fill: CaseIterable {
    case words, uniform, normal, mask

    func callAsFunction(
        _ kernels: apus_random_kernels, key: UInt64, position: UInt64, count: Int
    ) -> [UInt32] {
        var out = [UInt32](repeating: 0, count: count)
        out.withUnsafeMutableBytes { bytes in
            let words = bytes.bindMemory(to: UInt32.self).baseAddress
            let floats = bytes.bindMemory(to: Float.self).baseAddress
            switch self {
            case .words: kernels.words(words, key, position, count)
            case .uniform: kernels.uniform(floats, key, position, count, -3, 5)
            case .normal: kernels.normal(floats, key, position, count, 1.5, 0.7)
            case .mask: kernels.mask(floats, key, position, count, 0.3, 1.25)
            }
        }
        return out
    }
}

private func portable() throws -> apus_random_kernels {
    try #require(apus_random_kernels_for(APUS_ISA_PORTABLE)).pointee
}

@Test func philoxGivesItsPublishedNumbers() {
    // The known answers that come with the authors' Random123 library.
    let cases: [(low: UInt64, high: UInt64, key: UInt64, words: [UInt32])] = [
        (0, 0, 0, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        (.max, .max, .max, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        (
            0x85a3_08d3_243f_6a88, 0x0370_7344_1319_8a2e, 0x299f_31d0_a409_3822,
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        ),
    ]
    for known in cases {
        let words = apus_philox(known.low, known.high, known.key).words
        #expect([words.0, words.1, words.2, words.3] == known.words)
    }
}

@Test(arguments: supported)
func wordsAreTheBlocksInOrder(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_random_kernels_for(instructionSet.code)).pointee
    let key: UInt64 = 0x0123_4567_89ab_cdef
    // Around 0, across the lower word of the block number, and at the end of the stream.
    for position: UInt64 in [0, 1, (1 << 34) - 30, .max - 200] {
        var out = [UInt32](repeating: 0, count: 150)
        kernels.words(&out, key, position, 150)
        for (index, word) in out.enumerated() {
            let place = position + UInt64(index)
            let block = apus_philox(place / 4, 0, key).words
            #expect(word == [block.0, block.1, block.2, block.3][Int(place % 4)])
        }
    }
}

@Test(arguments: supported)
func fillsAreThoseOfThePortableKernelsHoweverCut(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_random_kernels_for(instructionSet.code)).pointee
    let reference = try portable()
    for fill in Fill.allCases {
        let whole = fill(reference, key: 7, position: 1000, count: 500)
        for (start, count) in [(0, 500), (0, 1), (1, 1), (3, 64), (5, 129), (64, 64), (2, 450)] {
            let part = fill(
                kernels, key: 7, position: 1000 + UInt64(start), count: count)
            #expect(part == Array(whole[start..<start + count]), "\(fill) \(start) \(count)")
        }
        #expect(fill(kernels, key: 8, position: 1000, count: 500) != whole, "\(fill)")
    }
}

@Test func uniformNumbersKeepBelowTheirUpperBound() throws {
    let kernels = try portable()
    for (lower, upper): (Float, Float) in [(0, 1), (1, 2), (-1, 0), (-2, -1), (1e6, 1e6 + 0.25)] {
        var out = [Float](repeating: 0, count: 3000)
        kernels.uniform(&out, 1, 0, out.count, lower, upper)
        #expect(out.allSatisfy { $0 >= lower && $0 < upper }, "\(lower)..<\(upper)")
    }
}

@Test func uniformNumbersHaveTheirMoments() throws {
    let count = 40_000
    var out = [Float](repeating: 0, count: count)
    try portable().uniform(&out, 5, 0, count, 0, 1)
    let mean = out.reduce(0.0) { $0 + Double($1) } / Double(count)
    let square = out.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(count)
    // Four standard errors.
    #expect(abs(mean - 0.5) < 4 * (1.0 / 12 / Double(count)).squareRoot())
    #expect(abs(square - 1.0 / 3) < 4 * (4.0 / 45 / Double(count)).squareRoot())
}

@Test func normalNumbersAreBoxAndMullers() throws {
    let kernels = try portable()
    let count = 2000
    var words = [UInt32](repeating: 0, count: count)
    var out = [Float](repeating: 0, count: count)
    kernels.words(&words, 11, 0, count)
    kernels.normal(&out, 11, 0, count, 0, 1)
    for pair in stride(from: 0, to: count, by: 2) {
        let u = Double(Float(words[pair] >> 1) + 0.5) * 0x1p-31
        let radius = (-2 * log(u)).squareRoot()
        let angle = 2 * Double.pi * Double(words[pair + 1]) * 0x1p-32
        #expect(abs(Double(out[pair]) - radius * cos(angle)) < 1e-6)
        #expect(abs(Double(out[pair + 1]) - radius * sin(angle)) < 1e-6)
    }
}

@Test func normalNumbersHaveTheirMoments() throws {
    let count = 40_000
    var out = [Float](repeating: 0, count: count)
    try portable().normal(&out, 5, 0, count, 0, 1)
    func moment(_ power: Int) -> Double {
        out.reduce(0.0) { $0 + pow(Double($1), Double(power)) } / Double(count)
    }
    // Four standard errors: the variance of xᵏ is 1, 2, 15, 96.
    #expect(abs(moment(1)) < 4 * (1.0 / Double(count)).squareRoot())
    #expect(abs(moment(2) - 1) < 4 * (2.0 / Double(count)).squareRoot())
    #expect(abs(moment(3)) < 4 * (15.0 / Double(count)).squareRoot())
    #expect(abs(moment(4) - 3) < 4 * (96.0 / Double(count)).squareRoot())
    let neighbours = zip(out, out.dropFirst()).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    #expect(abs(neighbours / Double(count)) < 4 * (1.0 / Double(count)).squareRoot())
}

@Test func masksAreZeroWhereTheUniformNumberIsBelow() throws {
    let kernels = try portable()
    for probability: Float in [0, 0x1p-24, 0.1, 0.5, 0.999, 1] {
        var uniform = [Float](repeating: 0, count: 3000)
        var mask = uniform
        kernels.uniform(&uniform, 3, 9, 3000, 0, 1)
        kernels.mask(&mask, 3, 9, 3000, probability, 2)
        #expect(mask == uniform.map { $0 < probability ? 0 : 2 }, "\(probability)")
    }
}
