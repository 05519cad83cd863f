/// Tokens with scores, to find all that begin at a place of a text: a double-array trie over bytes (Aoe 1989).
///
/// A step is one load: the child of node `n` for byte `b` is at `base[n] + b`, if that place names `n` as its parent.
struct ScoredTrie: Sendable {
    /// A place of the array.
    struct Node: Sendable {
        /// What a byte is added to for its child's place; 0 for a node without children.
        var base: Int32 = 0
        /// The node of which this is a child; −1 while nobody's.
        var parent: Int32 = -1
        /// The score of the token that ends here; not a number where none does.
        var score: Double = .nan
    }

    private(set) var nodes: [Node]
    /// The token that ends at each node, −1 where none does.
    private(set) var ids: [Int32]
    /// The length of each node's text in bytes.
    private(set) var depths: [Int32]
    /// The length of the longest token.
    private(set) var longest = 0

    /// A trie of tokens; empty ones are left out, and of equal ones the last counts.
    init(_ tokens: TextStore, scores: [Double], isIncluded: (Int) -> Bool = { _ in true }) {
        var builder = ScoredTrieBuilder(tokens, scores: scores, isIncluded: isIncluded)
        builder.build()
        nodes = builder.nodes
        ids = builder.ids
        depths = builder.depths
        longest = builder.longest
    }
}

/// Lays the nodes of a ``ScoredTrie`` out, without recursion.
private struct ScoredTrieBuilder {
    let tokens: TextStore
    let scores: [Double]
    /// The tokens in the order of their bytes.
    private var order: [Int32]

    var nodes: [ScoredTrie.Node] = [ScoredTrie.Node(base: 0, parent: 0)]
    var ids: [Int32] = [-1]
    var depths: [Int32] = [0]
    var longest = 0

    /// The free places as a ring through place 0.
    private var nextFree: [Int32] = [0]
    private var previousFree: [Int32] = [0]
    /// Where to look for room for several children; the places before are nearly full.
    private var denseStart: Int32 = 0

    /// A stretch of `order` whose tokens share the text of a node.
    private struct Stretch {
        var low: Int
        var high: Int
        var depth: Int
        var node: Int32
    }

    init(_ tokens: TextStore, scores: [Double], isIncluded: (Int) -> Bool) {
        self.tokens = tokens
        self.scores = scores
        // Most comparisons are decided by the first eight bytes.
        var keyed: [(head: UInt64, index: Int32)] = []
        keyed.reserveCapacity(tokens.count)
        for index in 0..<tokens.count where isIncluded(index) {
            let head = tokens.withBytes(of: index) { bytes in
                (0..<8).reduce(UInt64(0)) { $0 << 8 | ($1 < bytes.count ? UInt64(bytes[$1]) : 0) }
            }
            if tokens.withBytes(of: index, { !$0.isEmpty }) { keyed.append((head, Int32(index))) }
        }
        keyed.sort { left, right in
            if left.head != right.head { return left.head < right.head }
            return tokens.withBytes(of: Int(left.index)) { first in
                tokens.withBytes(of: Int(right.index)) { second in
                    if first.elementsEqual(second) { return left.index < right.index }
                    return first.lexicographicallyPrecedes(second)
                }
            }
        }
        order = keyed.map(\.index)
    }

    mutating func build() {
        var waiting = [Stretch(low: 0, high: order.count, depth: 0, node: 0)]
        var children: [Stretch] = []
        var labels: [UInt8] = []
        while var stretch = waiting.popLast() {
            // Tokens that end here stand first.
            while stretch.low < stretch.high {
                let index = Int(order[stretch.low])
                guard tokens.withBytes(of: index, \.count) == stretch.depth else { break }
                nodes[Int(stretch.node)].score = scores[index]
                ids[Int(stretch.node)] = Int32(index)
                longest = max(longest, stretch.depth)
                stretch.low += 1
            }
            guard stretch.low < stretch.high else { continue }
            children.removeAll(keepingCapacity: true)
            labels.removeAll(keepingCapacity: true)
            for place in stretch.low..<stretch.high {
                let label = tokens.withBytes(of: Int(order[place])) { $0[stretch.depth] }
                if labels.last == label {
                    children[children.count - 1].high = place + 1
                } else {
                    labels.append(label)
                    children.append(
                        Stretch(low: place, high: place + 1, depth: stretch.depth + 1, node: 0))
                }
            }
            let base = findBase(for: labels)
            nodes[Int(stretch.node)].base = base
            for (index, label) in labels.enumerated() {
                let place = base + Int32(label)
                take(place, parent: stretch.node, depth: stretch.depth + 1)
                children[index].node = place
            }
            waiting.append(contentsOf: children.reversed())
        }
    }

    /// A base at which the places of all labels are free.
    private mutating func findBase(for labels: [UInt8]) -> Int32 {
        let first = Int32(labels[0])
        var tries = 0
        var place = nextFree[Int(labels.count == 1 ? 0 : denseStart)]
        while place != 0 {
            let base = place - first
            let fits =
                base > 0
                && labels.allSatisfy { label in
                    let child = Int(base + Int32(label))
                    return child >= nodes.count || nodes[child].parent < 0
                }
            if fits {
                // What was passed over many times is too full to be looked at again.
                if tries > 32 { denseStart = previousFree[Int(place)] }
                grow(to: Int(base) + 256)
                return base
            }
            tries += 1
            place = nextFree[Int(place)]
        }
        let base = Int32(nodes.count)
        grow(to: nodes.count + 256)
        return base
    }

    /// Adds free places.
    private mutating func grow(to count: Int) {
        while nodes.count < count {
            let place = Int32(nodes.count)
            let last = previousFree[0]
            nodes.append(ScoredTrie.Node())
            ids.append(-1)
            depths.append(0)
            nextFree.append(0)
            previousFree.append(last)
            nextFree[Int(last)] = place
            previousFree[0] = place
        }
    }

    private mutating func take(_ place: Int32, parent: Int32, depth: Int) {
        let index = Int(place)
        nextFree[Int(previousFree[index])] = nextFree[index]
        previousFree[Int(nextFree[index])] = previousFree[index]
        if denseStart == place { denseStart = previousFree[index] }
        nodes[index].parent = parent
        depths[index] = Int32(depth)
    }
}
