/// What compiled code can be given: tensors, random keys, plain values, and values made of them.
///
/// A type of one's own says how to hand on its tensors and keys, always in the same order, and leaves the rest as it is:
///
/// ```swift
/// struct Batch: CompiledInput {
///     var x: Tensor
///     var weights: Tensor?
///     var isReversed = false
///
///     func passed(to calls: CompiledCalls) -> Batch {
///         Batch(
///             x: x.passed(to: calls), weights: weights.passed(to: calls),
///             isReversed: isReversed)
///     }
/// }
/// ```
/// Everything else that the value is made of (flags, numbers, texts, the case of an enumeration, what is nil, how long
/// arrays are, the keys of dictionaries, objects by their identity) is found by looking at its fields in every call,
/// and a plan is made for each combination that occurs. That takes a microsecond or two a field; ``Parts`` and
/// separate arguments take none. A tensor or a key among the fields that `passed(to:)` leaves out stops with a
/// sentence, and so does a field that cannot be compared, such as a function.
///
/// A plain value that differs in every call (the number of the step, say) asks for a new plan in every call: pass it
/// as a tensor.
public protocol CompiledInput {
    /// The same value with every tensor and key in it passed on.
    func passed(to calls: CompiledCalls) -> Self

    /// Tells the call all that the value is made of, without making a value of it again.
    ///
    /// The library's own types have this for speed. Leave it to the default, which forgets no field.
    func bind(to calls: CompiledCalls)
}

extension CompiledInput {
    /// Passes every tensor and key on, and looks at all fields for what else there is.
    public func bind(to calls: CompiledCalls) {
        let before = calls.passedCounts
        _ = passed(to: calls)
        var structure = CompiledStructure(of: self)
        let passed = calls.passedCounts
        if passed.tensors - before.tensors < structure.tensorCount
            || passed.keys - before.keys < structure.keyCount
        {
            fatalError(
                "compiled: \(Self.self) holds \(structure.tensorCount) tensors and \(structure.keyCount) random keys, of which passed(to:) hands on \(passed.tensors - before.tensors) and \(passed.keys - before.keys); what it leaves out would be the first call's in every call"
            )
        }
        calls.note(.structure(structure.takeParts()))
    }
}

extension CompiledInput where Self: Hashable {
    /// The value itself: it has no tensors, and a plan is made for each that occurs. For enumerations of plain cases.
    public func passed(to calls: CompiledCalls) -> Self { self }
}

extension Tensor: CompiledInput {
    /// The tensor as the compiled code sees it.
    public func passed(to calls: CompiledCalls) -> Tensor { calls.pass(self) }

    /// Tells where the elements lie.
    public func bind(to calls: CompiledCalls) { calls.bind(self) }
}

extension RandomKey: CompiledInput {
    /// The key of this call.
    public func passed(to calls: CompiledCalls) -> RandomKey { calls.pass(self) }

    /// Tells the key of this call.
    public func bind(to calls: CompiledCalls) { _ = calls.pass(self) }
}

extension Array: CompiledInput where Element: CompiledInput {
    /// Each element passed on.
    public func passed(to calls: CompiledCalls) -> [Element] { map { $0.passed(to: calls) } }

    /// How many there are, and each element.
    public func bind(to calls: CompiledCalls) {
        calls.note(.count(count))
        for element in self { element.bind(to: calls) }
    }
}

extension Optional: CompiledInput where Wrapped: CompiledInput {
    /// The value passed on, if there is one.
    public func passed(to calls: CompiledCalls) -> Wrapped? { map { $0.passed(to: calls) } }

    /// Whether there is a value, and the value.
    public func bind(to calls: CompiledCalls) {
        calls.note(.isPresent(self != nil))
        self?.bind(to: calls)
    }
}

extension Dictionary: CompiledInput where Value: CompiledInput {
    /// Each value passed on.
    public func passed(to calls: CompiledCalls) -> [Key: Value] {
        var passed = self
        for key in orderedKeys { passed[key] = self[key]?.passed(to: calls) }
        return passed
    }

    /// Which keys there are, and each value.
    public func bind(to calls: CompiledCalls) {
        calls.note(.count(count))
        for key in orderedKeys {
            calls.note(.value(key))
            self[key]?.bind(to: calls)
        }
    }

    /// By their texts: the same in every call. Keys of one text are told apart by what equal keys have in common.
    private var orderedKeys: [Key] {
        keys.map { (text: "\($0)", key: $0) }
            .sorted { ($0.text, $0.key.hashValue) < ($1.text, $1.key.hashValue) }
            .map(\.key)
    }
}

/// Several values as one argument of compiled code, as a tuple would be.
///
/// ```swift
/// let step = compiled { (batch: Parts<Tensor, Tensor?>, key: RandomKey) in … batch.values.0 … }
/// step(Parts(x, nil), key)
/// ```
public struct Parts<each Part: CompiledInput>: CompiledInput {
    /// The values.
    public let values: (repeat each Part)

    /// One argument of several values.
    public init(_ values: repeat each Part) { self.values = (repeat each values) }

    /// Each value passed on.
    public func passed(to calls: CompiledCalls) -> Parts {
        Parts(repeat (each values).passed(to: calls))
    }

    /// Each value.
    public func bind(to calls: CompiledCalls) { repeat (each values).bind(to: calls) }
}
