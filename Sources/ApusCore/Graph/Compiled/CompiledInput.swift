/// What compiled code can be given: tensors, random keys, and values made of them.
///
/// A type of one's own says how to hand on its parts, always in the same order:
///
/// ```swift
/// extension Batch: CompiledInput {
///     func passed(to calls: CompiledCalls) -> Batch {
///         Batch(x: x.passed(to: calls), y: y.passed(to: calls))
///     }
/// }
/// ```
public protocol CompiledInput {
    /// The same value with every tensor and key in it passed on.
    func passed(to calls: CompiledCalls) -> Self

    /// Passes every tensor and key on without making a value of them again.
    func bind(to calls: CompiledCalls)
}

extension CompiledInput {
    /// Passes every tensor and key on without making a value of them again.
    public func bind(to calls: CompiledCalls) { _ = passed(to: calls) }
}

/// What compiled code can return: tensors, and values made of them.
public protocol CompiledOutput {
    /// Hands out the tensors in it, in order.
    func write(to results: CompiledResults)

    /// The value from the tensors of a call, in the same order.
    init(from results: CompiledResults)
}

extension Tensor: CompiledInput, CompiledOutput {
    /// The tensor as the compiled code sees it.
    public func passed(to calls: CompiledCalls) -> Tensor { calls.pass(self) }

    /// Tells where the elements lie.
    public func bind(to calls: CompiledCalls) { calls.bind(self) }

    /// Hands itself out.
    public func write(to results: CompiledResults) { results.append(self) }

    /// The next result.
    public init(from results: CompiledResults) { self.init(results.next()) }
}

extension RandomKey: CompiledInput {
    /// The key of this call.
    public func passed(to calls: CompiledCalls) -> RandomKey { calls.pass(self) }
}

extension Array: CompiledInput where Element: CompiledInput {
    /// Each element passed on.
    public func passed(to calls: CompiledCalls) -> [Element] { map { $0.passed(to: calls) } }

    /// Each element bound.
    public func bind(to calls: CompiledCalls) {
        for element in self { element.bind(to: calls) }
    }
}

extension Optional: CompiledInput where Wrapped: CompiledInput {
    /// The value passed on, if there is one.
    public func passed(to calls: CompiledCalls) -> Wrapped? { map { $0.passed(to: calls) } }
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
