/// Lists of places, all in one array; the lists of one pair are chained, the latest first.
struct PlaceLists: ~Copyable {
    struct Block: BitwiseCopyable {
        var start: Int
        /// 0 once it was taken.
        var count: Int32
        var earlier: Int32
    }

    private var blocks = GrowingBuffer<Block>(capacity: 1 << 12)
    private var places = GrowingBuffer<Int32>(capacity: 1 << 14)

    /// A new list of so many places, which are written next.
    mutating func add(count: Int, after earlier: Int32) -> (block: Int32, start: Int) {
        guard blocks.count < Int32.max else { fatalError("PlaceLists: more than 2³¹ lists") }
        let start = places.count
        places.extend(by: count)
        blocks.append(Block(start: start, count: Int32(count), earlier: earlier))
        return (Int32(blocks.count - 1), start)
    }

    @inline(__always)
    func set(_ place: Int32, at position: Int) { places[position] = place }

    /// The places of a list, ascending, which is empty from now on. Where the same pair has other lists, their places
    /// in the same words come along: a word is merged as a whole.
    mutating func take(
        _ block: Int32, chain: Int32, words: borrowing GrowingBuffer<Int32>
    ) -> [Int32] {
        var result = Array(listed(block))
        blocks.base[Int(block)].count = 0
        var other = chain
        var more: [Int32] = []
        while other >= 0 {
            more += listed(other)
            other = blocks[Int(other)].earlier
        }
        guard !more.isEmpty else { return sorted(result) }
        // Places in the order of their numbers are in the order of their words.
        result = sorted(result)
        more.sort()
        var position = 0
        var found: [Int32] = []
        for place in more {
            let word = words[Int(place)]
            while position < result.count, words[Int(result[position])] < word { position += 1 }
            if position < result.count, words[Int(result[position])] == word { found.append(place) }
        }
        return found.isEmpty ? result : (result + found).sorted()
    }

    private func listed(_ block: Int32) -> UnsafeBufferPointer<Int32> {
        let block = blocks[Int(block)]
        return UnsafeBufferPointer(start: places.base + block.start, count: Int(block.count))
    }

    /// Most lists are ascending as they are.
    private func sorted(_ places: [Int32]) -> [Int32] {
        var isAscending = true
        places.withUnsafeBufferPointer { places in
            for position in 0..<max(places.count - 1, 0)
            where places[position] > places[position + 1] { isAscending = false }
        }
        return isAscending ? places : places.sorted()
    }
}
