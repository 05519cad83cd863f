import ApusCore

/// A hash of the bits of tensors (FNV-1a, 64 bits): equal on two machines exactly when, for all that matters,
/// the tensors are.
package struct BitHash {
    /// The hash of everything so far.
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    package init() {}

    /// Hashes the shape and every element.
    package mutating func combine(_ tensor: Tensor) {
        combine(UInt64(tensor.rank))
        for size in tensor.shape { combine(UInt64(size)) }
        for index in 0..<tensor.count { combine(tensor.element(at: index).bitPattern) }
    }

    private mutating func combine(_ word: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            value = (value ^ (word >> shift & 255)) &* 0x100_0000_01b3
        }
    }
}
