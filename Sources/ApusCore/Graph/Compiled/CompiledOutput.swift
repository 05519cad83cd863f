/// What compiled code can return: tensors, and values made of them.
public protocol CompiledOutput {
    /// Hands out the tensors in it, in order.
    func write(to results: CompiledResults)

    /// The value from the tensors of a call, in the same order.
    init(from results: CompiledResults)
}

extension Tensor: CompiledOutput {
    /// Hands itself out.
    public func write(to results: CompiledResults) { results.append(self) }

    /// The next result.
    public init(from results: CompiledResults) { self.init(results.next()) }
}

extension Array: CompiledOutput where Element: CompiledOutput {
    /// Hands out how many there are, then each.
    public func write(to results: CompiledResults) {
        results.append(count: count)
        for element in self { element.write(to: results) }
    }

    /// As many as the closure returned.
    public init(from results: CompiledResults) {
        self = (0..<results.nextCount()).map { _ in Element(from: results) }
    }
}

extension Optional: CompiledOutput where Wrapped: CompiledOutput {
    /// Hands out whether there is a value, then the value.
    public func write(to results: CompiledResults) {
        results.append(count: self == nil ? 0 : 1)
        self?.write(to: results)
    }

    /// A value where the closure returned one.
    public init(from results: CompiledResults) {
        self = results.nextCount() == 0 ? nil : Wrapped(from: results)
    }
}

/// The tensors that a call of compiled code returns, handed out in order.
public final class CompiledResults {
    @exclusivity(unchecked)
    private(set) var storages: [Storage] = []
    private(set) var counts: [Int] = []
    @exclusivity(unchecked)
    private var position = 0
    @exclusivity(unchecked)
    private var countPosition = 0

    init() {}

    func append(_ storage: Storage) { storages.append(storage) }

    func append(_ tensor: Tensor) {
        storages.append(tensor.storage)
        Tracer.current?.result(tensor)
    }

    func append(count: Int) { counts.append(count) }

    func next() -> Storage {
        position += 1
        return storages[position - 1]
    }

    func nextCount() -> Int {
        countPosition += 1
        return counts[countPosition - 1]
    }

    /// Lets go of the tensors and begins anew.
    func removeAll() {
        storages.removeAll(keepingCapacity: true)
        position = 0
        countPosition = 0
    }

    /// The lengths of the arrays among the results.
    func use(counts: [Int]) { self.counts = counts }
}
