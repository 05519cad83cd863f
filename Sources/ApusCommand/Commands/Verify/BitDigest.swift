import ApusCore
import ApusSystem

/// The SHA-256 of results: of numbers by their bits, of texts by their bytes.
///
/// Every array is preceded by its length and every tensor by its shape, so that two results that are cut differently
/// are two. All NaNs count as one: which of them an operation gives is left to the processor (x86-64 and arm64 differ
/// in its sign).
package struct BitDigest {
    private var hash = SHA256()

    /// Adds shape, type and elements.
    mutating func add(_ tensor: Tensor) {
        add([Int(tensor.scalarType.rawValue)])
        add(tensor.shape.map { $0 })
        switch tensor.scalarType {
        case .float32: add(tensor.floats)
        case .float64: add(tensor.scalars(of: Double.self))
        default: tensor.withBytes { hash.update($0) }
        }
    }

    /// Adds tensors.
    mutating func add(_ tensors: [Tensor]) {
        for tensor in tensors { add(tensor) }
    }

    /// Adds numbers.
    mutating func add(_ numbers: [Float]) {
        add(bits: numbers.map { $0.isNaN ? Float.nan.bitPattern : $0.bitPattern })
    }

    /// Adds numbers.
    mutating func add(_ numbers: [Double]) {
        add(bits: numbers.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern })
    }

    /// Adds whole numbers.
    mutating func add(_ numbers: [Int]) { add(bits: numbers) }

    /// Adds whole numbers.
    mutating func add(_ numbers: [Int32]) { add(bits: numbers) }

    /// Adds a text.
    mutating func add(_ text: String) { add(bits: Array(text.utf8)) }

    /// Little-endian, as every processor that this builds for.
    private mutating func add<Word: FixedWidthInteger>(bits words: [Word]) {
        withUnsafeBytes(of: UInt64(words.count).littleEndian) { hash.update($0) }
        words.withUnsafeBytes { hash.update($0) }
    }

    /// The digest of everything so far, in hexadecimal digits.
    var text: String { hexadecimal(hash.digest()) }
}
