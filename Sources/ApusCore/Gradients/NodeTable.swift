/// Numbers for the nodes of a graph, by identity: a hash table with linear probing.
///
/// `Dictionary` with its keyed hash costs three times as much, which shows in graphs of a few small operations.
struct NodeTable: ~Copyable {
    private struct Slot: BitwiseCopyable {
        var node: UInt
        var number: Int32
    }
    private var slots: UnsafeMutablePointer<Slot>
    private(set) var count = 0
    private var mask: Int

    init() {
        mask = 31
        slots = Self.emptySlots(mask + 1)
    }

    deinit { Self.release(slots, mask + 1) }

    /// The node's number; nil when it has none.
    @inline(__always)
    func number(of node: Unmanaged<Node>) -> Int? {
        let slot = slots[place(of: Self.key(node))]
        return slot.node == 0 ? nil : Int(slot.number)
    }

    /// The node's number; a new node is given the next one, from 0.
    @inline(__always)
    mutating func insert(_ node: Unmanaged<Node>) -> (number: Int, isNew: Bool) {
        let key = Self.key(node)
        let place = place(of: key)
        if slots[place].node == key { return (Int(slots[place].number), false) }
        slots[place] = Slot(node: key, number: Int32(count))
        count += 1
        if count * 2 > mask { grow() }
        return (count - 1, true)
    }

    /// Where the node stands, or the free slot where it would be put.
    @inline(__always)
    private func place(of key: UInt) -> Int {
        // Multiplying by the golden ratio spreads addresses that differ in few bits.
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[place].node != 0 && slots[place].node != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let (old, size) = (slots, mask + 1)
        mask = size * 2 - 1
        slots = Self.emptySlots(mask + 1)
        for index in 0..<size where old[index].node != 0 {
            slots[place(of: old[index].node)] = old[index]
        }
        Self.release(old, size)
    }

    @inline(__always)
    private static func key(_ node: Unmanaged<Node>) -> UInt { UInt(bitPattern: node.toOpaque()) }

    private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
        let slots = MemoryPool.allocate(byteCount: count * MemoryLayout<Slot>.stride)
            .bindMemory(to: Slot.self, capacity: count)
        slots.initialize(repeating: Slot(node: 0, number: 0), count: count)
        return slots
    }

    private static func release(_ slots: UnsafeMutablePointer<Slot>, _ count: Int) {
        MemoryPool.release(slots, byteCount: count * MemoryLayout<Slot>.stride)
    }
}
