/// A binary tree over the words in which frequent words stand near the root (Huffman 1952): for each word the inner
/// nodes from the root on, and which way to turn at each.
///
/// Hierarchical softmax (Morin and Bengio 2005) gives each inner node a vector; a word's probability is the product of
/// the turns on its path.
package struct HuffmanPaths {
    /// Word w has the entries starts[w] ..< starts[w + 1].
    package let starts: [Int32]
    package let nodes: [Int32]
    /// 1 where the path turns to the first, lighter child, else 0.
    package let labels: [Float]
    package let nodeCount: Int
    package let longest: Int

    /// - Parameter counts: in descending order.
    package init(counts: [Int]) {
        let words = counts.count
        let inner = max(words - 1, 0)
        // Leaves are 0 ..< words, inner node i is words + i. Two lists in ascending order, the leaves from the rear and
        // the inner nodes as they come, are all that is needed to find the two lightest (van Leeuwen 1976).
        var weights = counts + [Int](repeating: 0, count: inner)
        var parents = [Int](repeating: -1, count: words + inner)
        var isFirst = [Bool](repeating: false, count: words + inner)
        var leaf = words - 1
        var node = words
        for made in words..<(words + inner) {
            func lightest() -> Int {
                if leaf >= 0, node >= made || weights[leaf] <= weights[node] {
                    leaf -= 1
                    return leaf + 1
                }
                node += 1
                return node - 1
            }
            let first = lightest()
            let second = lightest()
            weights[made] = weights[first] + weights[second]
            parents[first] = made
            parents[second] = made
            isFirst[first] = true
        }
        var starts: [Int32] = [0]
        var nodes: [Int32] = []
        var labels: [Float] = []
        var longest = 0
        for word in 0..<words {
            let begin = nodes.count
            var at = word
            while parents[at] >= 0 {
                nodes.append(Int32(parents[at] - words))
                labels.append(isFirst[at] ? 1 : 0)
                at = parents[at]
            }
            nodes[begin...].reverse()
            labels[begin...].reverse()
            longest = max(longest, nodes.count - begin)
            starts.append(Int32(nodes.count))
        }
        self.starts = starts
        self.nodes = nodes
        self.labels = labels
        self.longest = longest
        nodeCount = inner
    }
}
