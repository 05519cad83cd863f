/// The tokens of a tokenizer and their numbers: bytes ↔ `Int32` id.
///
/// Tokens are compared byte by byte, never as Swift strings, for which "é" is "e" + accent. Ids may have
/// gaps and any order, and two of them one text (files of old converters have such doubles), which then has the later id. Looking up costs one hash and, nearly always, one comparison.
public struct TokenVocabulary: Sendable {
    /// The tokens in the order in which they were put in.
    private(set) var store = TextStore()
    /// The id of each entry of `store`.
    private(set) var ids: [Int32] = []
    /// Open addressing: the upper half of a hash and the entry + 1; 0 where free.
    private var slots: [UInt64]
    /// The entry of each id, -1 for gaps, as long as ids are dense enough for a table.
    private var entries: [Int32] = []
    /// The entries of ids beyond the table. Looked up only, never walked.
    private var farEntries: [Int32: Int32] = [:]
    /// One more than the greatest id; 0 for an empty vocabulary.
    public private(set) var endID: Int32 = 0
    /// The length of the longest token in bytes.
    public private(set) var longestToken = 0

    /// An empty vocabulary with room for so many tokens.
    public init(capacity: Int = 0) {
        slots = [UInt64](repeating: 0, count: Self.slotCount(for: capacity))
        ids.reserveCapacity(capacity)
        entries.reserveCapacity(capacity)
    }

    /// The tokens in order, numbered from 0 up.
    ///
    /// A token that stands twice has its last number, as in Hugging Face's tokenizers; each number has its token.
    public init(_ tokens: some Sequence<String>) {
        self.init(capacity: tokens.underestimatedCount)
        for (id, token) in tokens.enumerated() {
            var token = token
            token.withUTF8 { insertLast($0, id: Int32(id)) }
        }
    }

    private static func slotCount(for capacity: Int) -> Int {
        var count = 16
        while count < 2 * capacity { count *= 2 }
        return count
    }

    /// How many tokens there are.
    public var count: Int { ids.count }

    /// Puts in a token.
    ///
    /// Of two tokens with one id, the later is the one that ``subscript(_:)`` gives for it.
    ///
    /// - Parameter id: from 0 up.
    /// - Returns: false, and nothing is changed, when the token is there already.
    @discardableResult
    public mutating func insert(_ token: String, id: Int32) -> Bool {
        var token = token
        return token.withUTF8 { self.insert($0, id: id) }
    }

    /// Puts in a token given by its bytes.
    ///
    /// - Returns: false, and nothing is changed, when the token is there already.
    @discardableResult
    public mutating func insert(_ token: UnsafeBufferPointer<UInt8>, id: Int32) -> Bool {
        guard id >= 0, id < .max else {
            fatalError("TokenVocabulary.insert: id \(id) is not from 0 to 2³¹ − 2")
        }
        if 2 * (count + 1) > slots.count { grow() }
        let hash = Self.hash(token)
        let slot = slot(of: token, hash: hash)
        guard slots[slot] == 0 else { return false }
        let entry = Int32(count)
        slots[slot] = Self.tag(hash) | UInt64(entry + 1)
        store.append(token)
        ids.append(id)
        remember(entry, for: id)
        endID = max(endID, id + 1)
        longestToken = max(longestToken, token.count)
        return true
    }

    /// Puts in a token that may be there already: it gets the new id, and the one it had still has its text.
    mutating func insertLast(_ token: UnsafeBufferPointer<UInt8>, id: Int32) {
        guard !insert(token, id: id) else { return }
        let entry = Int32(count)
        let hash = Self.hash(token)
        slots[slot(of: token, hash: hash)] = Self.tag(hash) | UInt64(entry + 1)
        store.append(token)
        ids.append(id)
        remember(entry, for: id)
        endID = max(endID, id + 1)
    }

    private mutating func remember(_ entry: Int32, for id: Int32) {
        // A table may grow to a few times the number of tokens: an absurd id costs no memory.
        if Int(id) >= entries.count, Int(id) < 4 * count + 1024 {
            entries.append(contentsOf: repeatElement(-1, count: Int(id) + 1 - entries.count))
        }
        if Int(id) < entries.count {
            entries[Int(id)] = entry
        } else {
            farEntries[id] = entry
        }
    }

    /// The token of an id, or nil for a gap.
    public subscript(id: Int32) -> String? {
        entry(of: id).map { store[$0] }
    }

    /// Calls `body` with the bytes of the id's token; nil for a gap.
    @inline(__always)
    public func withBytes<Result>(
        of id: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? {
        guard let entry = entry(of: id) else { return nil }
        return try store.withBytes(of: entry, body)
    }

    private func entry(of id: Int32) -> Int? {
        guard id >= 0 else { return nil }
        if Int(id) < entries.count, entries[Int(id)] >= 0 { return Int(entries[Int(id)]) }
        return farEntries.isEmpty ? nil : farEntries[id].map(Int.init)
    }

    /// The id of a token, or nil.
    public func id(of token: String) -> Int32? {
        var token = token
        let id = token.withUTF8 { self.id(ofBytes: $0) }
        return id < 0 ? nil : id
    }

    /// The id of a token given by its bytes, or -1.
    public func id(ofBytes token: UnsafeBufferPointer<UInt8>) -> Int32 {
        let slot = slot(of: token, hash: Self.hash(token))
        let found = slots[slot]
        return found == 0 ? -1 : ids[Int(found & 0xFFFF_FFFF) - 1]
    }

    /// The tokens with their ids, in the order in which they were put in.
    public var tokens: some Sequence<(token: String, id: Int32)> {
        ids.indices.lazy.map { (store[$0], ids[$0]) }
    }

    /// The entries' numbers in ascending order of their ids.
    var entriesByID: [Int] {
        ids.indices.sorted { (ids[$0], $0) < (ids[$1], $1) }
    }

    // MARK: Hashing

    private static func tag(_ hash: UInt64) -> UInt64 { hash & 0xFFFF_FFFF_0000_0000 }

    /// Where to look first: the half of a hash that slots keep, so that growing need not hash again.
    private static func home(_ hash: UInt64) -> Int { Int(hash >> 32) }

    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        ByteHash.hash(bytes)
    }

    private func slot(of token: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
        slots.withUnsafeBufferPointer { slots in
            let mask = slots.count - 1
            var slot = Self.home(hash) & mask
            while slots[slot] != 0 {
                let isMatch =
                    Self.tag(slots[slot]) == Self.tag(hash)
                    && store.withBytes(of: Int(slots[slot] & 0xFFFF_FFFF) - 1) {
                        ByteHash.areEqual($0, token)
                    }
                if isMatch { break }
                slot = (slot + 1) & mask
            }
            return slot
        }
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: 2 * old.count)
        slots.withUnsafeMutableBufferPointer { slots in
            let mask = slots.count - 1
            for taken in old where taken != 0 {
                var slot = Self.home(taken) & mask
                while slots[slot] != 0 { slot = (slot + 1) & mask }
                slots[slot] = taken
            }
        }
    }
}
