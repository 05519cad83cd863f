/// Finds the words of a text one after another.
protocol WordScanner {
    /// The next word at or behind `position`; empty at the end.
    func next(from position: Int) -> (start: Int, end: Int)
}

/// Cuts a word that was not met before. Pieces have the bounds, in bytes of the word, of what they come from.
protocol WordSolver {
    func solve(_ word: UnsafeBufferPointer<UInt8>, into pieces: inout PieceBuffer)
}

/// Takes the pieces of words in order.
protocol PieceSink {
    mutating func add(_ id: Int32, length: Int, at start: Int)
    mutating func add(_ pieces: UnsafeBufferPointer<Piece>, at start: Int)
}

/// Takes each word of a text, cuts it or remembers how it was cut, and hands its pieces on.
@inline(__always)
func run<Scanner: WordScanner, Solver: WordSolver, Sink: PieceSink>(
    _ text: UnsafeBufferPointer<UInt8>, _ scanner: Scanner, _ solver: borrowing Solver,
    _ sink: inout Sink, _ scratch: EncodingScratch
) {
    guard let base = text.baseAddress else { return }
    // A copy on the stack: fields of the class would be checked for exclusive access again and again.
    var words = scratch.words
    var position = 0
    while true {
        let (start, end) = scanner.next(from: position)
        if start >= end { break }
        position = end
        let length = end - start
        let word = base + start
        if length > WordCache.longestWord {
            solveLong(
                UnsafeBufferPointer(start: word, count: length), solver, start, &sink, scratch)
            continue
        }
        let key = WordCache.Key(word, length)
        var slot = words.slot(of: key, word)
        if words.slots[slot].length == 0 {
            slot = solve(key, word, solver, at: slot, &words, scratch)
        }
        let found = words.slots[slot]
        if found.count == 1 {
            let piece = words.pieces[Int(found.first)]
            sink.add(
                found.id, length: Int(piece.end - piece.start), at: start + Int(piece.start))
        } else {
            sink.add(
                UnsafeBufferPointer(
                    start: words.pieces + Int(found.first), count: Int(found.count)),
                at: start)
        }
    }
    scratch.words = words
}

@inline(never)
private func solve<Solver: WordSolver>(
    _ key: WordCache.Key, _ word: UnsafePointer<UInt8>, _ solver: borrowing Solver, at slot: Int,
    _ words: inout WordCache, _ scratch: EncodingScratch
) -> Int {
    scratch.pieces.removeAll()
    solver.solve(UnsafeBufferPointer(start: word, count: key.length), into: &scratch.pieces)
    return words.insert(key, word, scratch.pieces.pieces, at: slot)
}

@inline(never)
private func solveLong<Solver: WordSolver, Sink: PieceSink>(
    _ word: UnsafeBufferPointer<UInt8>, _ solver: borrowing Solver, _ start: Int,
    _ sink: inout Sink, _ scratch: EncodingScratch
) {
    scratch.pieces.removeAll()
    solver.solve(word, into: &scratch.pieces)
    scratch.pieces.pieces.withUnsafeBufferPointer { sink.add($0, at: start) }
}

/// Ids alone.
struct IDSink: PieceSink {
    private(set) var ids: UnsafeMutablePointer<Int32>
    private(set) var count = 0
    private(set) var capacity = 1 << 10

    init() { ids = .allocate(capacity: capacity) }

    func deallocate() { ids.deallocate() }

    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func add(_ id: Int32, length: Int, at start: Int) {
        if count == capacity { grow(by: 1) }
        ids[count] = id
        count += 1
    }

    @inline(__always)
    mutating func add(_ pieces: UnsafeBufferPointer<Piece>, at start: Int) {
        if count + pieces.count > capacity { grow(by: pieces.count) }
        for index in 0..<pieces.count { ids[count + index] = pieces[index].id }
        count += pieces.count
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        while count + more > capacity { capacity *= 2 }
        let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
        larger.moveInitialize(from: ids, count: count)
        ids.deallocate()
        ids = larger
    }
}

/// Ids and where they come from, in bytes of the text.
struct SpanSink: PieceSink {
    var ids: [Int32] = []
    var spans: [ByteSpan] = []

    @inline(__always)
    mutating func add(_ id: Int32, length: Int, at start: Int) {
        ids.append(id)
        spans.append(ByteSpan(start, start + length))
    }

    @inline(__always)
    mutating func add(_ pieces: UnsafeBufferPointer<Piece>, at start: Int) {
        for piece in pieces {
            ids.append(piece.id)
            spans.append(ByteSpan(start + Int(piece.start), start + Int(piece.end)))
        }
    }
}
