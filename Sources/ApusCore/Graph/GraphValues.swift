extension Graph {
    /// What a tensor held: all of it when it is small, else its range, its mean and its first elements.
    public struct Values: Sendable, Equatable {
        /// The sizes.
        public let shape: Shape
        /// The number of elements.
        public var count: Int { shape.count }
        /// The first elements, row by row, at most ``shownCount``.
        public let first: [Double]
        /// The smallest finite element; nil when there is none.
        public let minimum: Double?
        /// The largest finite element; nil when there is none.
        public let maximum: Double?
        /// The mean of the finite elements; nil when there are none.
        public let mean: Double?
        /// The root of the sum of the squares of the finite elements.
        public let norm: Double
        /// How many elements are NaN.
        public let nanCount: Int
        /// How many elements are infinite.
        public let infiniteCount: Int

        /// So many elements are held in full.
        public static let shownCount = 16

        /// Whether ``first`` holds every element.
        public var isWhole: Bool { count <= Self.shownCount }

        /// Whether no element is infinite or NaN.
        public var isFinite: Bool { nanCount == 0 && infiniteCount == 0 }

        /// The summary of a tensor.
        public init(_ tensor: Tensor) { self.init(tensor.storage.view) }

        init(_ view: TensorView) {
            shape = view.shape
            first = (0..<Swift.min(view.count, Self.shownCount)).map { view.element(at: $0) }
            var (low, high) = (Double.infinity, -Double.infinity)
            var (sum, squares) = (0.0, 0.0)
            var (nans, infinities) = (0, 0)
            func see(_ value: Double) {
                guard value.isFinite else {
                    if value.isNaN { nans += 1 } else { infinities += 1 }
                    return
                }
                low = Swift.min(low, value)
                high = Swift.max(high, value)
                sum += value
                squares += value * value
            }
            if view.scalarType == .float32 {
                let floats = view.floats
                for index in 0..<view.count { see(Double(floats[index])) }
            } else {
                for index in 0..<view.count { see(view.element(at: index)) }
            }
            let finite = view.count - nans - infinities
            minimum = finite > 0 ? low : nil
            maximum = finite > 0 ? high : nil
            mean = finite > 0 ? sum / Double(finite) : nil
            norm = squares.squareRoot()
            nanCount = nans
            infiniteCount = infinities
        }
    }
}

extension Graph.Values: CustomStringConvertible {
    /// The elements as they would be written when they are few, `−0.2 … 1.3, mean 0.5` otherwise.
    public var description: String {
        if isWhole { return text(axis: 0, offset: 0) }
        var parts: [String] = []
        if let minimum, let maximum, let mean {
            parts.append("\(Self.text(minimum)) … \(Self.text(maximum))")
            parts.append("mean \(Self.text(mean))")
        }
        if nanCount > 0 { parts.append("\(nanCount) NaN") }
        if infiniteCount > 0 { parts.append("\(infiniteCount) infinite") }
        return parts.joined(separator: ", ")
    }

    private func text(axis: Int, offset: Int) -> String {
        guard axis < shape.rank else { return Self.text(first[offset]) }
        let stride = shape.dropFirst(axis + 1).reduce(1, *)
        let parts = (0..<shape[axis]).map { text(axis: axis + 1, offset: offset + $0 * stride) }
        return "[" + parts.joined(separator: ", ") + "]"
    }

    /// A number with four significant digits: `0.4806`, `12`, `1.5e-7`, `NaN`.
    public static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        if value == 0 { return "0" }
        let magnitude = value.magnitude
        var (exponent, scale) = (0, 1.0)
        while magnitude / scale >= 10 { (exponent, scale) = (exponent + 1, scale * 10) }
        while magnitude / scale < 1, exponent > -330 {
            (exponent, scale) = (exponent - 1, scale / 10)
        }
        guard scale > 0 else { return "0" }
        // Four digits, rounded; 9.9996 becomes 10.00 and moves on to the next power.
        var digits = Int((magnitude / scale * 1000).rounded())
        if digits >= 10_000 { (digits, exponent) = (digits / 10, exponent + 1) }
        let sign = value < 0 ? "-" : ""
        var figures = String(digits)
        if exponent < -4 || exponent > 6 {
            figures = trimmed(figures.prefix(1) + "." + figures.dropFirst())
            return "\(sign)\(figures)e\(exponent)"
        }
        if exponent < 0 {
            return sign + trimmed("0." + String(repeating: "0", count: -exponent - 1) + figures)
        }
        if exponent >= 3 {
            return sign + figures + String(repeating: "0", count: exponent - 3)
        }
        return sign + trimmed(figures.prefix(exponent + 1) + "." + figures.dropFirst(exponent + 1))
    }

    /// Without zeros at the end of what stands after the point.
    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = String(text)
        while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
        if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
        return text
    }
}
