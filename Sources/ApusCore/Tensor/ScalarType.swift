/// What the elements of a tensor are.
public enum ScalarType: UInt8, Sendable, Hashable, CaseIterable {
    /// IEEE single precision: the type of parameters and activations.
    case float32
    /// IEEE double precision: for gradient checks.
    case float64
    /// 32-bit integers: ids and indices.
    case int32
    /// Truth values, one byte each: masks.
    case bool

    /// The bytes of one element.
    @inlinable
    public var byteCount: Int {
        switch self {
        case .float32, .int32: 4
        case .float64: 8
        case .bool: 1
        }
    }

    /// Whether derivatives exist for elements of this type.
    @inlinable
    public var isFloating: Bool { self == .float32 || self == .float64 }
}

/// A Swift type that a tensor can hold.
public protocol Scalar: Sendable {
    /// The tensor's name for this type.
    static var scalarType: ScalarType { get }
}

/// A Swift type that arithmetic with derivatives is done in.
public protocol FloatingScalar: Scalar, BinaryFloatingPoint {}

extension Float: FloatingScalar {
    /// `float32`.
    public static var scalarType: ScalarType { .float32 }
}

extension Double: FloatingScalar {
    /// `float64`.
    public static var scalarType: ScalarType { .float64 }
}

extension Int32: Scalar {
    /// `int32`.
    public static var scalarType: ScalarType { .int32 }
}

extension Bool: Scalar {
    /// `bool`.
    public static var scalarType: ScalarType { .bool }
}
