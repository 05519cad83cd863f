/// The order of boxes and passages within each layer, chosen so that few edges cross.
///
/// Vertices are numbered: the boxes first, then the passages of long edges.
struct LayerOrdering {
    /// The layer of each vertex.
    private(set) var layerOf: [Int]
    /// The vertices of each layer, in order.
    private(set) var order: [[Int]]
    /// What each vertex is joined with in the layer before its own, and in the one after.
    private(set) var before: [[Int]]
    private(set) var after: [[Int]]
    private(set) var edges: [LayeredLayout.Edge] = []
    /// For each box the vertices that its edges pass, one in each layer after its own.
    private(set) var passages: [[Int]]
    /// Where each vertex stands in its layer, as far as the last sort looked.
    private var places: [Int] = []

    init(layers: [Int], inputs: [[Int]]) {
        layerOf = layers
        before = Array(repeating: [], count: layers.count)
        after = before
        passages = before
        order = []
        for (target, sources) in inputs.enumerated() {
            var seen: Set<Int> = []
            for source in sources where seen.insert(source).inserted {
                let length = layers[target] - layers[source] - 1
                while passages[source].count < length {
                    let vertex = layerOf.count
                    layerOf.append(layers[source] + 1 + passages[source].count)
                    before.append([])
                    after.append([])
                    join(passages[source].last ?? source, vertex)
                    passages[source].append(vertex)
                }
                join(length > 0 ? passages[source][length - 1] : source, target)
                edges.append(LayeredLayout.Edge(source: source, target: target, length: length))
            }
        }
        order = Array(repeating: [], count: (layerOf.max() ?? 0) + 1)
        for vertex in layerOf.indices { order[layerOf[vertex]].append(vertex) }
        places = Array(repeating: 0, count: layerOf.count)
    }

    private mutating func join(_ a: Int, _ b: Int) {
        after[a].append(b)
        before[b].append(a)
    }

    /// Sorts each layer by the mean place of its neighbours, forward and backward in turns, and keeps the best.
    mutating func reduceCrossings() {
        var best = (order: order, crossings: crossings)
        let sweeps = layerOf.count > 5000 ? 4 : 24
        for sweep in 0..<sweeps where best.crossings > 0 {
            if sweep % 2 == 0 {
                for layer in order.indices.dropFirst() { sort(layer, by: before) }
            } else {
                for layer in order.indices.dropLast().reversed() { sort(layer, by: after) }
            }
            let now = crossings
            if now < best.crossings { best = (order, now) }
        }
        order = best.order
    }

    private mutating func sort(_ layer: Int, by neighbours: [[Int]]) {
        for neighbourLayer in [layer - 1, layer + 1] where order.indices.contains(neighbourLayer) {
            for (place, vertex) in order[neighbourLayer].enumerated() { places[vertex] = place }
        }
        let keys = order[layer].enumerated().map { place, vertex in
            let near = neighbours[vertex]
            let mean =
                near.isEmpty
                ? Double(place)
                : Double(near.reduce(0) { $0 + places[$1] }) / Double(near.count)
            return (mean: mean, place: place, vertex: vertex)
        }
        order[layer] = keys.sorted { ($0.mean, $0.place) < ($1.mean, $1.place) }.map(\.vertex)
    }

    /// How many pairs of edges between neighbouring layers cross.
    var crossings: Int {
        var place = places
        for layer in order {
            for (index, vertex) in layer.enumerated() { place[vertex] = index }
        }
        return order.reduce(0) { sum, layer in
            var targets: [Int] = []
            for vertex in layer { targets += after[vertex].map { place[$0] }.sorted() }
            return sum + Self.inversions(&targets[...])
        }
    }

    /// How many pairs stand in the wrong order; sorts.
    private static func inversions(_ numbers: inout ArraySlice<Int>) -> Int {
        guard numbers.count > 1 else { return 0 }
        let middle = (numbers.startIndex + numbers.endIndex) / 2
        var (left, right) = (numbers[..<middle], numbers[middle...])
        var count = inversions(&left) + inversions(&right)
        var merged: [Int] = []
        merged.reserveCapacity(numbers.count)
        while let a = left.first, let b = right.first {
            if a <= b {
                merged.append(a)
                left = left.dropFirst()
            } else {
                count += left.count
                merged.append(b)
                right = right.dropFirst()
            }
        }
        merged += left
        merged += right
        numbers = merged[...]
        return count
    }
}
