/// The shape and the element type of a tensor that is to be.
public struct TensorType: Sendable, Hashable {
    /// The sizes.
    public let shape: Shape
    /// What the elements are.
    public let scalarType: ScalarType

    /// A type.
    @inline(__always)
    public init(_ shape: Shape, _ scalarType: ScalarType = .float32) {
        self.shape = shape
        self.scalarType = scalarType
    }
}

/// A list that holds up to three values without heap memory: what operations take and give.
public struct ShortList<Element> {
    package var first: Element?
    package var second: Element?
    package var third: Element?
    package var rest: [Element]
    /// How many there are.
    public private(set) var count: Int

    @inline(__always)
    package init(_ first: Element) {
        self.first = first
        rest = []
        count = 1
    }

    @inline(__always)
    package init(_ first: Element, _ second: Element) {
        self.first = first
        self.second = second
        rest = []
        count = 2
    }

    @inline(__always)
    package init(_ first: Element, _ second: Element, _ third: Element) {
        self.first = first
        self.second = second
        self.third = third
        rest = []
        count = 3
    }

    package init(_ elements: [Element]) {
        first = elements.first
        second = elements.count > 1 ? elements[1] : nil
        third = elements.count > 2 ? elements[2] : nil
        rest = elements.count > 3 ? Array(elements[3...]) : []
        count = elements.count
    }

    /// The element at a position from 0.
    public subscript(index: Int) -> Element {
        @inline(__always)
        get {
            switch index {
            case 0: if let first { return first }
            case 1: if let second { return second }
            case 2: if let third { return third }
            default: return rest[index - 3]
            }
            fatalError("ShortList: no element \(index) among \(count)")
        }
    }

    /// The elements as an array.
    public var array: [Element] { (0..<count).map { self[$0] } }

    package func map<Other>(_ transform: (Element) -> Other) -> ShortList<Other> {
        switch count {
        case 1: ShortList<Other>(transform(self[0]))
        case 2: ShortList<Other>(transform(self[0]), transform(self[1]))
        case 3: ShortList<Other>(transform(self[0]), transform(self[1]), transform(self[2]))
        default: ShortList<Other>(array.map(transform))
        }
    }
}

extension ShortList: Sendable where Element: Sendable {}

/// What an operation reads: the storages of its inputs.
package typealias Operands = ShortList<Storage>
