/// Bytes that grow in memory of their own, whose place is known to whoever reads them.
final class ScratchBytes {
    private var storage = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 256)
    private var count = 0

    deinit { storage.deallocate() }

    /// What was appended; it holds until the next change.
    var contents: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: storage[..<count])
    }

    func removeAll() { count = 0 }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        reserve(bytes.count)
        _ = UnsafeMutableBufferPointer(rebasing: storage[count...]).update(fromContentsOf: bytes)
        count += bytes.count
    }

    func append(_ scalar: Unicode.Scalar) {
        reserve(4)
        for byte in UTF8.encode(scalar).unsafelyUnwrapped {
            storage[count] = byte
            count += 1
        }
    }

    private func reserve(_ more: Int) {
        guard count + more > storage.count else { return }
        let grown = UnsafeMutableBufferPointer<UInt8>.allocate(
            capacity: max(2 * storage.count, count + more))
        _ = grown.update(fromContentsOf: storage[..<count])
        storage.deallocate()
        storage = grown
    }
}
