/// Numbers for the nodes of a graph, by identity: a hash table with linear probing.
///
/// `Dictionary` with its keyed hash costs three times as much, which shows in graphs of a few small operations.
struct NodeTable {
    private var keys: [UInt]
    private var numbers: [Int32]
    private(set) var count = 0
    private var mask: Int

    init(capacity: Int = 32) {
        keys = Array(repeating: 0, count: capacity)
        numbers = Array(repeating: 0, count: capacity)
        mask = capacity - 1
    }

    /// The node's number; nil when it has none.
    @inline(__always)
    func number(of node: Node) -> Int? {
        let key = Self.key(node)
        var slot = Self.slot(key, mask)
        while keys[slot] != 0 {
            if keys[slot] == key { return Int(numbers[slot]) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Gives the node the next number, from 0, unless it has one.
    ///
    /// - Returns: whether the node was new.
    mutating func insert(_ node: Node) -> Bool {
        if count * 2 >= keys.count { grow() }
        let key = Self.key(node)
        var slot = Self.slot(key, mask)
        while keys[slot] != 0 {
            if keys[slot] == key { return false }
            slot = (slot + 1) & mask
        }
        keys[slot] = key
        numbers[slot] = Int32(count)
        count += 1
        return true
    }

    private mutating func grow() {
        let (oldKeys, oldNumbers) = (keys, numbers)
        keys = Array(repeating: 0, count: oldKeys.count * 2)
        numbers = Array(repeating: 0, count: oldKeys.count * 2)
        mask = keys.count - 1
        for index in oldKeys.indices where oldKeys[index] != 0 {
            var slot = Self.slot(oldKeys[index], mask)
            while keys[slot] != 0 { slot = (slot + 1) & mask }
            keys[slot] = oldKeys[index]
            numbers[slot] = oldNumbers[index]
        }
    }

    @inline(__always)
    private static func key(_ node: Node) -> UInt {
        UInt(bitPattern: Unmanaged.passUnretained(node).toOpaque())
    }

    @inline(__always)
    private static func slot(_ key: UInt, _ mask: Int) -> Int {
        // Multiplying by the golden ratio spreads addresses that differ in few bits.
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    }
}
