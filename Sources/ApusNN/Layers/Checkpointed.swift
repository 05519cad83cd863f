import ApusCore

/// A part of a model whose intermediate results are not kept for the backward pass, which computes them again (Chen, Xu,
/// Zhang and Guestrin 2016, "Training deep nets with sublinear memory cost").
///
/// ```swift
/// for block in blocks { x = checkpointed(x) { block($0) } }
/// ```
/// Of each part only the input and the result stay in memory; a training step computes the part twice. Results and
/// gradients have the same bits as without: dropout drops the same elements in both. (Where a parameter is used inside and
/// outside of the part and more than twice in all, its gradient is summed in another order.)
///
/// What a layer remembers from call to call would be remembered twice: leave `BatchNorm` outside. In compiled code equal
/// operations are done once, so nothing is computed again and no memory is saved.
///
/// - Parameters:
///   - x: what the part is given.
///   - body: the part; it may read parameters, and tensors from outside.
public func checkpointed(_ x: Tensor, _ body: @escaping (Tensor) -> Tensor) -> Tensor {
    checkpointed([x]) { body($0[0]) }
}

/// The same of several tensors.
public func checkpointed(_ inputs: [Tensor], _ body: @escaping ([Tensor]) -> Tensor) -> Tensor {
    guard let scope = TrainingScope.current else {
        return recomputed(inputs, first: body, replay: body)
    }
    let repeated = scope.fork()
    return recomputed(inputs, first: body) { inputs in
        TrainingMode.$isOn.withValue(true) {
            TrainingScope.$current.withValue(repeated.fork()) { body(inputs) }
        }
    }
}
