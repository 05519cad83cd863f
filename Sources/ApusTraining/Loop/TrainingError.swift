import ApusSystem

/// Why a training stopped before its end.
public enum TrainingError: DescribedError, Equatable {
    /// It was asked to stop.
    case interrupted(checkpoint: String?)
    /// The loss became infinite or NaN: where that began, and the examples that led there, as far as both were found.
    case notFinite(epoch: Int, step: Int, loss: Double, autopsy: Autopsy?, examples: [String])

    /// The loss is finite and its gradient is not; nothing was changed by that step. The parameter is the first whose
    /// gradient has a number that is infinite or NaN; nil where all are finite and too large together.
    case gradientNotFinite(
        epoch: Int, step: Int, loss: Double, parameter: String?, autopsy: Autopsy?,
        examples: [String])
    /// The loss depends on no parameter of the optimizer's, so that nothing would be learned.
    case nothingToLearn(reason: String)
    /// A setting of the plan is out of its range.
    case setting(name: String, value: String, allowed: String)

    /// What happened.
    public var message: String {
        switch self {
        case .interrupted(let checkpoint):
            checkpoint.map { "interrupted; saved to \($0)" } ?? "interrupted; nothing was saved"
        case .notFinite(let epoch, let step, let loss, let autopsy, let examples):
            "the loss became \(loss.isNaN ? "NaN" : "infinite") in epoch \(epoch), step \(step)"
                + (autopsy.map { ": \($0.message)" } ?? "")
                + Self.origin(examples)
        case .gradientNotFinite(
            let epoch, let step, let loss, let parameter, let autopsy, let examples):
            "the gradient of \(parameter ?? "all parameters together") is not finite in epoch \(epoch), step \(step), where the loss is \(loss)"
                + (autopsy.map { ": \($0.message)" } ?? "") + Self.origin(examples)
                + "; the step was not taken"
        case .nothingToLearn(let reason): "the training would change nothing: \(reason)"
        case .setting(let name, let value, let allowed):
            "\(name) is \(value); it must be \(allowed)"
        }
    }

    private static func origin(_ examples: [String]) -> String {
        examples.isEmpty ? "" : "; it began with \(examples.joined(separator: ", "))"
    }

    /// How to go on.
    public var hint: String? {
        switch self {
        case .interrupted(let checkpoint):
            checkpoint.map { _ in "run the same command with --resume to go on" }
        case .notFinite(_, _, _, let autopsy, _): autopsy?.remedy ?? "try a smaller learning rate"
        case .gradientNotFinite(_, _, _, _, let autopsy, _):
            autopsy?.remedy ?? "try a smaller learning rate"
        case .nothingToLearn, .setting: nil
        }
    }
}
