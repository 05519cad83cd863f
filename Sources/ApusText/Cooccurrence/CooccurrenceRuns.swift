import ApusSystem

/// Sorted runs of pairs with their sums, in memory or in a file, and their merging.
struct CooccurrenceRuns: ~Copyable {
    /// A pair and the sum of its weights; ordered by the pair.
    struct Entry {
        /// The word in the bits from 28 up, its neighbour below.
        var pair: UInt64
        /// The sum in units of the window.
        var units: UInt64
    }

    private let unitsOfDistance: [UInt64]
    private let one: UInt64
    private let memory: Int
    private let folder: String?
    private var inMemory: [[Entry]] = []
    private var bytesInMemory = 0
    private var file: ScratchFile?
    /// Where each run in the file begins and ends.
    private var inFile: [Range<Int>] = []
    private var scratch: [UInt64] = []

    init(window: CooccurrenceWindow, memory: Int, folder: String?) {
        (unitsOfDistance, one) = window.units
        self.memory = memory
        self.folder = folder
    }

    /// Sorts pairs, as ``CooccurrenceCounter`` packs them, and adds them as a run.
    mutating func add(pairs: inout [UInt64], wordCount: Int) throws {
        radixSort(&pairs, wordCount: wordCount)
        var entries: [Entry] = []
        entries.reserveCapacity(distinct(pairs))
        for packed in pairs {
            let units = unitsOfDistance[Int(packed & 0xFF) - 1]
            let pair = packed >> 8
            if let last = entries.last, last.pair == pair {
                entries[entries.count - 1].units = last.units + units
            } else {
                entries.append(Entry(pair: pair, units: units))
            }
        }
        let size = entries.count * MemoryLayout<Entry>.stride
        if let folder, bytesInMemory > memory - size {
            try spill(entries, to: folder)
        } else {
            bytesInMemory += size
            inMemory.append(entries)
        }
    }

    private func distinct(_ pairs: [UInt64]) -> Int {
        var (count, last) = (0, UInt64.max)
        for packed in pairs where packed >> 8 != last {
            count += 1
            last = packed >> 8
        }
        return count
    }

    private mutating func spill(_ entries: [Entry], to folder: String) throws {
        if file == nil { file = try ScratchFile(in: folder) }
        let start = file?.count ?? 0
        try entries.withUnsafeBytes { try file?.write($0) }
        inFile.append(start..<(file?.count ?? 0))
    }

    /// Least significant digit first, 11 bits at a time, over the bits that words and neighbours of
    /// this vocabulary use; the distance, which the order does not need, stays where it is.
    private mutating func radixSort(_ pairs: inout [UInt64], wordCount: Int) {
        let bits = max(1, Int.bitWidth - max(wordCount - 1, 1).leadingZeroBitCount)
        if scratch.count < pairs.count { scratch = [UInt64](repeating: 0, count: pairs.count) }
        for field in [8, 36] {
            for shift in stride(from: field, to: field + bits, by: 11) {
                let mask = UInt64(1) << UInt64(min(11, field + bits - shift)) - 1
                pairs.withUnsafeMutableBufferPointer { pairs in
                    scratch.withUnsafeMutableBufferPointer { scratch in
                        Self.pass(pairs, into: scratch, shift: UInt64(shift), mask: mask)
                        for place in pairs.indices { pairs[place] = scratch[place] }
                    }
                }
            }
        }
    }

    private static func pass(
        _ source: UnsafeMutableBufferPointer<UInt64>,
        into target: UnsafeMutableBufferPointer<UInt64>, shift: UInt64, mask: UInt64
    ) {
        var places = [Int](repeating: 0, count: 2049)
        places.withUnsafeMutableBufferPointer { places in
            for value in source { places[Int(truncatingIfNeeded: value >> shift & mask) + 1] += 1 }
            for digit in 1...2048 { places[digit] += places[digit - 1] }
            for value in source {
                let digit = Int(truncatingIfNeeded: value >> shift & mask)
                target[places[digit]] = value
                places[digit] += 1
            }
        }
    }

    // MARK: Merging

    /// All runs added up: rows of words, columns of neighbours, sums as numbers.
    consuming func merged(wordCount: Int) throws -> SparseRows {
        scratch = []
        try file?.flush()
        var cursors: [RunCursor] = inMemory.map { RunCursor(entries: $0) }
        inMemory = []
        // The runs in the file share a part of the memory.
        let part = max(memory / 2 / max(inFile.count, 1) / MemoryLayout<Entry>.stride, 256)
        for range in inFile {
            cursors.append(RunCursor(range: range, part: part))
            try cursors[cursors.count - 1].refill(from: file)
        }
        cursors.removeAll { $0.isAtEnd }
        var rows = SparseRowsBuilder(rowCount: wordCount, columnCount: wordCount)
        var heap = RunHeap(cursors.map(\.pair))
        while let pair = heap.smallest {
            var units: UInt64 = 0
            while heap.smallest == pair {
                let run = heap.run
                units += cursors[run].units
                try cursors[run].advance(in: file)
                heap.replaceSmallest(with: cursors[run].isAtEnd ? nil : cursors[run].pair)
            }
            rows.append(
                row: Int(pair >> 28), column: Int32(truncatingIfNeeded: pair & 0xFFF_FFFF),
                value: Float(Double(units) / Double(one)))
        }
        return rows.finish()
    }
}

/// Where the merging stands in a run.
private struct RunCursor {
    private var entries: [CooccurrenceRuns.Entry]
    private var position = 0
    /// What of the run is still in the file only.
    private var rest: Range<Int>
    private let part: Int

    init(entries: [CooccurrenceRuns.Entry]) {
        self.entries = entries
        rest = 0..<0
        part = 0
    }

    init(range: Range<Int>, part: Int) {
        entries = []
        rest = range
        self.part = part
    }

    var isAtEnd: Bool { position == entries.count }
    var pair: UInt64 { entries[position].pair }
    var units: UInt64 { entries[position].units }

    mutating func advance(in file: borrowing ScratchFile?) throws {
        position += 1
        if position == entries.count, !rest.isEmpty { try refill(from: file) }
    }

    mutating func refill(from file: borrowing ScratchFile?) throws {
        let stride = MemoryLayout<CooccurrenceRuns.Entry>.stride
        let count = min(part, rest.count / stride)
        entries = [CooccurrenceRuns.Entry](
            repeating: CooccurrenceRuns.Entry(pair: 0, units: 0), count: count)
        let start = rest.lowerBound
        switch file {
        case .some(let file):
            try entries.withUnsafeMutableBytes { try file.read(into: $0, at: start) }
        case .none: fatalError("CooccurrenceRuns: a run is in a file that was never made")
        }
        rest = (start + count * stride)..<rest.upperBound
        position = 0
    }
}

/// The runs by the pair that comes next in each: a binary heap.
private struct RunHeap {
    private var heads: [(pair: UInt64, run: Int)]

    init(_ pairs: [UInt64]) {
        heads = pairs.enumerated().map { (pair: $0.element, run: $0.offset) }
        for place in stride(from: heads.count / 2 - 1, through: 0, by: -1) { sink(place) }
    }

    var smallest: UInt64? { heads.first?.pair }
    /// The run that has the smallest pair.
    var run: Int { heads[0].run }

    /// Puts the run's next pair in the place of its smallest; nil when the run is at its end.
    mutating func replaceSmallest(with pair: UInt64?) {
        if let pair {
            heads[0].pair = pair
        } else {
            let last = heads.removeLast()
            if heads.isEmpty { return }
            heads[0] = last
        }
        sink(0)
    }

    private mutating func sink(_ start: Int) {
        heads.withUnsafeMutableBufferPointer { heads in
            var place = start
            let item = heads[place]
            while true {
                var child = 2 * place + 1
                guard child < heads.count else { break }
                if child + 1 < heads.count, heads[child + 1].pair < heads[child].pair { child += 1 }
                guard heads[child].pair < item.pair else { break }
                heads[place] = heads[child]
                place = child
            }
            heads[place] = item
        }
    }
}
