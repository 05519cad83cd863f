/// Whether operations on tracked tensors are recorded here.
package enum GradientScope {
    @TaskLocal package static var isRecording = true
}

/// Whether layers behave as in training here: a plan of compiled code is made for one or the other.
package enum TrainingMode {
    @TaskLocal package static var isOn = false
}

/// Runs `body` without recording: nothing computed in it has gradients.
///
/// ```swift
/// let scores = withoutGradients { model(batch) }
/// ```
public func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
    try GradientScope.$isRecording.withValue(false, operation: body)
}
