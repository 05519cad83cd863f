/// From 64-bit hashes to numbers from 0 up, in the order in which the hashes came: open
/// addressing, linear probing, at most half full.
///
/// A slot also remembers a position, for whoever collects a row of distinct numbers: see
/// `SparseRows`.
struct HashIndex: Sendable {
    struct Slot: Sendable {
        /// 0 where the slot is free.
        var hash: UInt64
        var id: Int32
        /// Where the number stands in the row that is being collected, or anything else.
        var position: UInt32
    }

    private(set) var slots: [Slot]
    private(set) var count = 0

    init(capacity: Int = 16) {
        slots = Self.empty(for: capacity)
    }

    private static func empty(for capacity: Int) -> [Slot] {
        var size = 32
        while size < 2 * capacity { size *= 2 }
        return [Slot](repeating: Slot(hash: 0, id: -1, position: 0), count: size)
    }

    /// The number of a hash, or -1.
    @inline(__always)
    func id(of hash: UInt64) -> Int32 {
        slots.withUnsafeBufferPointer { $0[Self.slot(of: hash, in: $0)].id }
    }

    /// The number of a hash; the next new one if the hash was not there yet.
    mutating func insert(_ hash: UInt64) -> (id: Int32, isNew: Bool) {
        reserve(more: 1)
        return slots.withUnsafeMutableBufferPointer { slots in
            let slot = Self.slot(of: hash, in: UnsafeBufferPointer(slots))
            if slots[slot].hash == hash { return (slots[slot].id, false) }
            Self.occupy(slot, of: slots, with: hash, count: &count)
            return (slots[slot].id, true)
        }
    }

    /// Calls `body` with the number of each hash that has one.
    @inline(__always)
    func forEachID(of hashes: UnsafeBufferPointer<UInt64>, _ body: (Int32) -> Void) {
        slots.withUnsafeBufferPointer { slots in
            for hash in hashes {
                let id = slots[Self.slot(of: hash, in: slots)].id
                if id >= 0 { body(id) }
            }
        }
    }

    /// Makes room for so many new hashes.
    @inline(__always)
    mutating func reserve(more: Int) {
        if 2 * (count + more) > slots.count { grow(to: count + more) }
    }

    /// Lets `body` work on the slots, in the room reserved before; it counts what it adds.
    @inline(__always)
    mutating func withSlots(_ body: (UnsafeMutableBufferPointer<Slot>, inout Int) -> Void) {
        slots.withUnsafeMutableBufferPointer { body($0, &count) }
    }

    /// Where a hash stands, or would stand.
    @inline(__always)
    static func slot(of hash: UInt64, in slots: UnsafeBufferPointer<Slot>) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].hash != hash, slots[slot].hash != 0 { slot = (slot + 1) & mask }
        return slot
    }

    /// Gives a free slot to a new hash, and the hash the next number.
    @inline(__always)
    static func occupy(
        _ slot: Int, of slots: UnsafeMutableBufferPointer<Slot>, with hash: UInt64,
        count: inout Int
    ) {
        guard count < Int32.max else { fatalError("HashIndex: more than 2³¹ distinct entries") }
        slots[slot] = Slot(hash: hash, id: Int32(truncatingIfNeeded: count), position: .max)
        count += 1
    }

    @inline(never)
    private mutating func grow(to capacity: Int) {
        let old = slots
        slots = Self.empty(for: capacity)
        slots.withUnsafeMutableBufferPointer { slots in
            for entry in old where entry.hash != 0 {
                slots[Self.slot(of: entry.hash, in: UnsafeBufferPointer(slots))] = entry
            }
        }
    }
}
