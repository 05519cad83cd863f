import ApusCore

/// Goes through the text and plans one block after the other. Nothing here looks at a weight, so the next block is
/// planned while the last one is being applied.
final class BlockPlanner {
    private let settings: WordVectorTraining
    private var kept: KeptWords
    private let total: Int
    private let windowsAtOnce: Int
    private let halo: Int
    private let windowKey: RandomKey
    private let negativeKey: RandomKey
    /// How many kept words of this epoch have had their window.
    private var next = 0

    /// Of each word its input rows; nil: row w for word w.
    private let inputs: SubwordRows?
    private let sampler: NegativeSampler?
    private let paths: HuffmanPaths?

    private let inputPlaces: UnsafeMutableBufferPointer<Int32>
    private let outputPlaces: UnsafeMutableBufferPointer<Int32>
    private var draws: [UInt32] = []

    init(
        _ settings: WordVectorTraining, sequence: WordSequence, counts: [Int],
        inputs: SubwordRows?, inputRowCount: Int, windowsAtOnce: Int, key: RandomKey
    ) {
        self.settings = settings
        self.inputs = inputs
        self.windowsAtOnce = windowsAtOnce
        halo = settings.window
        total = sequence.count * settings.epochs
        kept = KeptWords(
            sequence, counts: counts, subsampling: settings.subsampling, epochs: settings.epochs,
            key: key)
        windowKey = key.folded(in: "windows")
        negativeKey = key.folded(in: "negatives")
        switch settings.objective {
        case .negativeSampling:
            sampler = NegativeSampler(counts: counts, power: settings.negativePower)
            paths = nil
        case .hierarchicalSoftmax:
            sampler = nil
            paths = HuffmanPaths(counts: counts)
        }
        inputPlaces = .allocate(capacity: inputRowCount)
        inputPlaces.initialize(repeating: 0)
        outputPlaces = .allocate(capacity: counts.count)
        outputPlaces.initialize(repeating: 0)
    }

    deinit {
        inputPlaces.deallocate()
        outputPlaces.deallocate()
    }

    /// Plans the next block; false after the last.
    func plan(_ block: inout PlannedBlock) throws -> Bool {
        while true {
            try kept.fill(from: max(next - halo, 0), to: next + windowsAtOnce + halo)
            if !kept.isExhausted(from: next) { break }
            guard kept.startNextEpoch() else { return false }
            next = 0
        }
        block.windows = min(windowsAtOnce, kept.base + kept.words.count - next)
        block.positions = block.windows + 2 * halo
        block.wordsBefore = kept.wordsSeen
        block.rate = settings.rate(after: Double(kept.wordsSeen) / Double(max(total, 1)))
        planInputs(&block)
        planWindows(&block)
        planOutputs(&block)
        next += block.windows
        return true
    }

    /// The position before the first, as an index into the kept words at hand.
    private var origin: Int { next - halo - kept.base }

    private func planInputs(_ block: inout PlannedBlock) {
        block.inputStarts.reserve(block.positions + 1)
        block.inputs.removeAll()
        var occurrence = 0
        guard let places = inputPlaces.baseAddress else { return }
        kept.words.withUnsafeBufferPointer { words in
            for position in 0..<block.positions {
                block.inputStarts[position] = Int32(truncatingIfNeeded: occurrence)
                let index = origin + position
                guard index >= 0, index < words.count else { continue }
                let word = words[index]
                let rows = inputs?.range(of: word)
                let more = rows?.count ?? 1
                block.inputRows.reserve(occurrence + more)
                block.inputPositions.reserve(occurrence + more)
                block.inputs.reserve(occurrence + more)
                for i in 0..<more {
                    let row =
                        if let inputs, let rows { inputs.rows[rows.lowerBound + i] } else { word }
                    block.inputRows[occurrence] = row
                    block.inputPositions[occurrence] = Int32(truncatingIfNeeded: position)
                    block.inputs.note(row, occurrence: occurrence, places: places)
                    occurrence += 1
                }
            }
        }
        block.inputStarts[block.positions] = Int32(truncatingIfNeeded: occurrence)
    }

    /// How far each window reaches: 1 to `window` words to both sides, each as likely, within the sentence.
    private func planWindows(_ block: inout PlannedBlock) {
        block.first.reserve(block.windows)
        block.end.reserve(block.windows)
        draw(block.windows, windowKey, from: next)
        kept.sentences.withUnsafeBufferPointer { sentences in
            for window in 0..<block.windows {
                let reach =
                    1 + Int(draws[window].multipliedFullWidth(by: UInt32(settings.window)).high)
                let centre = origin + halo + window
                var low = max(centre - reach, 0)
                while sentences[low] != sentences[centre] { low += 1 }
                var high = min(centre + reach, sentences.count - 1)
                while sentences[high] != sentences[centre] { high -= 1 }
                block.first[window] = Int32(truncatingIfNeeded: low - origin)
                block.end[window] = Int32(truncatingIfNeeded: high + 1 - origin)
            }
        }
    }

    private func planOutputs(_ block: inout PlannedBlock) {
        block.outputStarts.reserve(block.windows + 1)
        block.coefficientStarts.reserve(block.windows)
        block.outputs.removeAll()
        let most: Int
        switch settings.objective {
        case .negativeSampling(let negatives):
            most = 1 + negatives
            draw(2 * negatives * block.windows, negativeKey, from: 2 * negatives * next)
        case .hierarchicalSoftmax: most = paths?.longest ?? 0
        }
        block.outputRows.reserve(most * block.windows)
        block.outputWindows.reserve(most * block.windows)
        block.labels.reserve(most * block.windows)
        block.outputs.reserve(most * block.windows)
        var occurrence = 0
        var coefficients = 0
        for window in 0..<block.windows {
            let start = occurrence
            block.outputStarts[window] = Int32(truncatingIfNeeded: start)
            block.coefficientStarts[window] = Int32(truncatingIfNeeded: coefficients)
            let contexts = block.contexts(of: window)
            // A word alone in its sentence predicts nothing.
            guard contexts > 0 else { continue }
            let centre = kept.words[origin + halo + window]
            if let sampler {
                addNegatives(of: centre, window, sampler, to: &block, &occurrence)
            } else if let paths {
                addPath(of: centre, window, paths, to: &block, &occurrence)
            }
            let hidden = settings.architecture == .cbow ? 1 : contexts
            coefficients += (occurrence - start) * hidden
        }
        block.outputStarts[block.windows] = Int32(truncatingIfNeeded: occurrence)
        block.coefficientCount = coefficients
    }

    @inline(__always)
    private func add(
        _ row: Int32, _ label: Float, _ window: Int, to block: inout PlannedBlock,
        _ occurrence: inout Int
    ) {
        guard let places = outputPlaces.baseAddress else { return }
        block.outputRows[occurrence] = row
        block.labels[occurrence] = label
        block.outputWindows[occurrence] = Int32(truncatingIfNeeded: window)
        block.outputs.note(row, occurrence: occurrence, places: places)
        occurrence += 1
    }

    /// The centre and the words drawn against it; one that is the centre itself is left out.
    @inline(__always)
    private func addNegatives(
        of centre: Int32, _ window: Int, _ sampler: NegativeSampler, to block: inout PlannedBlock,
        _ occurrence: inout Int
    ) {
        guard case .negativeSampling(let negatives) = settings.objective else { return }
        add(centre, 1, window, to: &block, &occurrence)
        sampler.slots.withUnsafeBufferPointer { slots in
            draws.withUnsafeBufferPointer { draws in
                for negative in 0..<negatives {
                    let place = 2 * (negatives * window + negative)
                    let word = NegativeSampler.draw(draws[place], draws[place + 1], from: slots)
                    if word != centre { add(word, 0, window, to: &block, &occurrence) }
                }
            }
        }
    }

    @inline(__always)
    private func addPath(
        of centre: Int32, _ window: Int, _ paths: HuffmanPaths, to block: inout PlannedBlock,
        _ occurrence: inout Int
    ) {
        for entry in Int(paths.starts[Int(centre)])..<Int(paths.starts[Int(centre) + 1]) {
            add(paths.nodes[entry], paths.labels[entry], window, to: &block, &occurrence)
        }
    }

    /// Random words for this epoch, of a key's stream from `position` on.
    private func draw(_ count: Int, _ key: RandomKey, from position: Int) {
        draws.reserveCapacity(count)
        if draws.count < count {
            draws.append(contentsOf: repeatElement(0, count: count - draws.count))
        }
        let key = key.folded(in: kept.epoch)
        draws.withUnsafeMutableBufferPointer {
            key.fillWords(.init(rebasing: $0[..<count]), from: UInt64(position))
        }
    }
}

/// The input rows of each word of a training with n-grams: its own and its n-grams', whose rows follow the words'.
struct SubwordRows {
    let starts: [Int32]
    let rows: [Int32]

    @inline(__always)
    func range(of word: Int32) -> Range<Int> {
        Int(starts[Int(word)])..<Int(starts[Int(word) + 1])
    }
}
