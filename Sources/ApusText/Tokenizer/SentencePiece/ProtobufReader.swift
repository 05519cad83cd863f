/// Reads a message in protocol buffers' wire format, field by field, without knowing its type.
///
/// Every length is checked against what is left; a message inside is a reader of its own.
struct ProtobufReader {
    /// A field's value.
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes(Range<Int>)
        case fixed32(UInt32)
    }

    /// What is wrong, at which byte.
    struct Failure: Error {
        var problem: String
        var offset: Int
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position: Int
    private let end: Int
    /// Where the field that was read last begins.
    private(set) var fieldStart = 0

    /// A reader of some of the bytes.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// Where the next field begins.
    var offset: Int { position }

    /// The next field; nil at the end.
    mutating func next() throws(Failure) -> (number: Int, value: Value)? {
        guard position < end else { return nil }
        fieldStart = position
        let key = try varint()
        let number = Int(key >> 3)
        guard number > 0, key >> 3 < 1 << 29 else {
            throw Failure(problem: "field number \(key >> 3) is not one", offset: fieldStart)
        }
        switch key & 7 {
        case 0: return (number, .varint(try varint()))
        case 1: return (number, .fixed64(try fixed(8)))
        case 2:
            let count = try varint()
            guard count <= UInt64(end - position) else {
                throw Failure(
                    problem: "field \(number) claims \(count) bytes, \(end - position) are left",
                    offset: fieldStart)
            }
            let range = position..<position + Int(count)
            position = range.upperBound
            return (number, .bytes(range))
        case 5: return (number, .fixed32(UInt32(truncatingIfNeeded: try fixed(4))))
        default:
            throw Failure(
                problem: "field \(number) is of the unknown wire type \(key & 7)",
                offset: fieldStart)
        }
    }

    private mutating func varint() throws(Failure) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < end else {
                throw Failure(problem: "the data ends inside a number", offset: position)
            }
            let byte = bytes[position]
            position += 1
            if shift == 63, byte > 1 { break }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Failure(problem: "a number is longer than 64 bits", offset: position)
    }

    private mutating func fixed(_ count: Int) throws(Failure) -> UInt64 {
        guard end - position >= count else {
            throw Failure(problem: "the data ends inside a number", offset: position)
        }
        defer { position += count }
        return (0..<count).reduce(0) { $0 | UInt64(bytes[position + $1]) << UInt64(8 * $1) }
    }
}

/// Writes a message in protocol buffers' wire format.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func varint(_ number: Int, _ value: UInt64) {
        raw(UInt64(number) << 3)
        raw(value)
    }

    mutating func bool(_ number: Int, _ value: Bool) { varint(number, value ? 1 : 0) }

    /// An `int32`, which is written as 64 bits with its sign.
    mutating func integer(_ number: Int, _ value: Int) {
        varint(number, UInt64(bitPattern: Int64(value)))
    }

    mutating func float(_ number: Int, _ value: Float) {
        raw(UInt64(number) << 3 | 5)
        let bits = value.bitPattern
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            bytes.append(UInt8(bits >> shift & 0xFF))
        }
    }

    mutating func bytes(_ number: Int, _ value: some Collection<UInt8>) {
        raw(UInt64(number) << 3 | 2)
        raw(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// Fields that are written already.
    mutating func append(_ fields: [UInt8]) { bytes += fields }

    private mutating func raw(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }
}
