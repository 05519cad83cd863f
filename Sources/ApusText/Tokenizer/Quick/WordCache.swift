/// Words that were cut before, with their pieces: text repeats itself, so that nearly every word is found here.
///
/// Open addressing over the words' bytes. A word of up to 16 bytes is compared as two numbers. Memory
/// is bounded: when the cache is full it is emptied.
///
/// The memory is the owner's to free: see ``EncodingScratch``.
struct WordCache {
    /// A word: where its pieces stand.
    struct Slot {
        /// The first and the last eight bytes of a word of 8 to 16, all of a shorter one; of a longer one
        /// a hash, and where its bytes stand.
        var low: UInt64
        var high: UInt64
        /// The word's length; 0 where the slot is free.
        var length: UInt32
        /// How many pieces the word has.
        var count: UInt32
        /// Where its pieces begin.
        var first: UInt32
        /// The first piece's id.
        var id: Int32
    }

    /// A word to look for.
    struct Key {
        let low: UInt64
        let high: UInt64
        let length: Int
        let hash: UInt64

        @inline(__always)
        init(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
            let raw = UnsafeRawPointer(bytes)
            self.length = length
            if length <= 16 {
                if length >= 8 {
                    low = raw.loadUnaligned(as: UInt64.self)
                    high = raw.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
                } else if length >= 4 {
                    let first = raw.loadUnaligned(as: UInt32.self)
                    let last = raw.loadUnaligned(fromByteOffset: length - 4, as: UInt32.self)
                    low = UInt64(first) | UInt64(last) << 32
                    high = 0
                } else {
                    low =
                        UInt64(bytes[0]) | UInt64(bytes[length / 2]) << 8
                        | UInt64(bytes[length - 1]) << 16
                    high = 0
                }
                hash = ByteHash.mix(low ^ UInt64(length) << 56, high &* 0xD6E8_FEB8_6659_FD93)
            } else {
                low = ByteHash.hash(UnsafeBufferPointer(start: bytes, count: length))
                high = 0
                hash = low
            }
        }
    }

    /// Longer words are not kept.
    static let longestWord = 256
    private static let mostSlots = 1 << 18
    private static let mostPieces = 1 << 20
    private static let mostBytes = 1 << 22

    private(set) var slots: UnsafeMutablePointer<Slot>
    private var mask: Int
    private var count = 0
    private(set) var pieces: UnsafeMutablePointer<Piece>
    private var pieceCount = 0
    private var pieceCapacity = 1 << 12
    private var bytes: UnsafeMutablePointer<UInt8>
    private var byteCount = 0
    private var byteCapacity = 1 << 12

    init() {
        mask = (1 << 11) - 1
        slots = Self.emptySlots(mask + 1)
        pieces = .allocate(capacity: pieceCapacity)
        bytes = .allocate(capacity: byteCapacity)
    }

    func deallocate() {
        slots.deallocate()
        pieces.deallocate()
        bytes.deallocate()
    }

    private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        slots.initialize(
            repeating: Slot(low: 0, high: 0, length: 0, count: 0, first: 0, id: 0), count: count)
        return slots
    }

    /// The slot of a word, or the free one where it would stand.
    @inline(__always)
    func slot(of key: Key, _ word: UnsafePointer<UInt8>) -> Int {
        var slot = Int(truncatingIfNeeded: key.hash ^ key.hash >> 32) & mask
        while slots[slot].length != 0 {
            if Int(slots[slot].length) == key.length, slots[slot].low == key.low,
                isMatch(slot, key, word)
            {
                break
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    @inline(__always)
    private func isMatch(_ slot: Int, _ key: Key, _ word: UnsafePointer<UInt8>) -> Bool {
        if key.length <= 16 { return slots[slot].high == key.high }
        return ByteHash.areEqual(
            UnsafeBufferPointer(start: bytes + Int(slots[slot].high), count: key.length),
            UnsafeBufferPointer(start: word, count: key.length))
    }

    /// Keeps a word's pieces.
    ///
    /// - Returns: its slot.
    @inline(never)
    mutating func insert(
        _ key: Key, _ word: UnsafePointer<UInt8>, _ found: [Piece], at free: Int
    ) -> Int {
        var slot = free
        let isFull =
            2 * count >= Self.mostSlots || pieceCount + found.count > Self.mostPieces
            || byteCount + key.length > Self.mostBytes
        if isFull {
            removeAll()
            slot = self.slot(of: key, word)
        } else if 2 * count > mask {
            grow()
            slot = self.slot(of: key, word)
        }
        var high = key.high
        if key.length > 16 {
            Self.reserve(&bytes, &byteCapacity, byteCount, more: key.length)
            (bytes + byteCount).initialize(from: word, count: key.length)
            high = UInt64(byteCount)
            byteCount += key.length
        }
        Self.reserve(&pieces, &pieceCapacity, pieceCount, more: found.count)
        for (index, piece) in found.enumerated() { pieces[pieceCount + index] = piece }
        slots[slot] = Slot(
            low: key.low, high: high, length: UInt32(key.length), count: UInt32(found.count),
            first: UInt32(pieceCount), id: found.first?.id ?? -1)
        pieceCount += found.count
        count += 1
        return slot
    }

    private mutating func removeAll() {
        for slot in 0...mask { slots[slot].length = 0 }
        count = 0
        pieceCount = 0
        byteCount = 0
    }

    private mutating func grow() {
        let (old, oldCount) = (slots, mask + 1)
        mask = 2 * oldCount - 1
        slots = Self.emptySlots(mask + 1)
        for index in 0..<oldCount where old[index].length != 0 {
            let entry = old[index]
            let hash =
                entry.length > 16
                ? entry.low
                : ByteHash.mix(
                    entry.low ^ UInt64(entry.length) << 56,
                    entry.high &* 0xD6E8_FEB8_6659_FD93)
            var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
            while slots[slot].length != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
        old.deallocate()
    }

    private static func reserve<Element>(
        _ memory: inout UnsafeMutablePointer<Element>, _ capacity: inout Int, _ count: Int,
        more: Int
    ) {
        guard count + more > capacity else { return }
        while count + more > capacity { capacity *= 2 }
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.moveInitialize(from: memory, count: count)
        memory.deallocate()
        memory = larger
    }
}
