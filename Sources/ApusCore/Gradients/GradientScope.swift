/// Whether operations on tracked tensors are recorded here.
package enum GradientScope {
    @TaskLocal package static var isRecording = true
}

/// Runs `body` without recording: nothing computed in it has gradients.
///
/// ```swift
/// let scores = withoutGradients { model(batch) }
/// ```
public func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
    try GradientScope.$isRecording.withValue(false, operation: body)
}
