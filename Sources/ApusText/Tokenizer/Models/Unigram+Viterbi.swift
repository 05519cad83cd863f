extension Unigram {
    /// What ``findBestPath(_:_:)`` writes where an unknown scalar ends, and where nothing does.
    private static let unknown: Int32 = -1
    private static let nothing: Int32 = -2

    /// Writes, for each place of the text where a token of the best way to it ends, that token's node.
    ///
    /// The sums themselves are needed no further back than the longest token is long, so that they are kept in a ring:
    /// a text costs four bytes per byte, whatever its length.
    func findBestPath(_ text: UnsafeBufferPointer<UInt8>, _ path: inout [Int32]) {
        let count = text.count
        path.removeAll(keepingCapacity: true)
        path.append(contentsOf: repeatElement(Self.nothing, count: count + 1))
        var size = 8
        while size < min(trie.longest, count) + 5 { size *= 2 }
        withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { sums in
            sums[0] = 0
            path.withUnsafeMutableBufferPointer { path in
                trie.nodes.withUnsafeBufferPointer { nodes in
                    if arithmetic == .single {
                        search(text, nodes, path, sums, isSingle: true)
                    } else {
                        search(text, nodes, path, sums, isSingle: false)
                    }
                }
            }
        }
    }

    @inline(__always)
    private func search(
        _ text: UnsafeBufferPointer<UInt8>, _ nodes: UnsafeBufferPointer<ScoredTrie.Node>,
        _ path: UnsafeMutableBufferPointer<Int32>, _ sums: UnsafeMutableBufferPointer<Double>,
        isSingle: Bool
    ) {
        let count = text.count
        let mask = sums.count - 1
        // The root is node 0, and no child is: a base of 0 leads to places whose parents are others.
        let rootBase = Int(nodes[0].base)
        var start = 0
        while start < count {
            let sum = sums[start & mask]
            let length = min(scalarLength(leading: text[start]), count - start)
            var covered = false
            var node = Int32(0)
            var base = rootBase
            var end = start
            while end < count {
                let child = base + Int(text[end])
                guard child < nodes.count else { break }
                let found = nodes[child]
                guard found.parent == node, child > 0 else { break }
                node = Int32(truncatingIfNeeded: child)
                base = Int(found.base)
                end += 1
                if !found.score.isNaN {
                    let exact = found.score + sum
                    let candidate = isSingle ? Double(Float(exact)) : exact
                    if path[end] == Self.nothing || candidate > sums[end & mask] {
                        sums[end & mask] = candidate
                        path[end] = node
                    }
                    if end - start == length { covered = true }
                }
                if base == 0 { break }
            }
            if !covered {
                let end = start + length
                let exact = unknownScore + sum
                let candidate = isSingle ? Double(Float(exact)) : exact
                if path[end] == Self.nothing || candidate > sums[end & mask] {
                    sums[end & mask] = candidate
                    path[end] = Self.unknown
                }
            }
            start += length
        }
    }
}
