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

    /// The bytes of one number.
    public var byteCount: Int {
        switch self {
        case .int8, .uint8, .bool: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64: 8
        }
    }
}
