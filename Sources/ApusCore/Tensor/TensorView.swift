/// A tensor's elements as operations see them: where they lie and how; nobody's property.
///
/// A plain value without reference counts, which is what keeps a small operation cheap. Valid while somebody holds
/// the storage (or, in a compiled graph, the planned memory) behind it.
public struct TensorView {
    package internal(set) var pointer: UnsafeMutableRawPointer
    /// The sizes.
    public let shape: Shape
    /// The number of elements.
    public let count: Int
    /// What the elements are.
    public let scalarType: ScalarType

    @inline(__always)
    package init(pointer: UnsafeMutableRawPointer, shape: Shape, count: Int, scalarType: ScalarType)
    {
        self.pointer = pointer
        self.shape = shape
        self.count = count
        self.scalarType = scalarType
    }

    package var byteCount: Int { count * scalarType.byteCount }

    @inline(__always)
    package var floats: UnsafeMutablePointer<Float> {
        pointer.assumingMemoryBound(to: Float.self)
    }

    /// Where the elements begin, row by row, as values of the Swift type that ``scalarType`` names. An operation writes
    /// those of its outputs and reads those of its inputs.
    @inline(__always)
    public func elements<S>(as type: S.Type) -> UnsafeMutablePointer<S> {
        pointer.assumingMemoryBound(to: S.self)
    }

    /// The element at `index`, counted along the last axis first, as `Double`.
    public func element(at index: Int) -> Double {
        switch scalarType {
        case .float32: Double(floats[index])
        case .float64: elements(as: Double.self)[index]
        case .int32: Double(elements(as: Int32.self)[index])
        case .bool: elements(as: Bool.self)[index] ? 1 : 0
        }
    }

    /// Writes a number as an element of this type. An integer is cut towards zero; beyond `int32` it is the nearest
    /// one, and NaN becomes 0.
    public func store(_ value: Double, at index: Int) {
        switch scalarType {
        case .float32: floats[index] = Float(value)
        case .float64: elements(as: Double.self)[index] = value
        case .int32:
            let bounded = min(max(value.isNaN ? 0 : value, Double(Int32.min)), Double(Int32.max))
            elements(as: Int32.self)[index] = Int32(bounded)
        case .bool: elements(as: Bool.self)[index] = value != 0
        }
    }
}
