/// A number for each pair of tokens that ever stood side by side, with how often it occurs.
struct PairTable: ~Copyable {
    /// Both tokens in one number, the left one above: pairs in the order of their keys are in the order of their
    /// tokens.
    private(set) var keys = GrowingBuffer<UInt64>(capacity: 1 << 12)
    /// How often each pair occurs; what merging takes apart is subtracted, see ``MergeLearner``.
    private(set) var counts = GrowingBuffer<Int>(capacity: 1 << 12)
    /// The last list of places of each pair, -1 for none.
    private(set) var lastBlocks = GrowingBuffer<Int32>(capacity: 1 << 12)
    private var slots = GrowingBuffer<Int32>(repeating: -1, count: 1 << 13)

    @inline(__always)
    static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    /// The number of a pair; the next free one if it is new.
    mutating func index(of left: Int32, _ right: Int32) -> Int32 {
        let key = Self.key(left, right)
        let mask = slots.count - 1
        var slot = Self.slot(of: key, mask)
        while slots[slot] >= 0 {
            if keys[Int(slots[slot])] == key { return slots[slot] }
            slot = (slot + 1) & mask
        }
        guard keys.count < Int32.max - 1 else {
            fatalError("PairTable: more than 2³¹ distinct pairs of tokens")
        }
        let index = Int32(keys.count)
        slots[slot] = index
        keys.append(key)
        counts.append(0)
        lastBlocks.append(-1)
        if 4 * keys.count > 3 * slots.count { grow() }
        return index
    }

    @inline(__always)
    private static func slot(of key: UInt64, _ mask: Int) -> Int {
        let mixed = key &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: (mixed ^ mixed >> 32) &* 0xD6E8_FEB8_6659_FD93 >> 24) & mask
    }

    private mutating func grow() {
        let size = 2 * slots.count
        slots = GrowingBuffer(repeating: -1, count: size)
        for index in 0..<keys.count {
            var slot = Self.slot(of: keys[index], size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(index)
        }
    }
}
