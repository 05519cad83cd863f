import ApusCore

/// The pieces that are still in the running, and where each occurs.
///
/// Every piece is a symbol or a ``RepeatedSubstrings/Node``; which pieces begin at a place of the words is read off the
/// tree, from the longest one upwards. Nothing is looked up.
struct UnigramPieces: ~Copyable {
    /// What stands for a symbol that is no piece (any more).
    static let unknown: Int32 = 0

    struct Piece: BitwiseCopyable {
        var start: Int32
        var length: Int32
        /// ln of the probability.
        var score: Double
        var probability: Double
    }

    /// The pieces by number: ``unknown``, then the symbols, then the candidates, the best first.
    private(set) var pieces = GrowingBuffer<Piece>(capacity: 1 << 10)
    /// The numbers of the pieces in the running, those first that stay longest.
    private(set) var running: [Int32] = []
    /// The piece of each symbol, ``unknown`` where it has been dropped.
    private var symbolPieces: GrowingBuffer<Int32>
    private var nodePieces: GrowingBuffer<Int32>
    private var tree: RepeatedSubstrings
    /// The nodes, shorter ones first.
    private var nodesByLength: [Int32] = []

    /// The symbols and the best candidates: those with the largest product of occurrences and length.
    init(_ words: borrowing WordSymbols, _ settings: UnigramSettings) {
        let limit = settings.longestPiece
        tree = RepeatedSubstrings(words, limit: limit)
        symbolPieces = GrowingBuffer(repeating: Self.unknown, count: words.alphabet.count + 1)
        nodePieces = GrowingBuffer(repeating: -1, count: tree.nodes.count)
        pieces.append(Piece(start: 0, length: 1, score: 0, probability: 0))
        addSymbols(words)
        addCandidates(words, settings)
        var total = 0.0
        for index in 1..<max(pieces.count, 1) { total += pieces[index].score }
        let shift = DoubleMath.log(total)
        running = (0..<Int32(pieces.count)).dropFirst().map { $0 }
        for piece in running {
            setScore(DoubleMath.log(pieces[Int(piece)].score) - shift, of: piece)
        }
        sortNodes()
        prune(to: running)
    }

    private mutating func addSymbols(_ words: borrowing WordSymbols) {
        var places = [Int32](repeating: 0, count: words.alphabet.count + 1)
        for place in 0..<words.symbols.count { places[Int(words.symbols[place])] = Int32(place) }
        let order = words.frequencies.indices.sorted {
            (words.frequencies[$0], $0) > (words.frequencies[$1], $1)
        }
        for index in order {
            symbolPieces[index + 1] = Int32(pieces.count)
            pieces.append(
                Piece(
                    start: places[index + 1], length: 1, score: Double(words.frequencies[index]),
                    probability: 0))
        }
    }

    private mutating func addCandidates(
        _ words: borrowing WordSymbols, _ settings: UnigramSettings
    ) {
        var candidates: [Int32] = []
        for index in 0..<tree.nodes.count {
            let node = tree.nodes[index]
            let last = words.symbols[Int(node.start + node.length) - 1]
            if 2...settings.longestPiece ~= Int(node.length), last != 0 {
                candidates.append(Int32(index))
            }
        }
        // Two nodes never have the same text, and the tree's order is that of the texts.
        let nodes = tree.nodes.base
        func gain(_ node: Int32) -> Int {
            Int(nodes[Int(node)].count) * Int(nodes[Int(node)].length)
        }
        candidates.sort { (gain($0), $1) > (gain($1), $0) }
        for node in candidates.prefix(max(settings.seedSize - words.alphabet.count, 0)) {
            nodePieces[Int(node)] = Int32(pieces.count)
            let found = nodes[Int(node)]
            pieces.append(
                Piece(
                    start: found.start, length: found.length, score: Double(gain(node)),
                    probability: 0))
        }
    }

    private mutating func sortNodes() {
        let nodes = tree.nodes.base
        nodesByLength = (0..<Int32(tree.nodes.count)).sorted {
            (nodes[Int($0)].length, $0) < (nodes[Int($1)].length, $1)
        }
    }

    /// Sets the logarithm of a piece's probability.
    func setScore(_ score: Double, of piece: Int32) {
        pieces.base[Int(piece)].score = score
        pieces.base[Int(piece)].probability = DoubleMath.exp(score)
    }

    /// Keeps these pieces, in their order, and takes the others out of the tree.
    mutating func prune(to kept: [Int32]) {
        var isKept = [Bool](repeating: false, count: pieces.count)
        for piece in kept { isKept[Int(piece)] = true }
        running = kept
        for symbol in 1..<symbolPieces.count where !isKept[Int(symbolPieces[symbol])] {
            symbolPieces[symbol] = Self.unknown
        }
        // A node without a piece is passed over: its children hang below its parent.
        let nodes = tree.nodes.base
        var nearest = [Int32](repeating: -1, count: tree.nodes.count)
        for node in nodesByLength {
            let parent = nodes[Int(node)].parent
            let above = parent < 0 ? -1 : nearest[Int(parent)]
            nodes[Int(node)].parent = above
            let piece = nodePieces[Int(node)]
            if piece >= 0, !isKept[Int(piece)] { nodePieces[Int(node)] = -1 }
            nearest[Int(node)] = nodePieces[Int(node)] >= 0 ? node : above
        }
        for place in 0..<tree.longest.count where tree.longest[place] >= 0 {
            tree.longest[place] = nearest[Int(tree.longest[place])]
        }
    }

    /// Gives the unknown symbol a score below that of all pieces, as SentencePiece does.
    func setUnknownScore() {
        let least = running.reduce(0.0) { min($0, pieces[Int($1)].score) }
        setScore(least - 10, of: Self.unknown)
    }

    /// Calls `body` with each piece that begins at a place and has at most `room` symbols, longer ones first.
    @inline(__always)
    func forEachPiece(
        at place: Int, symbol: Int32, room: Int, _ body: (_ piece: Int32, _ length: Int) -> Void
    ) {
        var node = tree.longest[place]
        while node >= 0 {
            let found = tree.nodes[Int(node)]
            if Int(found.length) <= room { body(nodePieces[Int(node)], Int(found.length)) }
            node = found.parent
        }
        body(symbolPieces[Int(symbol)], 1)
    }
}
