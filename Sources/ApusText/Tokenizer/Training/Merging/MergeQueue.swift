/// The pairs that wait to be merged: the most frequent first, of equally frequent ones that with the smaller tokens.
///
/// A binary heap. An entry keeps the count that its pair had when it was put in; ``MergeLearner`` puts it back when
/// the count has changed.
struct MergeQueue: ~Copyable {
    struct Entry: BitwiseCopyable {
        var count: Int
        var pair: Int32
        /// The list of places that was collected with this entry.
        var block: Int32
    }

    private var entries = GrowingBuffer<Entry>(capacity: 1 << 12)

    mutating func push(_ entry: Entry, _ keys: borrowing GrowingBuffer<UInt64>) {
        entries.append(entry)
        var place = entries.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard isBefore(entry, entries[parent], keys) else { break }
            entries[place] = entries[parent]
            place = parent
        }
        entries[place] = entry
    }

    mutating func pop(_ keys: borrowing GrowingBuffer<UInt64>) -> Entry? {
        guard entries.count > 0 else { return nil }
        let top = entries[0]
        let last = entries[entries.count - 1]
        entries.shorten(to: entries.count - 1)
        let count = entries.count
        guard count > 0 else { return top }
        var place = 0
        while 2 * place + 1 < count {
            var child = 2 * place + 1
            if child + 1 < count, isBefore(entries[child + 1], entries[child], keys) { child += 1 }
            guard isBefore(entries[child], last, keys) else { break }
            entries[place] = entries[child]
            place = child
        }
        entries[place] = last
        return top
    }

    @inline(__always)
    private func isBefore(
        _ first: Entry, _ second: Entry, _ keys: borrowing GrowingBuffer<UInt64>
    ) -> Bool {
        if first.count != second.count { return first.count > second.count }
        let (one, other) = (keys[Int(first.pair)], keys[Int(second.pair)])
        // The same pair twice: the older list first, so that the order is one and the same everywhere.
        return one != other ? one < other : first.block < second.block
    }
}
