/// The sizes of a tensor along its axes, outermost first: `[batch, time, features]`.
///
/// A shape is a value of fixed size (no heap memory), with at most eight axes. Sizes are never negative.
/// The shape of a scalar is empty.
public struct Shape: Sendable {
    /// The most axes that a tensor can have.
    public static let maximumRank = 8

    private var sizes: (Int, Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0, 0)

    /// The number of axes.
    public private(set) var rank: Int

    /// The shape of a scalar.
    public static let scalar = Shape()

    /// A shape without axes.
    @inlinable
    public init() { self.init(rank: 0) }

    @usableFromInline
    init(rank: Int) {
        guard rank <= Self.maximumRank else {
            fatalError("Shape: \(rank) axes; a tensor has at most \(Self.maximumRank)")
        }
        self.rank = rank
    }

    /// A shape of one axis.
    public init(_ size: Int) {
        self.init(rank: 1)
        sizes.0 = size
    }

    /// A shape of two axes.
    public init(_ rows: Int, _ columns: Int) {
        self.init(rank: 2)
        sizes.0 = rows
        sizes.1 = columns
    }

    /// A shape with the given sizes.
    public init(_ sizes: some Sequence<Int>) {
        let sizes = Array(sizes)
        self.init(rank: sizes.count)
        for axis in sizes.indices { self[axis] = sizes[axis] }
    }

    @inline(never)
    private func stopAtTooManyElements() -> Never {
        fatalError("Shape: \(self) has more elements than can be counted")
    }

    /// Stops with a sentence when a tensor cannot have these sizes.
    package func requireSizes() {
        for size in self where size < 0 {
            fatalError("Shape: \(self) has a size of \(size); sizes are not negative")
        }
    }

    /// The number of elements: the product of the sizes, 1 for a scalar.
    public var count: Int {
        switch rank {
        case 0: return 1
        case 1: return sizes.0
        case 2:
            let (product, isTooLarge) = sizes.0.multipliedReportingOverflow(by: sizes.1)
            if isTooLarge { stopAtTooManyElements() }
            return product
        default:
            var product = 1
            for axis in 0..<rank {
                let (larger, isTooLarge) = product.multipliedReportingOverflow(by: self[axis])
                if isTooLarge { stopAtTooManyElements() }
                product = larger
            }
            return product
        }
    }

    /// The axis that `axis` means: negative ones count from the end.
    ///
    /// - Returns: nil when there is no such axis.
    public func resolved(axis: Int) -> Int? {
        let resolved = axis < 0 ? axis + rank : axis
        return resolved >= 0 && resolved < rank ? resolved : nil
    }

    /// The shape without the axis, or with size 1 there when `keeping`.
    public func removing(axis: Int, keeping: Bool = false) -> Shape {
        var result = self
        if keeping {
            result[axis] = 1
            return result
        }
        for next in axis..<(rank - 1) { result[next] = self[next + 1] }
        result[rank - 1] = 0
        result.rank = rank - 1
        return result
    }

    /// The shape with one more axis in front of `axis`.
    public func inserting(_ size: Int, at axis: Int) -> Shape {
        var result = Shape(rank: rank + 1)
        for index in 0..<axis { result[index] = self[index] }
        result[axis] = size
        for index in axis..<rank { result[index + 1] = self[index] }
        return result
    }

    /// The shape that both broadcast to by NumPy's rule: aligned at the last axis, sizes must be equal or 1.
    ///
    /// - Returns: nil when they do not fit.
    public func broadcast(with other: Shape) -> Shape? {
        if self == other { return self }
        let (long, short) = rank >= other.rank ? (self, other) : (other, self)
        var result = long
        let offset = long.rank - short.rank
        for axis in 0..<short.rank {
            let (a, b) = (long[axis + offset], short[axis])
            guard a == b || a == 1 || b == 1 else { return nil }
            result[axis + offset] = a == 1 ? b : a
        }
        return result
    }
}

// A sequence and no collection: `count` is the number of elements of a tensor, and a collection's generic
// methods (`map` for one) would take it for the number of sizes.
extension Shape: Sequence {
    /// The axes, from 0.
    public var indices: Range<Int> { 0..<rank }

    /// The sizes one after another.
    public func makeIterator() -> Iterator { Iterator(shape: self) }

    /// Walks over the sizes.
    public struct Iterator: IteratorProtocol {
        let shape: Shape
        private var axis = 0

        init(shape: Shape) { self.shape = shape }

        /// The next size; nil after the last.
        public mutating func next() -> Int? {
            guard axis < shape.rank else { return nil }
            defer { axis += 1 }
            return shape[axis]
        }
    }

    /// The size along an axis, counted from 0.
    public subscript(axis: Int) -> Int {
        @inline(__always) get {
            guard axis >= 0 && axis < rank else { refuse(axis) }
            return withUnsafeBytes(of: sizes) {
                $0.load(fromByteOffset: axis &* MemoryLayout<Int>.stride, as: Int.self)
            }
        }
        @inline(__always) set {
            guard axis >= 0 && axis < rank else { refuse(axis) }
            withUnsafeMutableBytes(of: &sizes) {
                $0.storeBytes(
                    of: newValue, toByteOffset: axis &* MemoryLayout<Int>.stride, as: Int.self)
            }
        }
    }

    @inline(never)
    private func refuse(_ axis: Int) -> Never {
        fatalError("Shape: no axis \(axis) in \(description)")
    }
}

extension Shape: Hashable {
    /// Whether both have the same axes and sizes.
    public static func == (a: Shape, b: Shape) -> Bool {
        a.rank == b.rank && a.sizes.0 == b.sizes.0 && a.sizes.1 == b.sizes.1
            && a.sizes.2 == b.sizes.2 && a.sizes.3 == b.sizes.3 && a.sizes.4 == b.sizes.4
            && a.sizes.5 == b.sizes.5 && a.sizes.6 == b.sizes.6 && a.sizes.7 == b.sizes.7
    }

    /// Feeds the sizes to the hasher.
    public func hash(into hasher: inout Hasher) {
        for size in self { hasher.combine(size) }
    }
}

extension Shape: ExpressibleByArrayLiteral, CustomStringConvertible {
    /// A shape as it is written: `[2, 3]`.
    public init(arrayLiteral elements: Int...) { self.init(elements) }

    /// The shape as it is written: `[2, 3]`, `[]` for a scalar.
    public var description: String { "[" + map(String.init).joined(separator: ", ") + "]" }
}
