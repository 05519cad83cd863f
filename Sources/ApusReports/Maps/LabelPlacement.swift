/// A rectangle of the picture, its y axis pointing down.
struct PlacedBox: Equatable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    func overlaps(_ other: PlacedBox) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    func contains(_ other: PlacedBox) -> Bool {
        left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom
    }

    /// Where a line from a point meets the box; nil where the box stands so near that nobody needs one.
    func lineEnd(from point: (x: Double, y: Double)) -> (x: Double, y: Double)? {
        let x = min(max(point.x, left), right)
        let y = min(max(point.y, top), bottom)
        let distance = ((x - point.x) * (x - point.x) + (y - point.y) * (y - point.y)).squareRoot()
        return distance > 7 ? (x, y) : nil
    }
}

/// Finds a place for each name where it covers neither another name nor a point.
///
/// Greedy: the names choose in their order, first the places around the point, then on wider and wider
/// rings. A name for which there is no room in the whole picture is left out.
struct LabelPlacement {
    /// The box of each name; nil where there was no room.
    private(set) var labels: [PlacedBox?] = []

    private let area: PlacedBox
    private var grid = OccupiedGrid()

    init(
        points: [(x: Double, y: Double)], names: [String], fontSize: Double, area: PlacedBox
    ) {
        self.area = area
        for point in points {
            grid.add(
                PlacedBox(
                    left: point.x - 2, top: point.y - 2, right: point.x + 2, bottom: point.y + 2))
        }
        for (point, name) in zip(points, names) {
            let width = Self.width(of: name, fontSize: fontSize)
            let label = place(width, fontSize * 1.15, at: point)
            if let label { grid.add(label) }
            labels.append(label)
        }
    }

    /// The first free place for a box of that size.
    private func place(_ width: Double, _ height: Double, at point: (x: Double, y: Double))
        -> PlacedBox?
    {
        var distance = 4.0
        while distance < 400 {
            for (dx, dy) in Self.directions {
                // The box touches the ring with the side or corner that faces the point.
                let x = point.x + dx * distance + (dx - 1) / 2 * width
                let y = point.y + dy * distance + (dy - 1) / 2 * height
                let box = PlacedBox(left: x, top: y, right: x + width, bottom: y + height)
                if area.contains(box), grid.isFree(box) { return box }
            }
            distance *= 1.35
        }
        return nil
    }

    /// Right and left first, where a name reads best, then above and below, then sixteen in all.
    private static let directions: [(Double, Double)] = [
        (1, 0), (-1, 0), (0, -1), (0, 1), (0.71, -0.71), (0.71, 0.71), (-0.71, -0.71),
        (-0.71, 0.71),
        (0.92, -0.38), (0.92, 0.38), (-0.92, -0.38), (-0.92, 0.38), (0.38, -0.92), (0.38, 0.92),
        (-0.38, -0.92), (-0.38, 0.92),
    ]

    /// How wide a text is about, in a wide sans-serif face, with a little room behind.
    static func width(of text: String, fontSize: Double) -> Double {
        let ems = text.unicodeScalars.reduce(0.0) { sum, scalar in
            switch scalar {
            case "i", "j", "l", "'", ".", ",", ":", ";", "|", "!", "I": sum + 0.28
            case "f", "t", "r", "-", "(", ")", " ": sum + 0.36
            case "m", "w", "M", "W", "@": sum + 0.88
            case "A"..."Z": sum + 0.7
            default: sum + (scalar.value >= 0x2E80 ? 1.02 : 0.58)
            }
        }
        return 1.06 * ems * fontSize + 3
    }
}

/// The boxes taken so far, found by the cells of a grid that they touch.
private struct OccupiedGrid {
    private static let cell = 24.0
    private var boxes: [PlacedBox] = []
    private var cells: [Cell: [Int]] = [:]

    private struct Cell: Hashable {
        var x: Int
        var y: Int
    }

    mutating func add(_ box: PlacedBox) {
        for cell in Self.cells(under: box) { cells[cell, default: []].append(boxes.count) }
        boxes.append(box)
    }

    func isFree(_ box: PlacedBox) -> Bool {
        Self.cells(under: box).allSatisfy { cell in
            cells[cell]?.allSatisfy { !boxes[$0].overlaps(box) } ?? true
        }
    }

    private static func cells(under box: PlacedBox) -> [Cell] {
        func number(_ value: Double) -> Int {
            Int((min(max(value, -1e6), 1e6) / cell).rounded(.down))
        }
        return (number(box.top)...number(box.bottom)).flatMap { y in
            (number(box.left)...number(box.right)).map { Cell(x: $0, y: y) }
        }
    }
}
