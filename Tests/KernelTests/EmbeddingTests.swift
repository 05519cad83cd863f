import ApusCore
import CApusKernels
import Testing

/// Bags of ids for a table, the same in every run.
private struct Batch {
    let width: Int
    let table: [Float]
    let ids: [Int32]
    let offsets: [Int32]
    let weights: [Float]

    init(rows: Int, width: Int, bagSizes: [Int], seed: UInt64) {
        var generator = RandomGenerator(RandomKey(seed))
        self.width = width
        table = (0..<rows * width).map { _ in generator.uniform() - 0.5 }
        let total = bagSizes.reduce(0, +)
        ids = (0..<total).map { _ in Int32(generator.integer(below: rows)) }
        weights = (0..<total).map { _ in generator.uniform() * 2 - 0.5 }
        offsets = bagSizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1)) }
    }

    var bags: Int { offsets.count - 1 }

    /// The formula, straight.
    func expected(weighted: Bool, mode: apus_bag_mode) -> [Float] {
        var out = [Float](repeating: 0, count: bags * width)
        for bag in 0..<bags {
            let positions = Int(offsets[bag])..<Int(offsets[bag + 1])
            for column in 0..<width {
                var sum: Float = 0
                for position in positions {
                    let weight = weighted ? weights[position] : 1
                    sum.addProduct(weight, table[Int(ids[position]) * width + column])
                }
                if mode == APUS_BAG_MEAN, !positions.isEmpty { sum /= Float(positions.count) }
                out[bag * width + column] = sum
            }
        }
        return out
    }
}

/// The transposed bags as the kernel lists them.
private struct Transposed: Equatable {
    var rows: [Int32] = []
    var starts: [Int32] = [0]
    var sources: [Int32] = []
    var coefficients: [Float] = []

    init(kernelOf batch: Batch, weighted: Bool, mode: apus_bag_mode, from firstBag: Int = 0) {
        let first = Int(batch.offsets[firstBag])
        let total = batch.ids.count - first
        rows = [Int32](repeating: -1, count: total)
        starts = [Int32](repeating: -1, count: total + 1)
        sources = [Int32](repeating: -1, count: total)
        coefficients = [Float](repeating: -1, count: total)
        var workspace = [UInt64](repeating: .max, count: 2 * total)
        let offsets = Array(batch.offsets[firstBag...])
        let weights = batch.weights
        let count = weights.withUnsafeBufferPointer { weights in
            apus_transpose_bags(
                &rows, &starts, &sources, &coefficients, &workspace, batch.ids, offsets,
                weighted ? weights.baseAddress : nil, offsets.count - 1, mode)
        }
        rows.removeLast(total - count)
        starts.removeLast(total - count)
    }

    init(formulaOf batch: Batch, weighted: Bool, mode: apus_bag_mode) {
        let bagOf = (0..<batch.bags).flatMap { bag in
            Array(repeating: bag, count: Int(batch.offsets[bag + 1] - batch.offsets[bag]))
        }
        let order = batch.ids.indices.sorted { (batch.ids[$0], $0) < (batch.ids[$1], $1) }
        for (place, position) in order.enumerated() {
            if rows.last != batch.ids[position] {
                rows.append(batch.ids[position])
                starts.append(0)
            }
            starts[rows.count] = Int32(place + 1)
            let bag = bagOf[position]
            let size = Float(batch.offsets[bag + 1] - batch.offsets[bag])
            sources.append(Int32(bag))
            coefficients.append(
                (weighted ? batch.weights[position] : 1) / (mode == APUS_BAG_MEAN ? size : 1))
        }
    }
}

private let supported = InstructionSet.allCases.filter(\.isSupported)
private let bagSizes = [3, 0, 1, 40, 2, 0, 17]
private let widths = [1, 2, 3, 4, 5, 7, 8, 10, 15, 16, 17, 31, 33, 48, 77, 129, 151, 300]

@Test(arguments: supported)
func bagsAreTheirFormulaToTheBit(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_embedding_kernels_for(instructionSet.code)).pointee
    for width in widths {
        let batch = Batch(rows: 50, width: width, bagSizes: bagSizes, seed: UInt64(width))
        for weighted in [false, true] {
            for mode in [APUS_BAG_SUM, APUS_BAG_MEAN] {
                let size = batch.bags * width
                var out = [Float](repeating: 7, count: size + 16)
                batch.weights.withUnsafeBufferPointer {
                    let weights = weighted ? $0.baseAddress : nil
                    // In two parts, as two threads would.
                    kernels.bags(
                        &out, batch.table, width, batch.ids, batch.offsets, weights, 3, batch.bags,
                        mode)
                    kernels.bags(
                        &out, batch.table, width, batch.ids, batch.offsets, weights, 0, 3, mode)
                }
                let expected = batch.expected(weighted: weighted, mode: mode)
                #expect(Array(out[..<size]) == expected, "width \(width), weighted \(weighted)")
                #expect(out[size...].allSatisfy { $0 == 7 }, "width \(width) wrote too far")
            }
        }
    }
}

@Test(arguments: supported)
func gatheringCopiesRows(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_embedding_kernels_for(instructionSet.code)).pointee
    for width in widths {
        let batch = Batch(rows: 50, width: width, bagSizes: [67], seed: 1)
        let size = 67 * width
        var out = [Float](repeating: 7, count: size + 16)
        kernels.gather(&out, batch.table, width, batch.ids, 67)
        let expected = batch.ids.flatMap { batch.table[Int($0) * width..<(Int($0) + 1) * width] }
        #expect(Array(out[..<size]) == expected, "width \(width)")
        #expect(out[size...].allSatisfy { $0 == 7 }, "width \(width) wrote too far")
    }
}

@Test(arguments: supported)
func theFirstIdOutsideTheTableIsFound(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_embedding_kernels_for(instructionSet.code)).pointee
    for count in [0, 1, 63, 64, 65, 200] {
        var ids = (0..<count).map { Int32($0 % 10) }
        #expect(kernels.check_ids(ids, count, 10) == -1)
        #expect(kernels.check_ids(ids, count, 1 << 40) == -1)
        #expect(kernels.check_ids(ids, count, 0) == (count == 0 ? -1 : 0))
        for place in [count - 1, count / 2] where count > 0 {
            for wrong: Int32 in [-1, 10, .max, .min] {
                ids[place] = wrong
                #expect(kernels.check_ids(ids, count, 10) == Int64(place))
            }
        }
    }
}

@Test(arguments: [
    (rows: 1, sizes: [0, 0]), (rows: 1, sizes: [5]), (rows: 9, sizes: [30, 0, 30]),
    (rows: 3000, sizes: [100, 1, 200]), (rows: 2_000_000, sizes: [500, 0, 700]),
    (rows: 70_000, sizes: [1500, 1500]), (rows: 2_000_000, sizes: [3000]),
])
func transposedBagsListEachTouchedRowOnceInOrder(rows: Int, sizes: [Int]) {
    // No table is needed: width 0.
    let batch = Batch(rows: rows, width: 0, bagSizes: sizes, seed: UInt64(rows))
    for weighted in [false, true] {
        for mode in [APUS_BAG_SUM, APUS_BAG_MEAN] {
            let kernel = Transposed(kernelOf: batch, weighted: weighted, mode: mode)
            #expect(kernel == Transposed(formulaOf: batch, weighted: weighted, mode: mode))
        }
    }
}

@Test func idsUpToTheLargestIntegerAreSorted() {
    let ids: [Int32] = [.max, 0, .max - 1, 1 << 30, .max, 0]
    var rows = [Int32](repeating: 0, count: 6)
    var starts = [Int32](repeating: 0, count: 7)
    var sources = [Int32](repeating: 0, count: 6)
    var workspace = [UInt64](repeating: 0, count: 12)
    let count = apus_transpose_bags(
        &rows, &starts, &sources, nil, &workspace, ids, nil, nil, 6, APUS_BAG_SUM)
    #expect(Array(rows[..<count]) == [0, 1 << 30, Int32.max - 1, .max])
    #expect(Array(starts[...count]) == [0, 2, 3, 4, 6])
    #expect(sources == [1, 5, 3, 2, 0, 4])
}

@Test func aSliceOfTheBagsIsTransposedAlone() {
    let batch = Batch(rows: 20, width: 0, bagSizes: bagSizes, seed: 3)
    let slice = Batch(slicing: batch, from: 3)
    #expect(
        Transposed(kernelOf: batch, weighted: true, mode: APUS_BAG_MEAN, from: 3)
            == Transposed(formulaOf: slice, weighted: true, mode: APUS_BAG_MEAN))
}

extension Batch {
    fileprivate init(slicing batch: Batch, from firstBag: Int) {
        let first = batch.offsets[firstBag]
        width = batch.width
        table = batch.table
        ids = Array(batch.ids[Int(first)...])
        weights = Array(batch.weights[Int(first)...])
        offsets = batch.offsets[firstBag...].map { $0 - first }
    }
}

@Test(arguments: supported)
func theRowGradientAddsEachOccurrenceInOrder(on instructionSet: InstructionSet) throws {
    let kernels = try #require(apus_embedding_kernels_for(instructionSet.code)).pointee
    for width in [1, 10, 77] {
        let batch = Batch(rows: 30, width: width, bagSizes: bagSizes, seed: 5)
        let transposed = Transposed(kernelOf: batch, weighted: true, mode: APUS_BAG_MEAN)
        let count = transposed.rows.count
        let gradient = (0..<batch.bags * width).map { Float($0 % 23) / 7 - 1 }
        var values = [Float](repeating: 7, count: count * width)
        kernels.bags(
            &values, gradient, width, transposed.sources, transposed.starts,
            transposed.coefficients, 0, count, APUS_BAG_SUM)

        var table = [Float](repeating: 0, count: 30 * width)
        for bag in 0..<batch.bags {
            let positions = Int(batch.offsets[bag])..<Int(batch.offsets[bag + 1])
            for position in positions {
                let factor = batch.weights[position] / Float(positions.count)
                for column in 0..<width {
                    table[Int(batch.ids[position]) * width + column].addProduct(
                        factor, gradient[bag * width + column])
                }
            }
        }
        for (place, row) in transposed.rows.enumerated() {
            for column in 0..<width {
                #expect(values[place * width + column] == table[Int(row) * width + column])
                table[Int(row) * width + column] = 0
            }
        }
        #expect(table.allSatisfy { $0 == 0 }, "a touched row is missing")
    }
}
