/// Plain values one after another, for the duration of a computation: an array without reference counts, in memory
/// from the ``MemoryPool``.
struct Pile<Element: BitwiseCopyable>: ~Copyable {
    private var elements: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 32) {
        self.capacity = capacity
        elements = Self.memory(capacity)
    }

    deinit { Self.release(elements, capacity) }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { elements[index] }
        nonmutating _modify { yield &elements[index] }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        (elements + count).initialize(to: element)
        count += 1
    }

    mutating func removeLast() { count -= 1 }

    private mutating func grow() {
        let larger = Self.memory(capacity * 2)
        larger.initialize(from: elements, count: count)
        Self.release(elements, capacity)
        elements = larger
        capacity *= 2
    }

    private static func memory(_ capacity: Int) -> UnsafeMutablePointer<Element> {
        MemoryPool.allocate(byteCount: capacity * MemoryLayout<Element>.stride)
            .bindMemory(to: Element.self, capacity: capacity)
    }

    private static func release(_ elements: UnsafeMutablePointer<Element>, _ capacity: Int) {
        MemoryPool.release(elements, byteCount: capacity * MemoryLayout<Element>.stride)
    }
}
