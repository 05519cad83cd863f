import ApusCore
import ApusNN

/// Trains a model for a few steps, watches everything that goes on, and tells what is wrong.
///
/// ```swift
/// for finding in diagnose(model, on: batches, loss: { batch in
///     softmaxCrossEntropy(logits: model(batch.x), labels: batch.y)
/// }) { print(finding) }
/// ```
/// It looks at the record of each batch's loss (units that never fire or are stuck at their limits, a softmax too many,
/// inputs that are not numbers, labels in order), at gradients and updates layer by layer, at the course of the loss,
/// and at last whether the model can learn one batch by heart. No hooks are needed: the record holds every
/// intermediate result. The parameters are put back at the end.
///
/// - Parameters:
///   - model: what is trained; its parameters' values are where the training starts.
///   - batches: a few batches, as training would see them.
///   - steps: how many steps to take over the batches, one after another.
///   - seed: decides about dropout.
///   - optimizer: makes the optimizer, with the learning rate that is to be examined.
///   - loss: the loss of a batch, one number.
/// - Returns: what was found, the worst first; nothing for a training in good health.
public func diagnose<Batch>(
    _ model: any ModelPart, on batches: [Batch], steps: Int = 40, seed: UInt64 = 0,
    optimizer: ([NamedParameter]) -> any Optimizer = { Adam($0, learningRate: 1e-3) },
    loss: (Batch) -> Tensor
) -> [Finding] {
    guard !batches.isEmpty, !model.parameters.isEmpty else { return [] }
    let start = model.parameters.map { $0.parameter.value.detached() }
    func putBack() {
        for (named, tensor) in zip(model.parameters, start) { named.parameter.assign(tensor) }
    }
    defer { putBack() }

    var records = RecordExamination(model.parameters)
    for batch in batches {
        let value = loss(batch)
        guard value.count == 1 else {
            fatalError(
                "diagnose: the loss has the shape \(value.shape); take its sum or mean so that it is one number"
            )
        }
        records.examine(value)
    }
    var findings = records.findings
    // Of numbers that are not finite nothing can be learned.
    guard !findings.contains(where: { $0.kind == .brokenInputs || $0.kind == .notFinite }) else {
        return findings.bySeverity
    }

    var course = CourseExamination(model.parameters, start: start)
    let key = RandomKey(seed).folded(in: "diagnosis")
    let taught = optimizer(model.parameters)
    for step in 0..<max(steps, 2 * batches.count) {
        let isGoingOn = course.step(taught) {
            training(key.folded(in: step)) { loss(batches[step % batches.count]) }
        }
        guard isGoingOn else { break }
    }
    course.finish(
        first: records.meanLoss, epoch: batches.count, unused: records.unused)
    findings += course.findings

    if !findings.contains(where: { $0.severity == .error }) {
        putBack()
        findings += cannotOverfit(model, key: key.folded(in: "one batch")) {
            loss(batches[0])
        }
    }
    return findings.bySeverity
}

/// Whether the loss of one batch can be brought down to less than half: what cannot be learned by heart cannot be
/// learned. With Adam, whatever the training's own optimizer: this asks about the model.
private func cannotOverfit(
    _ model: any ModelPart, key: RandomKey, _ loss: () -> Tensor
) -> [Finding] {
    let optimizer = Adam(model.parameters, learningRate: 0.01)
    let before = Double(withoutGradients(loss).scalar)
    var after = before
    for step in 0..<200 where after > 0.25 * before {
        let value = training(key.folded(in: step), loss)
        guard value.scalar.isFinite else { return [] }
        let gradients = value.backward()
        guard gradients.reachAny(of: optimizer.parameters), gradients.isFinite else { return [] }
        optimizer.update(with: gradients)
        if step % 10 == 9 { after = min(after, Double(withoutGradients(loss).scalar)) }
    }
    guard before > 0, after > 0.5 * before else { return [] }
    return [
        Finding(
            .cannotOverfit, .warning, place: "one batch", measured: after / before,
            message:
                "in 200 steps on one batch the loss fell only from \(Graph.Values.text(before)) to \(Graph.Values.text(after))",
            remedy:
                "the labels contradict the inputs, the inputs do not reach the loss, or the model is too weak: look at the batch, then at the graph"
        )
    ]
}
