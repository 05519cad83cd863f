/// How often each distinct word occurred; words are compared by their bytes.
///
/// This is all that a trainer needs of its texts. Entries stand in the order in which their words came.
public struct WordCounts: ~Copyable {
    private var bytes = GrowingBuffer<UInt8>(capacity: 1 << 12)
    /// Where each word begins in `bytes`, and, last, where the last one ends.
    private var offsets = GrowingBuffer<Int>(capacity: 1 << 10)
    private var counts = GrowingBuffer<Int>(capacity: 1 << 10)
    private var hashes = GrowingBuffer<UInt32>(capacity: 1 << 10)
    /// Numbers of words, -1 where a slot is free: open addressing, linear probing, at most two thirds full.
    private var slots = GrowingBuffer<Int32>(repeating: -1, count: 1 << 11)

    /// A table without words.
    public init() {
        offsets.append(0)
    }

    /// A table of the given words.
    public init(_ words: some Sequence<(String, Int)>) {
        self.init()
        for (word, count) in words {
            var word = word
            word.withUTF8 { add($0, count: count) }
        }
    }

    /// How many distinct words there are.
    public var count: Int { counts.count }

    /// About how much memory the words take; it depends on nothing but them.
    var contentSize: Int { bytes.count + 28 * counts.count }

    /// How often the word with a number occurred.
    @inline(__always)
    public func frequency(_ index: Int) -> Int { counts[index] }

    /// The bytes of the word with a number, for as long as the table is not changed.
    @inline(__always)
    public func word(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let start = offsets[index]
        return UnsafeBufferPointer(start: bytes.base + start, count: offsets[index + 1] - start)
    }

    /// The sum of all frequencies, or the highest integer.
    public var total: Int {
        var sum = 0
        for index in 0..<count { sum = sum.addingSaturated(counts[index]) }
        return sum
    }

    /// Counts a word.
    public mutating func add(_ word: String, count: Int = 1) {
        var word = word
        word.withUTF8 { add($0, count: count) }
    }

    /// Counts a word given by its bytes.
    public mutating func add(_ word: UnsafeBufferPointer<UInt8>, count: Int = 1) {
        let hash = Self.hash(word)
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if hashes[index] == hash, isWord(index, word) {
                counts[index] = counts[index].addingSaturated(count)
                return
            }
            slot = (slot + 1) & mask
        }
        guard counts.count < Int32.max - 1 else {
            fatalError("WordCounts: more than 2³¹ distinct words")
        }
        slots[slot] = Int32(counts.count)
        bytes.append(word)
        offsets.append(bytes.count)
        counts.append(count)
        hashes.append(hash)
        if 3 * counts.count > 2 * slots.count { rebuildSlots(2 * slots.count) }
    }

    /// Counts all words of another table.
    public mutating func add(_ other: borrowing WordCounts) {
        for index in 0..<other.count { add(other.word(index), count: other.frequency(index)) }
    }

    /// Takes all words away and keeps the memory.
    mutating func removeAll() {
        bytes.shorten(to: 0)
        offsets.shorten(to: 1)
        counts.shorten(to: 0)
        hashes.shorten(to: 0)
        for slot in 0..<slots.count { slots[slot] = -1 }
    }

    /// Takes away the words that occurred at most so often. The others keep their order.
    mutating func removeWords(occurringAtMost limit: Int) {
        var kept = 0
        var end = 0
        for index in 0..<count where counts[index] > limit {
            let word = word(index)
            guard let first = word.baseAddress else { continue }
            (bytes.base + end).update(from: first, count: word.count)
            (counts[kept], hashes[kept]) = (counts[index], hashes[index])
            kept += 1
            end += word.count
            offsets[kept] = end
        }
        bytes.shorten(to: end)
        offsets.shorten(to: kept + 1)
        counts.shorten(to: kept)
        hashes.shorten(to: kept)
        rebuildSlots(slots.count)
    }

    /// The numbers of the words in the order of their bytes, a shorter word before a longer.
    func sortedIndices() -> [Int32] {
        (0..<Int32(count)).sorted {
            word(Int($0)).lexicographicallyPrecedes(word(Int($1)))
        }
    }

    @inline(__always)
    private func isWord(_ index: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = offsets[index]
        guard offsets[index + 1] - start == word.count else { return false }
        for offset in 0..<word.count where bytes[start + offset] != word[offset] { return false }
        return true
    }

    private mutating func rebuildSlots(_ size: Int) {
        slots = GrowingBuffer(repeating: -1, count: size)
        for index in 0..<count {
            var slot = Int(hashes[index]) & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(index)
        }
    }

    /// Eight bytes at a time, multiplied and folded. It decides where a word stands, never what comes out.
    @inline(__always)
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let raw = UnsafeRawBufferPointer(word)
        var state = UInt64(truncatingIfNeeded: word.count) &* 0x9E37_79B9_7F4A_7C15
        var position = 0
        while position + 8 <= raw.count {
            let next = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            state = mixed(state ^ next)
            position += 8
        }
        var rest: UInt64 = 0
        while position < raw.count {
            rest = rest << 8 | UInt64(raw[position])
            position += 1
        }
        state = mixed(state ^ rest)
        return UInt32(truncatingIfNeeded: state >> 32)
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
            by: 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low
    }
}

extension Int {
    /// The sum of two numbers that are not negative, or the highest integer.
    @inline(__always)
    func addingSaturated(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
