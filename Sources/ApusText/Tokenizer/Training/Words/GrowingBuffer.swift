#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A growing row of plain values in memory of its own, for loops that can pay neither for reference counts nor for
/// the copy that an `Array` makes when it grows (`realloc` moves pages instead).
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 16) {
        self.capacity = max(capacity, 1)
        base = Self.resized(nil, to: self.capacity)
    }

    init(repeating value: Element, count: Int) {
        self.init(capacity: count)
        base.initialize(repeating: value, count: count)
        self.count = count
    }

    deinit { free(base) }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }

    @inline(__always)
    mutating func append(_ value: Element) {
        if count == capacity { reserve(count + 1) }
        base[count] = value
        count += 1
    }

    mutating func append(_ values: UnsafeBufferPointer<Element>) {
        reserve(count + values.count)
        if let first = values.baseAddress {
            (base + count).update(from: first, count: values.count)
        }
        count += values.count
    }

    /// Adds so many values that the caller writes next.
    @inline(__always)
    mutating func extend(by more: Int) {
        if count + more > capacity { reserve(count + more) }
        count += more
    }

    /// Takes the values from `count` on away and keeps their memory.
    @inline(__always)
    mutating func shorten(to count: Int) { self.count = count }

    /// Makes room for so many values in all.
    @inline(never)
    mutating func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        // Half again: doubling would reserve more than the largest tables ever use.
        capacity = max(needed, capacity + capacity / 2)
        base = Self.resized(base, to: capacity)
    }

    private static func resized(
        _ old: UnsafeMutablePointer<Element>?, to capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let (bytes, overflow) = capacity.multipliedReportingOverflow(
            by: MemoryLayout<Element>.stride)
        guard !overflow, let memory = realloc(old, bytes) else {
            fatalError("GrowingBuffer: no memory for \(capacity) values")
        }
        return memory.bindMemory(to: Element.self, capacity: capacity)
    }
}
