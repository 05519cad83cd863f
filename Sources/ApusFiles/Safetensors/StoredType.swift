/// How the numbers of a safetensors tensor are stored.
public enum StoredType: String, Sendable, Hashable, CaseIterable {
    /// Half a word and a whole one, and double words, of IEEE 754; bfloat16 is a float's upper half.
    case float16 = "F16"
    case bfloat16 = "BF16"
    case float32 = "F32"
    case float64 = "F64"
    /// Integers with and without sign.
    case int8 = "I8"
    case int16 = "I16"
    case int32 = "I32"
    case int64 = "I64"
    case uint8 = "U8"
    case uint16 = "U16"
    case uint32 = "U32"
    case uint64 = "U64"
    /// Truth values, a byte each.
    case bool = "BOOL"
    /// Numbers of 8 bits and complex ones, which can be listed and not read: no ``ScalarType`` holds them yet.
    case float8e4m3 = "F8_E4M3"
    case float8e5m2 = "F8_E5M2"
    case complex64 = "C64"

    /// The bytes of one number.
    public var byteCount: Int {
        switch self {
        case .int8, .uint8, .bool, .float8e4m3, .float8e5m2: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64, .complex64: 8
        }
    }

    /// Whether ``SafetensorsFile/tensor(_:)`` can give them out.
    public var isReadable: Bool {
        switch self {
        case .float8e4m3, .float8e5m2, .complex64: false
        default: true
        }
    }
}
