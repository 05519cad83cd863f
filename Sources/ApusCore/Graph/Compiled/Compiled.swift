/// A closure that is written down at its first call, once for each combination of shapes, and replayed from then on.
///
/// ``compiled(_:)-…`` makes one. It is called like the closure:
///
/// ```swift
/// let step = compiled { (x: Tensor, y: Tensor) in
///     let loss = binaryCrossEntropy(logits: network(x), targets: y)
///     optimizer.update(with: loss.backward())
///     return loss
/// }
/// for _ in 0..<2000 { loss = step(x, y) }
/// ```
///
/// The first call with inputs of certain types runs the closure as it stands and records every operation: forward,
/// backward, the optimizer's update. The record becomes a plan: equal operations are shared, those of constants are
/// worked out once, chains of pointwise operations become one kernel, and every intermediate result is given its
/// place in one block of memory. Later calls run the plan. Its results have the bits of the closure's.
///
/// What is no operation on tensors happens once, at the first call: printing, counting, reading the clock. What differs
/// from call to call must be an input: data as tensors, randomness as a ``RandomKey`` that all keys in the
/// closure are derived from. Parameters, learning rates and the optimizers' step counts are looked up in every call.
/// A closure that looks at the elements of a tensor that is not constant is stopped with a sentence.
///
/// Calls must not overlap; each task makes its own. The tensors that are returned have no record for gradients and
/// memory of their own; all other memory is kept from call to call.
public struct Compiled<Output, each Input: CompiledInput> {
    private let body: (repeat each Input) -> Output
    private let write: (Output, CompiledResults) -> Void
    private let read: (CompiledResults) -> Output
    let calls = CompiledCalls()

    init(
        _ body: @escaping (repeat each Input) -> Output,
        write: @escaping (Output, CompiledResults) -> Void,
        read: @escaping (CompiledResults) -> Output
    ) {
        self.body = body
        self.write = write
        self.read = read
    }

    /// Does what the closure does.
    public func callAsFunction(_ input: repeat each Input) -> Output {
        // Inside other compiled code this is a part of it.
        if Tracer.isTracing { return body(repeat each input) }
        calls.beginBinding()
        repeat (each input).bind(to: calls)
        if calls.isBound || find(repeat each input) {
            calls.run()
        } else {
            trace(repeat each input)
        }
        defer { calls.results.removeAll() }
        return read(calls.results)
    }

    /// What was made of the closure for inputs of these types; nil before the first call with such.
    public func graph(for input: repeat each Input) -> CompiledGraph? {
        find(repeat each input) ? calls.plan.map { CompiledGraph($0) } : nil
    }

    /// Calls it several times (a training step trains) and tells how long each kernel took at least.
    public func profile(_ input: repeat each Input, repetitions: Int = 10) -> CompiledGraph? {
        for _ in 0..<max(repetitions, 1) {
            guard find(repeat each input) else {
                _ = self(repeat each input)
                continue
            }
            calls.runTimed()
            calls.results.removeAll()
        }
        return calls.plan.map { CompiledGraph($0) }
    }

    /// Makes the plan for inputs of these types the present one.
    private func find(_ input: repeat each Input) -> Bool {
        calls.beginCollecting()
        repeat (each input).bind(to: calls)
        guard calls.usePlan() else { return false }
        calls.beginBinding()
        repeat (each input).bind(to: calls)
        return calls.isBound
    }

    private func trace(_ input: repeat each Input) {
        calls.beginCollecting()
        repeat (each input).bind(to: calls)
        calls.makePlan {
            write(body(repeat (each input).passed(to: calls)), calls.results)
        }
    }
}

/// A function that is written down at its first call and replayed, faster, from then on: see ``Compiled``.
///
/// - Parameter body: tensors (and keys) to a tensor, or to an array of them.
public func compiled<each Input: CompiledInput, Output: CompiledOutput>(
    _ body: @escaping (repeat each Input) -> Output
) -> Compiled<Output, repeat each Input> {
    Compiled(body, write: { $0.write(to: $1) }, read: { Output(from: $0) })
}

/// A function that is written down at its first call and replayed, faster, from then on: see ``Compiled``.
///
/// - Parameter body: tensors (and keys) to two results.
public func compiled<each Input: CompiledInput, First: CompiledOutput, Second: CompiledOutput>(
    _ body: @escaping (repeat each Input) -> (First, Second)
) -> Compiled<(First, Second), repeat each Input> {
    Compiled(
        body,
        write: {
            $0.0.write(to: $1)
            $0.1.write(to: $1)
        }, read: { (First(from: $0), Second(from: $0)) })
}

/// A function that is written down at its first call and replayed, faster, from then on: see ``Compiled``.
///
/// - Parameter body: tensors (and keys) to three results.
public func compiled<
    each Input: CompiledInput, First: CompiledOutput, Second: CompiledOutput, Third: CompiledOutput
>(
    _ body: @escaping (repeat each Input) -> (First, Second, Third)
) -> Compiled<(First, Second, Third), repeat each Input> {
    Compiled(
        body,
        write: {
            $0.0.write(to: $1)
            $0.1.write(to: $1)
            $0.2.write(to: $1)
        }, read: { (First(from: $0), Second(from: $0), Third(from: $0)) })
}

/// A function that is written down at its first call and replayed, faster, from then on: see ``Compiled``.
///
/// - Parameter body: what it does (updating parameters) is all that is wanted of it.
public func compiled<each Input: CompiledInput>(
    _ body: @escaping (repeat each Input) -> Void
) -> Compiled<Void, repeat each Input> {
    Compiled(body, write: { _, _ in }, read: { _ in })
}
