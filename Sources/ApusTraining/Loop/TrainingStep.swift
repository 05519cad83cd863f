import ApusCore
import ApusNN

/// One step of a training: the losses of one or several batches, their gradient, a look at both, the update.
///
/// The same code runs eagerly or is compiled. Nothing is changed where a loss or the gradient is not finite.
final class TrainingStep<Batch> {
    /// - Parameters:
    ///   - batches: whose gradients are one step's.
    ///   - keys: each batch's randomness.
    ///   - shares: how much each of several batches counts, together 1: `[batches]`.
    /// - Returns: the loss of each batch and the gradient's norm; fewer where the step could not be taken.
    typealias Body = (_ batches: [Batch], _ keys: [RandomKey], _ shares: Tensor) -> [Tensor]

    private let loss: (Batch) throws -> Tensor
    private let optimizer: any Optimizer
    private let limit: Float?
    private let reduction: LossReduction
    /// Why the last call ended before its time.
    private(set) var error: (any Error)?

    init(
        optimizer: any Optimizer, limit: Float?, reduction: LossReduction,
        loss: @escaping (Batch) throws -> Tensor
    ) {
        self.loss = loss
        self.optimizer = optimizer
        self.limit = limit
        self.reduction = reduction
    }

    func callAsFunction(
        _ batches: [Batch], _ keys: [RandomKey], _ shares: Tensor
    ) -> [Tensor] {
        error = nil
        let (losses, sum) = lossesAndGradients(batches, keys, shares)
        guard let sum else { return losses }
        guard sum.reachAny(of: optimizer.parameters) else {
            error = TrainingError.nothingToLearn(reason: sum.whyNone(of: optimizer.parameters))
            return losses
        }
        let norm = sum.jointNorm
        if Tracer.isTracing { Tracer.current?.endWhereNotFinite(losses + [norm]) }
        guard norm.presentNumber.isFinite else { return losses + [norm] }
        optimizer.update(with: limit.map { sum.clipped(toNorm: $0, from: norm) } ?? sum)
        return losses + [norm]
    }

    /// A function of its own: the losses' records are gone when the parameters are changed, which can then be done in
    /// place.
    private func lossesAndGradients(
        _ batches: [Batch], _ keys: [RandomKey], _ shares: Tensor
    ) -> ([Tensor], Gradients?) {
        var losses: [Tensor] = []
        var sum: Gradients?
        for (index, batch) in batches.enumerated() {
            do {
                let loss: Tensor = try training(keys[index]) { try self.loss(batch) }
                losses.append(loss.detached())
                guard loss.presentNumber.isFinite else { return (losses, nil) }
                var gradients = loss.backward()
                if batches.count > 1, reduction != .sum {
                    gradients = gradients.scaled(by: shares[index])
                }
                sum = sum.map { $0 + gradients } ?? gradients
            } catch {
                self.error = error
                return (losses, nil)
            }
        }
        return (losses, sum)
    }
}

extension Tensor {
    /// The number that this is at the moment, also while compiled code is written down: for a decision that ends it.
    fileprivate var presentNumber: Double {
        scalarType == .float64
            ? storage.elements(as: Double.self)[0] : Double(storage.floats[0])
    }
}
