/// Places boxes in layers so that all edges go one way and few of them cross (Sugiyama, Tagawa and Toda 1981).
///
/// The axis along which the edges go is called *along*, the other one *across*. An edge that passes layers gets
/// a narrow place in each of them; the edges of one source share these places.
struct LayeredLayout {
    struct Box {
        let along: Double
        let across: Double
    }

    struct Point: Equatable {
        var along: Double
        var across: Double
    }

    /// A place in a layer that is passed: where it is entered and left.
    typealias Passage = (from: Point, to: Point)

    /// An edge: it follows the trunk of its source through some layers, then turns to its target.
    struct Edge {
        let source: Int
        let target: Int
        /// How many layers it passes.
        let length: Int
    }

    /// The centres of the boxes.
    private(set) var centers: [Point] = []
    private(set) var edges: [Edge] = []
    /// For each box the places that its edges pass, one in each layer after its own.
    private(set) var trunks: [[Passage]] = []
    private(set) var size = Point(along: 0, across: 0)

    static let layerGap = 58.0
    static let boxGap = 20.0
    private static let passageBreadth = 10.0

    /// Boxes, and for each the boxes it depends on, all of which stand before it.
    init(boxes: [Box], inputs: [[Int]]) {
        guard !boxes.isEmpty else { return }
        let layers = Self.layers(inputs)
        var ordering = LayerOrdering(layers: layers, inputs: inputs)
        ordering.reduceCrossings()
        place(boxes, layers, ordering)
    }

    /// First as early as the inputs allow, then as late as the users allow where that makes no edges longer on the
    /// whole: a parameter stands before the operation that uses it, and a step's input at its step.
    private static func layers(_ inputs: [[Int]]) -> [Int] {
        var layers = [Int](repeating: 0, count: inputs.count)
        var users = [Set<Int>](repeating: [], count: inputs.count)
        for (box, sources) in inputs.enumerated() where !sources.isEmpty {
            layers[box] = 1 + (sources.map { layers[$0] }.max() ?? 0)
            for source in sources { users[source].insert(box) }
        }
        for box in inputs.indices.reversed() {
            guard let firstUse = users[box].map({ layers[$0] }).min() else { continue }
            // A leaf that nothing else uses moves along.
            let held = Set(inputs[box]).count { !inputs[$0].isEmpty || users[$0].count > 1 }
            if held <= users[box].count { layers[box] = firstUse - 1 }
        }
        return layers
    }

    private mutating func place(_ boxes: [Box], _ layers: [Int], _ ordering: LayerOrdering) {
        let breadths = ordering.layerOf.indices.map {
            $0 < boxes.count ? boxes[$0].across : Self.passageBreadth
        }
        let across = CrossPlacement(
            ordering, breadths, gap: Self.boxGap, firstPassage: boxes.count
        ).positions
        var starts: [Double] = []
        var depths: [Double] = []
        var along = 0.0
        for layer in ordering.order {
            let depth = layer.map { $0 < boxes.count ? boxes[$0].along : 0 }.max() ?? 0
            starts.append(along)
            depths.append(depth)
            along += depth + Self.layerGap
        }
        centers = boxes.indices.map {
            Point(along: starts[layers[$0]] + depths[layers[$0]] / 2, across: across[$0])
        }
        let breadth = zip(across, breadths).map { $0 + $1 / 2 }.max() ?? 0
        size = Point(along: along - Self.layerGap, across: breadth)
        edges = ordering.edges
        trunks = ordering.passages.map { vertices in
            vertices.map { vertex in
                let start = starts[ordering.layerOf[vertex]]
                let depth = depths[ordering.layerOf[vertex]]
                return (
                    Point(along: start, across: across[vertex]),
                    Point(along: start + depth, across: across[vertex])
                )
            }
        }
    }
}

/// Where the boxes of each layer stand across: in their order, near what they are joined with.
private struct CrossPlacement {
    private(set) var positions: [Double]
    private let ordering: LayerOrdering
    private let breadths: [Double]
    private let gap: Double
    /// Vertices from here on are passages, which are to be straight.
    private let firstPassage: Int

    init(
        _ ordering: LayerOrdering, _ breadths: [Double], gap: Double, firstPassage: Int
    ) {
        self.firstPassage = firstPassage
        self.ordering = ordering
        self.breadths = breadths
        self.gap = gap
        positions = [Double](repeating: 0, count: breadths.count)
        for layer in ordering.order {
            var end = -gap
            for vertex in layer {
                positions[vertex] = end + gap + breadths[vertex] / 2
                end = positions[vertex] + breadths[vertex] / 2
            }
        }
        let layers = Array(ordering.order.indices)
        for _ in 0..<12 {
            for layer in layers.dropFirst() { settle(layer, ordering.before) }
            for layer in layers.dropLast().reversed() { settle(layer, ordering.after) }
        }
        let both = zip(ordering.before, ordering.after).map { $0 + $1 }
        for _ in 0..<4 {
            for layer in layers { settle(layer, both) }
            for layer in layers.reversed() { settle(layer, both) }
        }
        let least = zip(positions, breadths).map { $0 - $1 / 2 }.min() ?? 0
        for vertex in positions.indices { positions[vertex] -= least }
    }

    /// Moves a layer's boxes to the mean of their neighbours, as far as the order and the gaps allow: the least sum of
    /// squares, by pooling those that would overlap (isotonic regression).
    private mutating func settle(_ layer: Int, _ neighbours: [[Int]]) {
        var pools: [(wish: Double, weight: Double, count: Int)] = []
        var offset = 0.0
        var offsets: [Double] = []
        let vertices = ordering.order[layer]
        for (place, vertex) in vertices.enumerated() {
            if place > 0 {
                offset += gap + (breadths[vertices[place - 1]] + breadths[vertex]) / 2
            }
            offsets.append(offset)
            var (sum, weight) = (0.0, 0.0)
            for other in neighbours[vertex] {
                let pull = vertex >= firstPassage && other >= firstPassage ? 8.0 : 1
                sum += pull * positions[other]
                weight += pull
            }
            // What is joined with nothing here stays, and gives way to all others.
            if weight == 0 { (sum, weight) = (0.01 * positions[vertex], 0.01) }
            var pool = (wish: sum / weight - offset, weight: weight, count: 1)
            while let last = pools.last, last.wish > pool.wish {
                let weight = last.weight + pool.weight
                pool = (
                    (last.wish * last.weight + pool.wish * pool.weight) / weight, weight,
                    last.count + pool.count
                )
                pools.removeLast()
            }
            pools.append(pool)
        }
        var place = 0
        for pool in pools {
            for _ in 0..<pool.count {
                positions[vertices[place]] = pool.wish + offsets[place]
                place += 1
            }
        }
    }
}
