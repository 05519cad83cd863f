/// A merge that waits: two neighbours of a word that a rule joins.
struct WaitingMerge: Sendable {
    /// Rank, then place of the left neighbour: the smallest is done first.
    var order: UInt64
    /// What the two become.
    var id: Int32

    @inline(__always)
    init(rank: Int32, position: Int, id: Int32) {
        order =
            UInt64(UInt32(bitPattern: rank)) << 32
            | UInt64(UInt32(truncatingIfNeeded: position))
        self.id = id
    }

    @inline(__always)
    var position: Int { Int(order & 0xFFFF_FFFF) }
}

/// Waiting merges, smallest first: a binary heap whose memory is kept.
struct MergeHeap: Sendable {
    private var items: [WaitingMerge] = []

    @inline(__always)
    mutating func push(_ item: WaitingMerge) {
        items.append(item)
        items.withUnsafeMutableBufferPointer { items in
            var child = items.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                if items[parent].order <= item.order { break }
                items[child] = items[parent]
                child = parent
            }
            items[child] = item
        }
    }

    @inline(__always)
    mutating func pop() -> WaitingMerge? {
        guard let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return last }
        return items.withUnsafeMutableBufferPointer { items in
            let top = items[0]
            var hole = 0
            while true {
                var child = 2 * hole + 1
                if child >= items.count { break }
                if child + 1 < items.count, items[child + 1].order < items[child].order {
                    child += 1
                }
                if last.order <= items[child].order { break }
                items[hole] = items[child]
                hole = child
            }
            items[hole] = last
            return top
        }
    }
}

/// A symbol of a word that is being merged: an element of a linked list.
struct MergeSymbol: Sendable {
    var id: Int32
    /// Bytes of the word; 0 when the symbol was joined to its left neighbour.
    var length: Int32
    /// Neighbours, -1 at the ends.
    var previous: Int32
    var next: Int32
}
