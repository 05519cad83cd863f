/// The substrings that words have in common: those that occur at least twice and are followed by different symbols, as
/// a tree in which each hangs below the longest one that begins it.
///
/// They are the inner nodes of the suffix tree of all words, found from the sorted suffixes and the lengths that
/// neighbours share (Abouelhoda et al. 2004). Only the first ``limit`` symbols count, so no text can make the
/// sorting slow.
struct RepeatedSubstrings: ~Copyable {
    struct Node: BitwiseCopyable {
        /// The next shorter one that begins it, -1 for none.
        var parent: Int32
        /// Where it occurs.
        var start: Int32
        var length: Int32
        /// How often it occurs, each word counted once.
        var count: Int32
    }

    struct Suffix: BitwiseCopyable {
        /// The first three symbols in one number, so that most comparisons are one.
        var key: UInt64
        var start: Int32
    }

    struct Open: BitwiseCopyable {
        var node: Int32
        var length: Int32
        var first: Int32
    }

    /// The substrings, a parent before or behind its children.
    private(set) var nodes = GrowingBuffer<Node>(capacity: 1 << 12)
    /// The longest one that begins at each place of the words, -1 for none.
    private(set) var longest: GrowingBuffer<Int32>
    private let limit: Int

    /// The substrings of 2 to `limit` symbols.
    init(_ words: borrowing WordSymbols, limit: Int) {
        self.limit = limit
        longest = GrowingBuffer(repeating: -1, count: words.symbols.count)
        let symbols = words.symbols.base
        var suffixes = Self.suffixes(words)
        let bound = limit
        suffixes.sort { first, second in
            if first.key != second.key { return first.key < second.key }
            return Self.precedes(symbols, Int(first.start), Int(second.start), bound)
        }
        suffixes.withUnsafeBufferPointer { listNodes($0, symbols) }
    }

    private static func suffixes(_ words: borrowing WordSymbols) -> [Suffix] {
        var suffixes: [Suffix] = []
        suffixes.reserveCapacity(words.symbols.count - words.count)
        for word in 0..<words.count {
            for start in words.range(of: word) {
                // A word ends with 0, behind which nothing counts.
                let first = UInt64(words.symbols[start])
                let second = UInt64(words.symbols[start + 1])
                let third = second == 0 ? 0 : UInt64(words.symbols[start + 2])
                suffixes.append(
                    Suffix(key: first << 42 | second << 21 | third, start: Int32(start)))
            }
        }
        return suffixes
    }

    private static func precedes(
        _ symbols: UnsafeMutablePointer<Int32>, _ first: Int, _ second: Int, _ limit: Int
    ) -> Bool {
        let shared = shared(symbols, first, second, limit)
        if shared > limit || (shared > 0 && symbols[first + shared - 1] == 0) { return false }
        return symbols[first + shared] < symbols[second + shared]
    }

    /// How many symbols two suffixes share, the end of a word included, at most `limit` + 1.
    @inline(__always)
    private static func shared(
        _ symbols: UnsafeMutablePointer<Int32>, _ first: Int, _ second: Int, _ limit: Int
    ) -> Int {
        var count = 0
        while count <= limit, symbols[first + count] == symbols[second + count] {
            count += 1
            if symbols[first + count - 1] == 0 { break }
        }
        return count
    }

    /// Walks over the sorted suffixes with the substrings that are open on a stack.
    private mutating func listNodes(
        _ suffixes: UnsafeBufferPointer<Suffix>, _ symbols: UnsafeMutablePointer<Int32>
    ) {
        var stack = [Open(node: -1, length: 0, first: 0)]
        for index in 0..<suffixes.count {
            let start = Int(suffixes[index].start)
            let isLast = index + 1 == suffixes.count
            let shared =
                isLast
                ? 0 : Self.shared(symbols, start, Int(suffixes[index + 1].start), limit)
            var place = stack[stack.count - 1].node
            var first = Int32(index)
            var closed: Int32 = -1
            while stack[stack.count - 1].length > shared {
                let open = stack.removeLast()
                nodes.base[Int(open.node)].count = Int32(index + 1) - open.first
                first = open.first
                if stack[stack.count - 1].length >= shared {
                    nodes.base[Int(open.node)].parent = stack[stack.count - 1].node
                } else {
                    closed = open.node
                }
            }
            if shared > stack[stack.count - 1].length {
                let node = Int32(nodes.count)
                nodes.append(
                    Node(
                        parent: -1, start: Int32(start), length: Int32(shared), count: 0))
                stack.append(Open(node: node, length: Int32(shared), first: first))
                if closed >= 0 {
                    nodes.base[Int(closed)].parent = node
                } else {
                    place = node
                }
            }
            longest[start] = place
        }
    }
}
