import ApusCore

/// The colours and the outline of a node's box. Kinds differ in form as well as in colour, and the colours (after
/// Okabe and Ito 2008) stay apart for colour-blind eyes.
struct GraphLook {
    let fill: String
    let line: String
    /// The radius of the corners, as a share of half the box's height.
    let roundness: Double
    let isThick: Bool
    let isDashed: Bool

    init(_ node: Graph.Node, isResult: Bool) {
        self = isResult ? .result : Self.of(node.kind)
    }

    private init(
        fill: String, line: String, roundness: Double, isThick: Bool = false,
        isDashed: Bool = false
    ) {
        self.fill = fill
        self.line = line
        self.roundness = roundness
        self.isThick = isThick
        self.isDashed = isDashed
    }

    static func of(_ kind: Graph.Kind) -> GraphLook {
        switch kind {
        case .parameter: GraphLook(fill: "#FDE9C9", line: "#B87400", roundness: 0)
        case .input: GraphLook(fill: "#DCEDFA", line: "#0072B2", roundness: 1)
        case .constant:
            GraphLook(fill: "#F3F4F6", line: "#7A8594", roundness: 1, isDashed: true)
        case .operation: GraphLook(fill: "#FFFFFF", line: "#3B4654", roundness: 0.3)
        }
    }

    /// The last node: the loss.
    static let result = GraphLook(fill: "#D9F2E8", line: "#00795A", roundness: 0.3, isThick: true)
}
