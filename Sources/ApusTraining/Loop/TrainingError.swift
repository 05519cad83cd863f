import ApusSystem

/// Why a training stopped before its end.
public enum TrainingError: DescribedError, Equatable {
    /// It was asked to stop.
    case interrupted(checkpoint: String?)
    /// The loss became infinite or NaN: where that began, and the examples that led there, as far as both were found.
    case notFinite(epoch: Int, step: Int, loss: Double, autopsy: Autopsy?, examples: [String])

    /// What happened.
    public var message: String {
        switch self {
        case .interrupted(let checkpoint):
            checkpoint.map { "interrupted; saved to \($0)" } ?? "interrupted; nothing was saved"
        case .notFinite(let epoch, let step, let loss, let autopsy, let examples):
            "the loss became \(loss.isNaN ? "NaN" : "infinite") in epoch \(epoch), step \(step)"
                + (autopsy.map { ": \($0.message)" } ?? "")
                + (examples.isEmpty ? "" : "; it began with \(examples.joined(separator: ", "))")
        }
    }

    /// How to go on.
    public var hint: String? {
        switch self {
        case .interrupted(let checkpoint):
            checkpoint.map { _ in "run the same command with --resume to go on" }
        case .notFinite(_, _, _, let autopsy, _): autopsy?.remedy ?? "try a smaller learning rate"
        }
    }
}
