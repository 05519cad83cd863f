import ApusCore
import ApusNN

/// What ended a training: the step is replayed with everything recorded. The same batch and the same randomness give the
/// same numbers; parameters and checkpoints stay as they are.
extension Trainer {
    /// Of a loss that is not finite.
    func failure(
        _ value: Double, _ key: RandomKey, batch: Int, epoch: Int
    ) throws -> TrainingError {
        let replayed = try training(key) { try loss(source.batch(at: batch)) }
        let autopsy = autopsy(
            of: replayed, naming: model.parameters, startingFrom: startNorms)
        return .notFinite(
            epoch: epoch + 1, step: batch / plan.accumulation + 1, loss: value, autopsy: autopsy,
            examples: examples(autopsy, batch))
    }

    /// Of a gradient that is not finite although the losses are.
    func gradientFailure(
        _ losses: [Double], _ keys: [RandomKey], first: Int, epoch: Int
    ) throws -> TrainingError {
        for (index, key) in keys.enumerated() {
            let replayed = try training(key) { try loss(source.batch(at: first + index)) }
            let gradients = replayed.backward()
            guard let broken = gradients.firstNotFinite(of: optimizer.parameters) else { continue }
            let autopsy = autopsy(
                of: replayed, naming: model.parameters, startingFrom: startNorms)
            return .gradientNotFinite(
                epoch: epoch + 1, step: first / plan.accumulation + 1, loss: losses[index],
                parameter: broken.name, autopsy: autopsy,
                examples: examples(autopsy, first + index))
        }
        return .gradientNotFinite(
            epoch: epoch + 1, step: first / plan.accumulation + 1, loss: losses.first ?? .nan,
            parameter: nil, autopsy: nil, examples: [])
    }

    /// The examples that the rows of an autopsy belong to.
    private func examples(_ autopsy: Autopsy?, _ batch: Int) -> [String] {
        let positions = source.positions(at: batch)
        guard let autopsy, !positions.isEmpty, autopsy.rowCount % positions.count == 0 else {
            return []
        }
        var examples: [String] = []
        // Rows may be tokens: as many of each example.
        let rowsEach = max(autopsy.rowCount / positions.count, 1)
        for row in autopsy.rows {
            let position = positions[row / rowsEach]
            let name = place?(position) ?? "example \(position)"
            if examples.last != name { examples.append(name) }
        }
        return examples
    }
}
