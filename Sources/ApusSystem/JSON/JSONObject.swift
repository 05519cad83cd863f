/// The members of a JSON object in their order, found by key in constant time.
public struct JSONObject: Sendable {
    /// The keys in order.
    public private(set) var keys: [String] = []
    /// The values, in the order of the keys.
    public private(set) var values: [JSON] = []
    /// An open-addressed table of positions + 1, 0 where empty; kept from the ninth key on.
    private var slots: [Int32] = []

    private static let scanned = 8

    /// An object without members.
    public init() {}

    /// An object with these members; a key given twice stops the program.
    public init(_ members: [(String, JSON)]) {
        for (key, value) in members where !insert(value, for: key) {
            fatalError("JSONObject: the key \"\(key)\" is given twice")
        }
    }

    /// The number of members.
    public var count: Int { keys.count }

    /// The value of a key, nil where there is none. Setting replaces it in its place, or adds it at the end; setting nil
    /// removes it, in time proportional to the object.
    public subscript(key: String) -> JSON? {
        get { position(of: key).map { values[$0] } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): values[position] = value
            case (nil, let value?): append(key, value)
            case (let position?, nil):
                keys.remove(at: position)
                values.remove(at: position)
                rebuildSlots()
            case (nil, nil): break
            }
        }
    }

    /// Adds a member at the end, unless the key is there already: then it returns false.
    mutating func insert(_ value: JSON, for key: String) -> Bool {
        guard position(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    /// Where a key stands, nil where it does not.
    public func position(of key: String) -> Int? {
        guard !slots.isEmpty else { return keys.firstIndex { sameBytes($0, key) } }
        let mask = slots.count - 1
        var slot = JSONObject.hash(key) & mask
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if sameBytes(keys[position], key) { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func append(_ key: String, _ value: JSON) {
        keys.append(key)
        values.append(value)
        // At most half of the slots are taken.
        if slots.isEmpty ? count > JSONObject.scanned : 2 * count > slots.count {
            rebuildSlots()
        } else if !slots.isEmpty {
            place(count - 1)
        }
    }

    private mutating func rebuildSlots() {
        guard count > JSONObject.scanned else {
            slots = []
            return
        }
        var capacity = 32
        while capacity < 4 * count { capacity *= 2 }
        slots = [Int32](repeating: 0, count: capacity)
        for position in 0..<count { place(position) }
    }

    private mutating func place(_ position: Int) {
        let mask = slots.count - 1
        var slot = JSONObject.hash(keys[position]) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(position + 1)
    }

    /// Seeded anew in each process, so that no file can be made of keys that collide. It decides where a key is
    /// kept, never an order that anybody sees.
    private static func hash(_ key: String) -> Int {
        var hasher = Hasher()
        var key = key
        key.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        return hasher.finalize()
    }
}

extension JSONObject: Equatable {
    /// Whether both hold the same values under the same keys, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count
            && left.keys.indices.allSatisfy { right[left.keys[$0]] == left.values[$0] }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral, Sequence {
    /// An object with the keys in the order written; a key written twice stops the program.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements)
    }

    /// The members in order.
    public func makeIterator() -> some IteratorProtocol<(key: String, value: JSON)> {
        zip(keys, values).lazy.map { (key: $0, value: $1) }.makeIterator()
    }
}
