/// The rules of byte pair encoding: which two neighbours become one, and how early.
///
/// Open addressing over pairs of ids: a slot is the pair, its rank, and what it becomes.
public struct MergeTable: Sendable {
    struct Slot: Sendable {
        /// Left id in the upper half, right id in the lower; all ones where free.
        var pair: UInt64
        var rank: Int32
        var id: Int32
    }

    private(set) var slots: [Slot]
    /// The rules in order, for writing: left id, right id.
    private(set) var rules: [(left: Int32, right: Int32)] = []
    private static let free = UInt64.max

    /// A table without rules.
    public init(capacity: Int = 0) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        slots = [Slot](repeating: Slot(pair: Self.free, rank: 0, id: 0), count: size)
        rules.reserveCapacity(capacity)
    }

    /// How many rules there are.
    public var count: Int { rules.count }

    /// The pair of the rule with a rank.
    public subscript(rank: Int) -> (left: Int32, right: Int32) { rules[rank] }

    /// Adds the next rule: `left` and `right` become `id`. Of two rules for a pair the later holds.
    public mutating func append(_ left: Int32, _ right: Int32, becoming id: Int32) {
        append(left, right, becoming: id, rank: rules.count)
    }

    /// Adds a rule that is as early as others of the same rank.
    mutating func append(_ left: Int32, _ right: Int32, becoming id: Int32, rank: Int) {
        if 2 * (rules.count + 1) > slots.count { grow() }
        let pair = Self.pair(left, right)
        let slot = slot(of: pair)
        slots[slot] = Slot(pair: pair, rank: Int32(rank), id: id)
        rules.append((left, right))
    }

    @inline(__always)
    static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    @inline(__always)
    static func hash(_ pair: UInt64) -> Int {
        let product = pair &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: (product ^ product >> 29) >> 16)
    }

    /// The rule for a pair in `slots`, nil when there is none.
    @inline(__always)
    static func find(
        _ left: Int32, _ right: Int32, in slots: UnsafeBufferPointer<Slot>
    ) -> (rank: Int32, id: Int32)? {
        let pair = pair(left, right)
        let mask = slots.count - 1
        var slot = hash(pair) & mask
        while true {
            let found = slots[slot]
            if found.pair == pair { return (found.rank, found.id) }
            if found.pair == free { return nil }
            slot = (slot + 1) & mask
        }
    }

    private func slot(of pair: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Self.hash(pair) & mask
        while slots[slot].pair != pair, slots[slot].pair != Self.free { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](
            repeating: Slot(pair: Self.free, rank: 0, id: 0), count: 2 * old.count)
        for entry in old where entry.pair != Self.free { slots[slot(of: entry.pair)] = entry }
    }
}
