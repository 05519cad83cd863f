import CApusKernels

/// Numbers in memory that does not move, with room for as many as the largest block so far needed.
struct Growing<Element: BitwiseCopyable>: ~Copyable {
    private(set) var memory: UnsafeMutablePointer<Element>
    private var capacity: Int

    init(_ capacity: Int = 1024) {
        self.capacity = max(capacity, 1)
        memory = .allocate(capacity: self.capacity)
    }

    deinit { memory.deallocate() }

    /// Makes room; what is there stays.
    @inline(__always)
    mutating func reserve(_ count: Int) {
        if count > capacity { grow(to: count) }
    }

    @inline(never)
    private mutating func grow(to count: Int) {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * count)
        larger.update(from: memory, count: capacity)
        memory.deallocate()
        memory = larger
        capacity = 2 * count
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { memory[index] }
        nonmutating set { memory[index] = newValue }
    }
}

/// The rows of a table that occur in a block, each with the chain of its occurrences in their order.
struct TouchedRows: ~Copyable {
    private var rows = Growing<Int32>()
    private var first = Growing<Int32>()
    private var last = Growing<Int32>()
    private var next = Growing<Int32>()
    private(set) var count = 0

    mutating func removeAll() { count = 0 }

    /// Makes room for so many occurrences in all.
    mutating func reserve(_ occurrences: Int) {
        rows.reserve(occurrences)
        first.reserve(occurrences)
        last.reserve(occurrences)
        next.reserve(occurrences)
    }

    /// Notes an occurrence.
    ///
    /// - Parameter places: by row, where it stands among the touched ones; whatever it holds of rows that are not
    ///   is recognized as such.
    @inline(__always)
    mutating func note(
        _ row: Int32, occurrence: Int, places: UnsafeMutablePointer<Int32>
    ) {
        let place = Int(places[Int(row)])
        next[occurrence] = -1
        if place < count, rows[place] == row {
            next[Int(last[place])] = Int32(truncatingIfNeeded: occurrence)
            last[place] = Int32(truncatingIfNeeded: occurrence)
        } else {
            rows[count] = row
            first[count] = Int32(truncatingIfNeeded: occurrence)
            last[count] = Int32(truncatingIfNeeded: occurrence)
            places[Int(row)] = Int32(truncatingIfNeeded: count)
            count += 1
        }
    }

    var pointers: apus_touched_rows {
        apus_touched_rows(
            rows: rows.memory, first: first.memory, next: next.memory, count: Int64(count))
    }
}

/// Everything about a block of windows that does not depend on the weights: which rows occur where.
struct PlannedBlock: ~Copyable {
    var windows = 0
    var positions = 0
    var rate: Float = 0
    /// Words of the text that lie behind when the block begins, in all epochs.
    var wordsBefore = 0
    var coefficientCount = 0

    var inputStarts = Growing<Int32>()
    var inputRows = Growing<Int32>()
    var inputPositions = Growing<Int32>()
    var first = Growing<Int32>()
    var end = Growing<Int32>()
    var outputStarts = Growing<Int32>()
    var outputRows = Growing<Int32>()
    var outputWindows = Growing<Int32>()
    var labels = Growing<Float>()
    var coefficientStarts = Growing<Int32>()
    var inputs = TouchedRows()
    var outputs = TouchedRows()

    /// How many inputs predict in window `window`: its positions without the centre.
    @inline(__always)
    func contexts(of window: Int) -> Int { Int(end[window] - first[window]) - 1 }
}
