/// Points with names on a plane, as a picture: a map of words.
///
/// ```swift
/// let map = PointMap([.init(name: "cat", x: 0, y: 1), .init(name: "dog", x: 0.2, y: 0.9)])
/// map.svg(title: "Animals")
/// ```
///
/// Names do not cover each other. One that finds no room beside its point stands further off, with a line
/// to it; the earlier points choose first. Only the positions relative to each other matter: the map is
/// scaled to the picture, with the same scale on both axes.
public struct PointMap: Sendable {
    /// A point and its name.
    public struct Point: Sendable, Equatable {
        /// What stands beside it.
        public var name: String
        /// To the right.
        public var x: Double
        /// Upwards.
        public var y: Double

        /// A point.
        public init(name: String, x: Double, y: Double) {
            self.name = name
            self.x = x
            self.y = y
        }
    }

    /// The points, the most important first.
    public let points: [Point]

    /// A map. Points of which a coordinate is not finite stand in the middle.
    public init(_ points: [Point]) {
        self.points = points
    }

    private static let margin = 36.0
    private static let titleHeight = 34.0
    private static let fontSize = 11.0

    /// The map as a whole SVG document. The same map gives the same bytes.
    ///
    /// - Parameters:
    ///   - title: stands above it; nil for none.
    ///   - width: of the picture, in pixels.
    ///   - height: of the picture, in pixels.
    public func svg(title: String? = nil, width: Double = 1200, height: Double = 900) -> String {
        var writer = SVGWriter(width: width, height: height, title: title ?? "Map")
        writer.add(
            "rect",
            [
                "width": SVGWriter.number(width), "height": SVGWriter.number(height),
                "fill": "#ffffff",
            ])
        let top = title == nil ? 0 : Self.titleHeight
        if let title {
            writer.add(
                "text",
                [
                    "x": SVGWriter.number(Self.margin), "y": "26", "font-family": Self.face,
                    "font-size": "16", "font-weight": "600", "fill": "#1f2933",
                ], text: title)
        }
        let places = places(width: width, height: height, top: top)
        let placement = LabelPlacement(
            points: places, names: points.map(\.name), fontSize: Self.fontSize,
            area: PlacedBox(left: 2, top: top + 2, right: width - 2, bottom: height - 2))
        draw(places, placement, to: &writer)
        return writer.document()
    }

    private static let face = "Helvetica, Arial, sans-serif"

    private func draw(
        _ places: [(x: Double, y: Double)], _ placement: LabelPlacement, to writer: inout SVGWriter
    ) {
        writer.group("g", ["stroke": "#b8c2cc", "stroke-width": "0.6"]) { writer in
            for (place, label) in zip(places, placement.labels) {
                guard let label, let end = label.lineEnd(from: place) else { continue }
                writer.add(
                    "line",
                    [
                        "x1": SVGWriter.number(place.x), "y1": SVGWriter.number(place.y),
                        "x2": SVGWriter.number(end.x), "y2": SVGWriter.number(end.y),
                    ])
            }
        }
        writer.group("g", ["fill": "#2f6fb3"]) { writer in
            for place in places {
                writer.add(
                    "circle",
                    [
                        "cx": SVGWriter.number(place.x), "cy": SVGWriter.number(place.y),
                        "r": "2",
                    ])
            }
        }
        writer.group(
            "g",
            [
                "font-family": Self.face, "font-size": SVGWriter.number(Self.fontSize),
                "fill": "#1f2933",
            ]
        ) { writer in
            for (point, label) in zip(points, placement.labels) {
                guard let label else { continue }
                writer.add(
                    "text",
                    [
                        "x": SVGWriter.number(label.left),
                        "y": SVGWriter.number(label.bottom - 0.25 * Self.fontSize),
                    ], text: point.name)
            }
        }
    }

    /// Where the points stand in the picture: with one scale, in the middle of the room there is.
    private func places(
        width: Double, height: Double, top: Double
    ) -> [(x: Double, y: Double)] {
        let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
        let (left, right) = (finite.map(\.x).min() ?? 0, finite.map(\.x).max() ?? 0)
        let (low, high) = (finite.map(\.y).min() ?? 0, finite.map(\.y).max() ?? 0)
        let (roomX, roomY) = (width - 2 * Self.margin, height - top - 2 * Self.margin)
        let scales = [(right - left, roomX), (high - low, roomY)].filter { $0.0 > 0 }
        let scale = scales.map { $0.1 / $0.0 }.min() ?? 0
        let middle = (x: width / 2, y: top + (height - top) / 2)
        return points.map { point in
            guard point.x.isFinite, point.y.isFinite else { return middle }
            return (
                middle.x + (point.x - (left + right) / 2) * scale,
                middle.y - (point.y - (low + high) / 2) * scale
            )
        }
    }
}
