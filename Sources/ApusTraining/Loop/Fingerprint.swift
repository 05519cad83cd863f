import ApusCore
import ApusNN

/// Eight hexadecimal digits that change when any bit of any parameter does (with a chance of 1 in 4 billion not to).
public func fingerprint(of model: any ModelPart) -> String {
    fingerprint(of: model.parameters.map { $0.parameter.value })
}

/// The same of tensors.
func fingerprint(of tensors: [Tensor]) -> String {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for tensor in tensors { tensor.withBytes { hash = mixed(hash, $0) } }
    let digits = String(UInt32(truncatingIfNeeded: hash ^ hash >> 32), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}

/// Sixteen hexadecimal digits that change when any of the arrays does: tells one data set from another, and is no
/// protection against somebody who looks for two that are alike.
package func fingerprint(ofTexts bytes: [UInt8], _ offsets: [Int], _ numbers: [Int32]) -> String {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    bytes.withUnsafeBytes { hash = mixed(hash, $0) }
    offsets.withUnsafeBytes { hash = mixed(hash, $0) }
    numbers.withUnsafeBytes { hash = mixed(hash, $0) }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

/// Four lanes of multiply and rotate: as fast as memory, where a cryptographic hash would take longer than the epoch.
private func mixed(_ seed: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes = SIMD4<UInt64>(seed, ~seed, seed &+ 1, UInt64(bytes.count))
    let multiplier = SIMD4<UInt64>(repeating: 0xD6E8_FEB8_6659_FD93)
    let whole = bytes.count / 32
    for block in 0..<whole {
        let words = bytes.loadUnaligned(fromByteOffset: block * 32, as: SIMD4<UInt64>.self)
        lanes = (lanes ^ words) &* multiplier
        lanes ^= lanes &>> 29
    }
    var rest: UInt64 = 0
    for index in whole * 32..<bytes.count {
        rest = (rest ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3
    }
    var hash = rest
    for lane in 0..<4 {
        hash = (hash ^ lanes[lane]) &* 0xD6E8_FEB8_6659_FD93
        hash ^= hash >> 32
    }
    return hash
}
