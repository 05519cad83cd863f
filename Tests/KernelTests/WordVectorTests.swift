import ApusCore
import CApusKernels
import Testing

/// A block of windows over random tables, and what the kernels leave behind.
private struct WindowBlock {
    let dimension: Int
    let averages: Bool
    let windows = 37
    let chunk = 8
    let halo = 3
    let words = 23
    let ngramRows = 11
    let rate: Float = 0.1

    var inputs: [Float]
    var ngrams: [Float]
    var outputs: [Float]
    private var inputRows: [[Int]] = []
    private var reaches: [Range<Int>] = []
    private var targets: [[(row: Int, label: Float)]] = []

    var width: Int { (dimension + 15) / 16 * 16 }

    init(dimension: Int, averages: Bool, subwords: Bool, seed: UInt64) {
        self.dimension = dimension
        self.averages = averages
        var generator = RandomGenerator(RandomKey(seed))
        inputs = (0..<words * dimension).map { _ in generator.uniform() - 0.5 }
        ngrams = (0..<ngramRows * dimension).map { _ in generator.uniform() - 0.5 }
        let width = (dimension + 15) / 16 * 16
        outputs = (0..<words * width).map { index in
            let number = generator.uniform() - 0.5
            return index % width < dimension ? number : 0
        }
        for position in 0..<(windows + 2 * halo) {
            // The first position lies before the text.
            var rows = position == 0 ? [] : [generator.integer(below: words)]
            if subwords, position > 0 {
                for _ in 0..<generator.integer(below: 4) {
                    rows.append(words + generator.integer(below: ngramRows))
                }
            }
            inputRows.append(rows)
        }
        for window in 0..<windows {
            let centre = window + halo
            // The last window has nothing to look at, and so nothing to predict.
            let isAlone = window == windows - 1
            let before = isAlone ? 0 : generator.integer(below: halo) + 1
            let behind = isAlone ? 0 : generator.integer(below: halo + 1)
            reaches.append(max(centre - before, 1)..<(centre + behind + 1))
            let count = isAlone ? 0 : 1 + generator.integer(below: 7)
            targets.append(
                (0..<count).map { (generator.integer(below: words), $0 == 0 ? 1 : 0) })
        }
    }

    private func contexts(of window: Int) -> [Int] {
        reaches[window].filter { $0 != window + halo }
    }

    /// The scheme, straight: every gradient from the tables as they were.
    ///
    /// - Returns: the loss of the first chunk.
    mutating func trainPlainly() -> Double {
        typealias Row = [Double]
        func add(_ factor: Double, _ x: Row, to row: inout Row) {
            for column in row.indices { row[column] += factor * x[column] }
        }
        func rows(_ table: [Float], _ stride: Int) -> [Row] {
            (0..<table.count / stride).map { row in
                (0..<dimension).map { Double(table[row * stride + $0]) }
            }
        }
        let oldInputs = rows(inputs, dimension) + rows(ngrams, dimension)
        let oldOutputs = rows(outputs, width)
        var newInputs = oldInputs
        var newOutputs = oldOutputs
        var loss = 0.0
        let vectors: [Row] = inputRows.map { its in
            var mean = Row(repeating: 0, count: dimension)
            for row in its { add(1 / Double(its.count), oldInputs[row], to: &mean) }
            return mean
        }
        for window in 0..<windows {
            let places = contexts(of: window)
            // Groups of positions that predict together: all of them, or each by itself.
            for group in averages && !places.isEmpty ? [places] : places.map({ [$0] }) {
                var hidden = Row(repeating: 0, count: dimension)
                for place in group { add(1 / Double(group.count), vectors[place], to: &hidden) }
                var gradient = Row(repeating: 0, count: dimension)
                for target in targets[window] {
                    let w = oldOutputs[target.row]
                    let product = Float(zip(hidden, w).reduce(0) { $0 + $1.0 * $1.1 })
                    let error = Double(rate) * Double(target.label - apus_sigmoid_f32(product))
                    add(error, hidden, to: &newOutputs[target.row])
                    add(error, w, to: &gradient)
                    if window < chunk {
                        loss += Double(apus_softplus_f32(target.label == 1 ? -product : product))
                    }
                }
                for place in group {
                    for row in inputRows[place] { add(1, gradient, to: &newInputs[row]) }
                }
            }
        }
        inputs = newInputs[..<words].joined().map { Float($0) }
        ngrams = newInputs[words...].joined().map { Float($0) }
        for row in 0..<words {
            for column in 0..<dimension {
                outputs[row * width + column] = Float(newOutputs[row][column])
            }
        }
        return loss
    }

    /// The same by the kernels of an instruction set.
    mutating func train(_ kernels: UnsafePointer<apus_wordvector_kernels>) -> Float {
        var flatInputs: [Int32] = []
        var positions: [Int32] = []
        var inputStarts: [Int32] = [0]
        for (position, rows) in inputRows.enumerated() {
            for row in rows {
                flatInputs.append(Int32(row))
                positions.append(Int32(position))
            }
            inputStarts.append(Int32(flatInputs.count))
        }
        var flatOutputs: [Int32] = []
        var owners: [Int32] = []
        var labels: [Float] = []
        var outputStarts: [Int32] = [0]
        var coefficientStarts: [Int32] = []
        var coefficientCount = 0
        for (window, its) in targets.enumerated() {
            for target in its {
                flatOutputs.append(Int32(target.row))
                owners.append(Int32(window))
                labels.append(target.label)
            }
            outputStarts.append(Int32(flatOutputs.count))
            coefficientStarts.append(Int32(coefficientCount))
            coefficientCount += its.count * (averages ? 1 : contexts(of: window).count)
        }
        let chunks = (windows + chunk - 1) / chunk
        let touchedInputs = Chains(flatInputs)
        let touchedOutputs = Chains(flatOutputs)
        let lists = [
            inputStarts, flatInputs, positions, reaches.map { Int32($0.lowerBound) },
            reaches.map { Int32($0.upperBound) }, outputStarts, flatOutputs, owners,
            coefficientStarts, touchedInputs.rows, touchedInputs.first, touchedInputs.next,
            touchedOutputs.rows, touchedOutputs.first, touchedOutputs.next,
        ].map(lent)
        let room = chunks * (chunk + 2 * halo) * width
        let memory = [
            inputs, ngrams, outputs, labels, [Float](repeating: .nan, count: coefficientCount),
            [Float](repeating: .nan, count: room), [Float](repeating: .nan, count: room),
            [Float](repeating: .nan, count: windows * width),
            [Float](repeating: .nan, count: chunks),
        ].map(lent)
        defer {
            for list in lists { list.deallocate() }
            for floats in memory { floats.deallocate() }
        }
        var block = apus_window_block(
            dimension: Int64(dimension), width: Int64(width), chunk: Int64(chunk),
            halo: Int64(halo), windows: Int64(windows), averages: averages ? 1 : 0, rate: rate,
            words: Int64(words), inputs: memory[0].baseAddress, ngrams: memory[1].baseAddress,
            outputs: memory[2].baseAddress, input_starts: lists[0].baseAddress,
            input_rows: lists[1].baseAddress, input_positions: lists[2].baseAddress,
            first: lists[3].baseAddress, end: lists[4].baseAddress,
            output_starts: lists[5].baseAddress, output_rows: lists[6].baseAddress,
            output_windows: lists[7].baseAddress, labels: memory[3].baseAddress,
            coefficient_starts: lists[8].baseAddress, coefficients: memory[4].baseAddress,
            hidden: memory[5].baseAddress, gradients: memory[6].baseAddress,
            means: memory[7].baseAddress, losses: memory[8].baseAddress,
            touched_inputs: apus_touched_rows(
                rows: lists[9].baseAddress, first: lists[10].baseAddress,
                next: lists[11].baseAddress, count: Int64(touchedInputs.rows.count)),
            touched_outputs: apus_touched_rows(
                rows: lists[12].baseAddress, first: lists[13].baseAddress,
                next: lists[14].baseAddress, count: Int64(touchedOutputs.rows.count)))
        for chunk in 0..<chunks {
            kernels.pointee.compute(&block, Int64(chunk), chunk == 0 ? 1 : 0)
        }
        kernels.pointee.update_outputs(&block, 0, block.touched_outputs.count)
        kernels.pointee.update_inputs(&block, 0, block.touched_inputs.count)
        (inputs, ngrams, outputs) = (Array(memory[0]), Array(memory[1]), Array(memory[2]))
        return memory[8][0]
    }
}

/// A copy of an array at an address that stays.
private func lent<Element>(_ values: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: values.count)
    _ = memory.initialize(from: values)
    return memory
}

/// The rows of a list, each once, with the chain of its places.
private struct Chains {
    var rows: [Int32] = []
    var first: [Int32] = []
    var next: [Int32]

    init(_ list: [Int32]) {
        next = [Int32](repeating: -1, count: list.count)
        var last: [Int32: Int] = [:]
        for (place, row) in list.enumerated() {
            if let before = last[row] {
                next[before] = Int32(place)
            } else {
                rows.append(row)
                first.append(Int32(place))
            }
            last[row] = place
        }
    }
}

private let usableSets = InstructionSet.allCases.filter(\.isSupported)

@Suite struct WordVectorTests {
    @Test(arguments: [1, 17, 100, 300], [false, true])
    func aBlockOfWindowsIsWhatTheFormulasSay(dimension: Int, averages: Bool) throws {
        for subwords in [false, true] {
            let block = WindowBlock(
                dimension: dimension, averages: averages, subwords: subwords, seed: 7)
            var expected = block
            let expectedLoss = expected.trainPlainly()
            for set in usableSets {
                var trained = block
                let kernels = try #require(apus_wordvector_kernels_for(set.code))
                let loss = Double(trained.train(kernels))
                #expect(abs(loss - expectedLoss) < 1e-4 * expectedLoss)
                for (a, b) in [
                    (trained.inputs, expected.inputs), (trained.ngrams, expected.ngrams),
                    (trained.outputs, expected.outputs),
                ] {
                    let worst = zip(a, b).map { abs($0 - $1) }.max() ?? 0
                    #expect(worst < 2e-5, "\(set), dimension \(dimension)")
                }
            }
        }
    }

    @Test(arguments: [1, 17, 100, 300], [false, true])
    func everyInstructionSetTrainsTheSameBits(dimension: Int, averages: Bool) throws {
        let block = WindowBlock(dimension: dimension, averages: averages, subwords: true, seed: 8)
        var results: [[UInt32]] = []
        for set in usableSets {
            var trained = block
            _ = trained.train(try #require(apus_wordvector_kernels_for(set.code)))
            results.append((trained.inputs + trained.ngrams + trained.outputs).map(\.bitPattern))
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }
}
