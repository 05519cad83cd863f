import ApusCore
import CApusKernels

/// Computes planned blocks and applies them, all threads together.
///
/// A block takes two rounds: its chunks are computed; then the touched rows are changed, each by one thread, while
/// the next block is planned. Work is cut by the block alone, so the threads decide nothing but who does what.
final class BlockTrainer {
    private let settings: WordVectorTraining
    private let words: Int
    private let width: Int
    private let chunkRoom: Int
    private let chunks: Int

    private let outputs: UnsafeMutableBufferPointer<Float>
    private let hidden: UnsafeMutableBufferPointer<Float>
    private let gradients: UnsafeMutableBufferPointer<Float>
    private let means: UnsafeMutableBufferPointer<Float>
    private let losses: UnsafeMutableBufferPointer<Float>
    private var coefficients = Growing<Float>()

    /// So many touched rows are changed by one task.
    private static let rowsInTask = 64
    /// Every so many blocks the loss of the first chunk is worked out; the mean fades over some of these.
    private static let blocksPerLoss = 8
    private static let lossMemory = 0.99

    init(_ settings: WordVectorTraining, _ vocabulary: CorpusVocabulary, _ inputs: SubwordRows?) {
        self.settings = settings
        words = vocabulary.count
        width = (settings.dimension + 15) / 16 * 16
        chunkRoom = (settings.windowsInChunk + 2 * settings.window) * width
        chunks = (settings.windowsInBlock + settings.windowsInChunk - 1) / settings.windowsInChunk
        outputs = Self.memory(words * width)
        outputs.initialize(repeating: 0)
        hidden = Self.memory(chunks * chunkRoom)
        gradients = Self.memory(chunks * chunkRoom)
        means = Self.memory(
            settings.architecture == .cbow ? settings.windowsInBlock * width : 0)
        losses = Self.memory(chunks)
    }

    deinit {
        for buffer in [outputs, hidden, gradients, means, losses] {
            guard let base = buffer.baseAddress else { continue }
            MemoryPool.release(base, byteCount: buffer.count * 4)
        }
    }

    private static func memory(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
        let base = MemoryPool.allocate(byteCount: count * 4)
        return .init(start: base.bindMemory(to: Float.self, capacity: count), count: count)
    }

    /// The output rows without their padding: [words, dimension].
    func outputRows() -> [Float] {
        let dimension = settings.dimension
        return [Float](unsafeUninitializedCapacity: words * dimension) { rows, count in
            for row in 0..<words {
                for column in 0..<dimension {
                    rows[row * dimension + column] = outputs[row * width + column]
                }
            }
            count = words * dimension
        }
    }

    /// Runs through all blocks.
    func run(
        _ planner: BlockPlanner, inputs: UnsafeMutableBufferPointer<Float>,
        ngrams: UnsafeMutableBufferPointer<Float>, totalWords: Int,
        _ progress: (WordVectorProgress) throws -> Void
    ) throws {
        let clock = ContinuousClock()
        let start = clock.now
        var lastReport = start
        var meter = LossMeter(memory: Self.lossMemory)
        var current = PlannedBlock()
        var following = PlannedBlock()
        var number = 0
        var goesOn = try planner.plan(&current)
        while goesOn {
            let asksForLoss = number % Self.blocksPerLoss == 0
            var task = self.task(current, inputs, ngrams)
            compute(
                &task,
                chunks: (current.windows + settings.windowsInChunk - 1)
                    / settings.windowsInChunk, asksForLoss)
            if asksForLoss { meter.add(Double(losses[0]), predictions(in: current)) }
            goesOn = try update(&task, planner, &following)
            number += 1
            if number % 64 == 0 || !goesOn, clock.now - lastReport > .milliseconds(100) || !goesOn {
                lastReport = clock.now
                let seconds = Double(lastReport - start)
                try progress(
                    WordVectorProgress(
                        words: goesOn ? following.wordsBefore : totalWords, totalWords: totalWords,
                        epoch: min(
                            following.wordsBefore * settings.epochs / max(totalWords, 1) + 1,
                            settings.epochs),
                        epochs: settings.epochs, rate: Double(current.rate), loss: meter.mean,
                        wordsPerSecond: seconds > 0
                            ? Double(following.wordsBefore) / seconds : 0))
            }
            swap(&current, &following)
        }
    }

    private func compute(_ task: inout apus_window_block, chunks: Int, _ asksForLoss: Bool) {
        let kernels = Kernels.wordVectors
        withUnsafePointer(to: task) { task in
            Parallel.run(chunks) { chunk in
                kernels.pointee.compute(task, Int64(chunk), asksForLoss && chunk == 0 ? 1 : 0)
            }
        }
    }

    /// Changes the touched rows and plans the next block meanwhile.
    ///
    /// - Returns: whether there is a next block.
    private func update(
        _ task: inout apus_window_block, _ planner: BlockPlanner, _ following: inout PlannedBlock
    ) throws -> Bool {
        let kernels = Kernels.wordVectors
        let step = Self.rowsInTask
        let outputTasks = (Int(task.touched_outputs.count) + step - 1) / step
        let inputTasks = (Int(task.touched_inputs.count) + step - 1) / step
        // Task 0 alone touches these.
        nonisolated(unsafe) var planned: Result<Bool, any Error> = .success(false)
        withUnsafePointer(to: task) { task in
            withUnsafeMutablePointer(to: &following) { following in
                Parallel.run(1 + outputTasks + inputTasks) { number in
                    if number == 0 {
                        planned = Result { try planner.plan(&following.pointee) }
                    } else if number <= outputTasks {
                        let first = (number - 1) * step
                        let end = min(first + step, Int(task.pointee.touched_outputs.count))
                        kernels.pointee.update_outputs(task, Int64(first), Int64(end))
                    } else {
                        let first = (number - 1 - outputTasks) * step
                        let end = min(first + step, Int(task.pointee.touched_inputs.count))
                        kernels.pointee.update_inputs(task, Int64(first), Int64(end))
                    }
                }
            }
        }
        return try planned.get()
    }

    private func task(
        _ block: borrowing PlannedBlock, _ inputs: UnsafeMutableBufferPointer<Float>,
        _ ngrams: UnsafeMutableBufferPointer<Float>
    ) -> apus_window_block {
        coefficients.reserve(block.coefficientCount)
        return apus_window_block(
            dimension: Int64(settings.dimension), width: Int64(width),
            chunk: Int64(settings.windowsInChunk), halo: Int64(settings.window),
            windows: Int64(block.windows), averages: settings.architecture == .cbow ? 1 : 0,
            rate: block.rate, words: Int64(words), inputs: inputs.baseAddress,
            ngrams: ngrams.baseAddress, outputs: outputs.baseAddress,
            input_starts: block.inputStarts.memory, input_rows: block.inputRows.memory,
            input_positions: block.inputPositions.memory, first: block.first.memory,
            end: block.end.memory, output_starts: block.outputStarts.memory,
            output_rows: block.outputRows.memory, output_windows: block.outputWindows.memory,
            labels: block.labels.memory, coefficient_starts: block.coefficientStarts.memory,
            coefficients: coefficients.memory, hidden: hidden.baseAddress,
            gradients: gradients.baseAddress, means: means.baseAddress,
            losses: losses.baseAddress, touched_inputs: block.inputs.pointers,
            touched_outputs: block.outputs.pointers)
    }

    /// How many predictions of a word the first chunk's loss is the sum of.
    private func predictions(in block: borrowing PlannedBlock) -> Int {
        var count = 0
        for window in 0..<min(block.windows, settings.windowsInChunk) {
            let contexts = block.contexts(of: window)
            count += settings.architecture == .cbow ? min(contexts, 1) : contexts
        }
        return count
    }
}

/// A mean that forgets slowly.
private struct LossMeter {
    let memory: Double
    private var sum = 0.0
    private var weight = 0.0

    init(memory: Double) { self.memory = memory }

    mutating func add(_ loss: Double, _ count: Int) {
        sum = sum * memory + loss
        weight = weight * memory + Double(count)
    }

    var mean: Double? { weight > 0 ? sum / weight : nil }
}

extension Double {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = Double(seconds) + Double(attoseconds) * 1e-18
    }
}
