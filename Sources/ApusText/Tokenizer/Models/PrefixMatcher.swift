/// Finds the longest token that begins at a place of a text: a trie over bytes.
///
/// A node's children lie in one hash table for the whole trie, keyed by node and byte: a step is one
/// look-up, and the memory is in proportion to the tokens' bytes.
struct PrefixMatcher: Sendable {
    /// Node and byte; 0 where free (node 0 is nobody's parent).
    private var keys: [UInt64]
    private var children: [Int32]
    /// The first step, which nearly every word takes.
    private var roots = [Int32](repeating: -1, count: 256)
    /// The token that ends at each node, or -1.
    private var tokens: [Int32] = [-1]
    private var count = 0

    /// The tokens of a vocabulary that begin with `prefix`, without it.
    init(_ vocabulary: TokenVocabulary, prefix: String) {
        keys = [UInt64](repeating: 0, count: 16)
        children = [Int32](repeating: 0, count: 16)
        let prefix = Array(prefix.utf8)
        for entry in vocabulary.ids.indices {
            vocabulary.store.withBytes(of: entry) { token in
                guard token.count > prefix.count, token.starts(with: prefix) else { return }
                insert(
                    UnsafeBufferPointer(rebasing: token[prefix.count...]),
                    id: vocabulary.ids[entry])
            }
        }
    }

    /// The given texts, none empty, numbered from 0 up; of equal ones the first counts.
    init(_ texts: [[UInt8]]) {
        keys = [UInt64](repeating: 0, count: 16)
        children = [Int32](repeating: 0, count: 16)
        for (id, text) in texts.enumerated().reversed() {
            text.withUnsafeBufferPointer { insert($0, id: Int32(id)) }
        }
    }

    /// Whether some token begins with a byte.
    @inline(__always)
    func begins(with byte: UInt8) -> Bool { roots[Int(byte)] >= 0 }

    private mutating func insert(_ token: UnsafeBufferPointer<UInt8>, id: Int32) {
        var node = roots[Int(token[0])]
        if node < 0 {
            node = newNode()
            roots[Int(token[0])] = node
        }
        while 2 * (count + token.count) > keys.count { grow() }
        let newCount = keys.withUnsafeMutableBufferPointer { keys in
            children.withUnsafeMutableBufferPointer { children in
                let mask = keys.count - 1
                var nodeCount = Int32(tokens.count)
                for byte in token.dropFirst() {
                    let key = Self.key(node, byte)
                    var slot = Self.hash(key) & mask
                    while keys[slot] != key, keys[slot] != 0 { slot = (slot + 1) & mask }
                    if keys[slot] == 0 {
                        keys[slot] = key
                        children[slot] = nodeCount
                        nodeCount += 1
                    }
                    node = children[slot]
                }
                return Int(nodeCount) - tokens.count
            }
        }
        count += newCount
        for _ in 0..<newCount { tokens.append(-1) }
        tokens[Int(node)] = id
    }

    private mutating func newNode() -> Int32 {
        tokens.append(-1)
        return Int32(tokens.count - 1)
    }

    /// The longest token that the text has from `position` on, and how many bytes were looked at; length 0 when there
    /// is none.
    @inline(__always)
    func longest(
        in text: UnsafeBufferPointer<UInt8>, at position: Int
    ) -> (id: Int32, length: Int, read: Int) {
        var node = roots[Int(text[position])]
        guard node >= 0 else { return (-1, 0, 1) }
        return keys.withUnsafeBufferPointer { keys in
            children.withUnsafeBufferPointer { children in
                tokens.withUnsafeBufferPointer { tokens in
                    let mask = keys.count - 1
                    var best: (id: Int32, length: Int) = (-1, 0)
                    var end = position + 1
                    while true {
                        let token = tokens[Int(node)]
                        if token >= 0 { best = (token, end - position) }
                        guard end < text.count else {
                            return (best.id, best.length, end - position)
                        }
                        let key = Self.key(node, text[end])
                        var slot = Self.hash(key) & mask
                        while keys[slot] != key {
                            if keys[slot] == 0 { return (best.id, best.length, end - position) }
                            slot = (slot + 1) & mask
                        }
                        node = children[slot]
                        end += 1
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 {
        UInt64(truncatingIfNeeded: node) << 8 | UInt64(byte)
    }

    @inline(__always)
    private static func hash(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 24)
    }

    private mutating func grow() {
        let (oldKeys, oldChildren) = (keys, children)
        keys = [UInt64](repeating: 0, count: 2 * oldKeys.count)
        children = [Int32](repeating: 0, count: 2 * oldKeys.count)
        keys.withUnsafeMutableBufferPointer { keys in
            children.withUnsafeMutableBufferPointer { children in
                let mask = keys.count - 1
                for place in oldKeys.indices where oldKeys[place] != 0 {
                    var slot = Self.hash(oldKeys[place]) & mask
                    while keys[slot] != 0 { slot = (slot + 1) & mask }
                    keys[slot] = oldKeys[place]
                    children[slot] = oldChildren[place]
                }
            }
        }
    }
}
