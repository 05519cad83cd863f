import ApusCore

/// Which way a picture of a graph is read.
public enum GraphDirection: Sendable, Hashable, CaseIterable {
    /// From the left, where the inputs are, to the loss at the right.
    case rightward
    /// From the inputs at the top down to the loss.
    case downward
}

extension Graph {
    /// The graph as a picture that reads from left to right: ``svg(title:direction:)``.
    public var svg: String { svg() }

    /// The graph as a picture: a box for each node, with its name, its shape, its value and its gradient.
    ///
    /// The same graph gives the same bytes. Meant for graphs that fit a slide, up to a few hundred nodes.
    ///
    /// - Parameters:
    ///   - title: stands above it; nil for none.
    ///   - direction: which way it is read.
    /// - Returns: a whole SVG document.
    public func svg(title: String? = nil, direction: GraphDirection = .rightward) -> String {
        GraphDrawing(self, title: title, direction: direction).document()
    }
}

/// One picture of a graph.
private struct GraphDrawing {
    private let graph: Graph
    private let title: String?
    private let direction: GraphDirection
    private let captions: [NodeCaption]
    private let sizes: [(width: Double, height: Double)]
    private let layout: LayeredLayout

    private static let margin = 28.0
    private static let titleHeight = 40.0
    private static let legendHeight = 58.0

    init(_ graph: Graph, title: String?, direction: GraphDirection) {
        self.graph = graph
        self.title = title
        self.direction = direction
        let last = graph.nodes.count - 1
        captions = graph.nodes.map { NodeCaption($0, isResult: $0.id == last) }
        let sizes = captions.map(Self.size)
        self.sizes = sizes
        layout = LayeredLayout(
            boxes: sizes.map {
                direction == .rightward
                    ? LayeredLayout.Box(along: $0.width, across: $0.height)
                    : LayeredLayout.Box(along: $0.height, across: $0.width)
            },
            inputs: graph.nodes.map { $0.inputs.map(\.node) })
    }

    // MARK: Sizes

    /// How wide a text is about, in a wide sans-serif face.
    private static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
        let letters = text.unicodeScalars.reduce(0.0) { sum, scalar in
            switch scalar {
            case " ", ".", ",", ":", ";", "|", "i", "j", "l", "'", "·": sum + 0.33
            case "[", "]", "(", ")", "f", "t", "r", "-", "/": sum + 0.4
            case "m", "w", "M", "W", "…": sum + 0.95
            case "A"..."Z": sum + 0.7
            default: sum + 0.62
            }
        }
        return letters * size * (isBold ? 1.1 : 1)
    }

    private static func size(of caption: NodeCaption) -> (width: Double, height: Double) {
        let lines = [caption.facts, caption.value.map { "= " + $0 } ?? "", caption.gradient ?? ""]
        let heading =
            width(of: caption.title, size: 17, isBold: true) + width(of: caption.kind, size: 15)
            + (caption.kind.isEmpty ? 0 : 12)
        let widest = lines.map { width(of: $0, size: 13) }.max() ?? 0
        let count =
            (caption.facts.isEmpty ? 0 : 1) + (caption.value == nil ? 0 : 1)
            + (caption.gradient == nil ? 0 : 1)
        return (max(64, max(heading, widest) + 28), 36 + 18 * Double(count))
    }

    // MARK: Drawing

    private typealias XY = (x: Double, y: Double)

    private var top: Double { Self.margin + (title == nil ? 0 : Self.titleHeight) }

    private func xy(_ point: LayeredLayout.Point) -> XY {
        direction == .rightward
            ? (Self.margin + left + point.along, top + point.across)
            : (Self.margin + left + point.across, top + point.along)
    }

    private var drawn: (width: Double, height: Double) {
        direction == .rightward
            ? (layout.size.along, layout.size.across) : (layout.size.across, layout.size.along)
    }

    /// A small graph stands in the middle above its legend.
    private var left: Double { max(0, (legendWidth - drawn.width) / 2) }

    func document() -> String {
        let width = max(drawn.width, legendWidth) + 2 * Self.margin
        let height = top + drawn.height + Self.margin + Self.legendHeight
        var svg = SVGWriter(width: width, height: height, title: title ?? "A computation graph")
        svg.add(raw: Self.style)
        svg.add("rect", ["width": "100%", "height": "100%", "fill": "#FFFFFF"])
        if let title {
            svg.add(
                "text",
                ["class": "heading", "x": n(width / 2), "y": n(Self.margin + 16)], text: title)
        }
        svg.group("g", ["class": "edges"]) { svg in
            for node in graph.nodes { drawTrunk(of: node.id, in: &svg) }
            for (edge, port) in zip(layout.edges, ports()) { draw(edge, port: port, in: &svg) }
        }
        for node in graph.nodes { draw(node, in: &svg) }
        drawLegend(top + drawn.height + Self.margin, width: width, in: &svg)
        return svg.document()
    }

    private func draw(_ node: Graph.Node, in svg: inout SVGWriter) {
        let (center, size, caption) = (
            xy(layout.centers[node.id]), sizes[node.id], captions[node.id]
        )
        let isResult = node.id == graph.nodes.count - 1 && node.kind == .operation
        let (x, y) = (center.x - size.width / 2, center.y - size.height / 2)
        svg.group("g", [:]) { svg in
            svg.add("title", [:], text: details(of: node))
            drawBox(
                GraphLook(node, isResult: isResult), x, y, size.width, size.height, in: &svg)
            var line = y + 24
            if caption.kind.isEmpty {
                svg.add(
                    "text", ["class": "name", "x": n(center.x), "y": n(line)], text: caption.title)
            } else {
                svg.group("text", ["class": "name", "x": n(center.x), "y": n(line)]) { svg in
                    svg.add("tspan", [:], text: caption.title)
                    svg.add("tspan", ["class": "kind", "dx": "8"], text: caption.kind)
                }
            }
            if !caption.facts.isEmpty {
                line += 18
                svg.add(
                    "text", ["class": "facts", "x": n(center.x), "y": n(line)],
                    text: caption.facts)
            }
            if let value = caption.value {
                line += 18
                svg.add(
                    "text", ["class": "value", "x": n(center.x), "y": n(line)], text: "= \(value)")
            }
            if let gradient = caption.gradient {
                line += 18
                svg.add(
                    "text", ["class": "gradient", "x": n(center.x), "y": n(line)],
                    text: "∂ \(gradient)")
            }
        }
    }

    private func drawBox(
        _ look: GraphLook, _ x: Double, _ y: Double, _ width: Double, _ height: Double,
        in svg: inout SVGWriter
    ) {
        svg.add(
            "rect",
            [
                "x": n(x), "y": n(y), "width": n(width), "height": n(height),
                "rx": n(look.roundness * min(height / 2, 22)), "fill": look.fill,
                "stroke": look.line, "stroke-width": look.isThick ? "3" : "1.5",
                "stroke-dasharray": look.isDashed ? "5 3" : "none",
            ])
    }

    /// What a browser shows when the pointer rests on the box.
    private func details(of node: Graph.Node) -> String {
        var parts = ["#\(node.id) \(node.operation)"]
        if let layer = node.layer { parts.append("of \(layer)") }
        parts.append("\(node.shape) \(node.scalarType)")
        if node.kind == .operation {
            parts.append("\(node.flops) FLOP, \(node.bytes) bytes")
        }
        if let seconds = node.seconds { parts.append("\(Graph.Values.text(seconds * 1e6)) µs") }
        if let value = node.value { parts.append("value \(value)") }
        if let gradient = node.gradient { parts.append("gradient \(gradient)") }
        return parts.joined(separator: "; ")
    }

    // MARK: Edges

    /// The way that the edges of a node have in common.
    private func drawTrunk(of node: Int, in svg: inout SVGWriter) {
        guard !layout.trunks[node].isEmpty else { return }
        var at = exit(of: node)
        var path = "M\(text(at))"
        for passage in layout.trunks[node] {
            path += curve(from: at, to: passage.from) + " L\(text(passage.to))"
            at = passage.to
        }
        svg.add("path", ["d": path])
    }

    private func draw(_ edge: LayeredLayout.Edge, port: Double, in svg: inout SVGWriter) {
        let (start, target) = (start(of: edge), layout.centers[edge.target])
        // Edges arrive side by side, in the order in which they come, so that none hides another.
        let end = LayeredLayout.Point(
            along: target.along - along(edge.target) / 2 - 3, across: target.across + port)
        svg.add("path", ["class": "arrow", "d": "M\(text(start))" + curve(from: start, to: end)])
    }

    /// Where an edge leaves its source's trunk, or its source.
    private func start(of edge: LayeredLayout.Edge) -> LayeredLayout.Point {
        edge.length > 0 ? layout.trunks[edge.source][edge.length - 1].to : exit(of: edge.source)
    }

    private func exit(of node: Int) -> LayeredLayout.Point {
        let center = layout.centers[node]
        return LayeredLayout.Point(
            along: center.along + along(node) / 2, across: center.across)
    }

    private func along(_ node: Int) -> Double {
        direction == .rightward ? sizes[node].width : sizes[node].height
    }

    /// How far from its target's middle each edge arrives.
    private func ports() -> [Double] {
        var arrivals = [[(across: Double, edge: Int)]](repeating: [], count: graph.nodes.count)
        for (index, edge) in layout.edges.enumerated() {
            let across = start(of: edge).across
            arrivals[edge.target].append((across, index))
        }
        var ports = [Double](repeating: 0, count: layout.edges.count)
        for (target, arrivals) in arrivals.enumerated() {
            let room = direction == .rightward ? sizes[target].height : sizes[target].width
            let step = min(18, 0.7 * room / Double(max(arrivals.count, 1)))
            let sorted = arrivals.sorted { ($0.across, $0.edge) < ($1.across, $1.edge) }
            for (place, arrival) in sorted.enumerated() {
                ports[arrival.edge] = (Double(place) - Double(arrivals.count - 1) / 2) * step
            }
        }
        return ports
    }

    /// A curve that leaves and arrives along the reading direction.
    private func curve(from a: LayeredLayout.Point, to b: LayeredLayout.Point) -> String {
        let middle = (a.along + b.along) / 2
        let first = LayeredLayout.Point(along: middle, across: a.across)
        let second = LayeredLayout.Point(along: middle, across: b.across)
        return " C\(text(first)) \(text(second)) \(text(b))"
    }

    private func text(_ point: LayeredLayout.Point) -> String {
        let (x, y) = xy(point)
        return "\(n(x)) \(n(y))"
    }

    // MARK: Legend

    private var legend: [(look: GraphLook, name: String)] {
        var entries = Graph.Kind.allCases.filter { kind in
            graph.nodes.contains { $0.kind == kind }
        }.map { (GraphLook.of($0), $0.rawValue) }
        if graph.nodes.last?.kind == .operation { entries.append((GraphLook.result, "result")) }
        return entries
    }

    private var legendWidth: Double {
        max(
            legend.reduce(0) { $0 + Self.width(of: $1.name, size: 13) + 62 },
            Self.width(of: footer, size: 13))
    }

    private var footer: String {
        let hasGradients = graph.nodes.contains { $0.gradient != nil }
        return hasGradients
            ? "= value forward · ∂ gradient backward · \(graph.totals)"
            : "= value forward · \(graph.totals)"
    }

    private func drawLegend(_ y: Double, width: Double, in svg: inout SVGWriter) {
        let total = legend.reduce(0) { $0 + Self.width(of: $1.name, size: 13) + 62 }
        var x = (width - total) / 2
        for (look, name) in legend {
            drawBox(look, x, y, 30, 18, in: &svg)
            svg.add("text", ["class": "legend", "x": n(x + 38), "y": n(y + 14)], text: name)
            x += Self.width(of: name, size: 13) + 62
        }
        svg.add("text", ["class": "facts", "x": n(width / 2), "y": n(y + 42)], text: footer)
    }

    private func n(_ value: Double) -> String { SVGWriter.number(value) }

    private static let style = """
        <style>
        text { font-family: "Helvetica Neue", Helvetica, Arial, "DejaVu Sans", sans-serif; font-size: 13px; text-anchor: middle; }
        .heading { font-size: 20px; font-weight: bold; fill: #1B2430; }
        .name { font-size: 17px; font-weight: bold; fill: #1B2430; }
        .kind { font-size: 15px; font-weight: normal; fill: #4A5563; }
        .facts { fill: #4A5563; }
        .value { fill: #00538A; }
        .gradient { fill: #A33B00; }
        .legend { text-anchor: start; fill: #1B2430; }
        .edges path { fill: none; stroke: #5F6B7A; stroke-width: 1.6; }
        .edges .arrow { marker-end: url(#arrow); }
        </style>
        <defs><marker id="arrow" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.8 L10 5 L0 9.2 z" style="fill:#5F6B7A;stroke:none;marker-end:none"/></marker></defs>
        """
}
