/// UTF-8 text that is being written: memory that grows as needed.
struct UTF8Output: ~Copyable {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// Output with room for so many bytes.
    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        memory = .allocate(capacity: self.capacity)
    }

    deinit { memory.deallocate() }

    @inline(__always)
    mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let larger = max(count + more, capacity + capacity / 2)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: memory, count: count)
        memory.deallocate()
        memory = moved
        capacity = larger
    }

    @inline(__always)
    mutating func append(_ scalar: UInt32) {
        reserve(4)
        encodeScalar(scalar, to: memory, at: &count)
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        (memory + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    /// Adds `length` bytes that `body` writes.
    @inline(__always)
    mutating func append(length: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void) {
        reserve(length)
        body(memory + count)
        count += length
    }

    /// What was written.
    consuming func bytes() -> [UInt8] {
        Array(UnsafeBufferPointer(start: memory, count: count))
    }
}

/// Where the ASCII that begins at `position` ends.
@inline(__always)
func asciiEnd(_ text: UnsafeBufferPointer<UInt8>, from position: Int) -> Int {
    guard let base = text.baseAddress else { return position }
    var position = position
    let raw = UnsafeRawPointer(base)
    while position + 32 <= text.count {
        let block = raw.loadUnaligned(fromByteOffset: position, as: SIMD4<UInt64>.self)
        if (block[0] | block[1] | block[2] | block[3]) & 0x8080_8080_8080_8080 != 0 { break }
        position += 32
    }
    while position < text.count, text[position] < 0x80 { position += 1 }
    return position
}
