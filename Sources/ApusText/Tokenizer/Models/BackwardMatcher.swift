/// Finds the longest token at every place of a text in one pass from its end to its start, however long the tokens are:
/// the tokens' bytes reversed, as a trie whose nodes know the longest of their endings that is a node too (Aho and
/// Corasick 1975).
struct BackwardMatcher: Sendable {
    /// By node and byte, the node one byte on; only looked up.
    private var children: [UInt64: Int32] = [:]
    /// For each node, the longest of its endings that is a node.
    private var shorter: [Int32] = [0]
    /// For each node the longest token that ends there, -1 for none, and its length.
    private var tokens: [(id: Int32, length: Int32)] = [(-1, 0)]

    /// The given texts, none empty, numbered from 0 up; of equal ones the first counts.
    init(_ texts: [[UInt8]]) {
        // Nodes in the order of their depths, so that shorter ones are finished first.
        var layers: [[(parent: Int32, byte: UInt8, node: Int32)]] = []
        for (id, text) in texts.enumerated() {
            var node: Int32 = 0
            for (depth, byte) in text.reversed().enumerated() {
                let key = Self.key(node, byte)
                if let child = children[key] {
                    node = child
                    continue
                }
                let child = Int32(tokens.count)
                children[key] = child
                tokens.append((-1, 0))
                if depth == layers.count { layers.append([]) }
                layers[depth].append((node, byte, child))
                node = child
            }
            if tokens[Int(node)].id < 0 { tokens[Int(node)] = (Int32(id), Int32(text.count)) }
        }
        shorter = [Int32](repeating: 0, count: tokens.count)
        for layer in layers.dropFirst() {
            for (parent, byte, node) in layer {
                let ending = step(shorter[Int(parent)], byte)
                shorter[Int(node)] = ending
                if tokens[Int(node)].id < 0 { tokens[Int(node)] = tokens[Int(ending)] }
            }
        }
    }

    private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 {
        UInt64(truncatingIfNeeded: node) << 8 | UInt64(byte)
    }

    private func step(_ node: Int32, _ byte: UInt8) -> Int32 {
        var node = node
        while true {
            if let child = children[Self.key(node, byte)] { return child }
            if node == 0 { return 0 }
            node = shorter[Int(node)]
        }
    }

    /// For each place from `first` on, the longest token that begins there: its number, or -1, and its length.
    func longest(
        in text: UnsafeBufferPointer<UInt8>, from first: Int
    ) -> [(id: Int32, length: Int32)] {
        var found = [(id: Int32, length: Int32)](repeating: (-1, 0), count: text.count - first)
        var node: Int32 = 0
        for place in (first..<text.count).reversed() {
            node = step(node, text[place])
            found[place - first] = tokens[Int(node)]
        }
        return found
    }
}
