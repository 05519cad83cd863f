import ApusCore

/// A part of a model that is called like a function: `layer(x)`.
public protocol Layer<Input, Output>: ModelPart {
    /// What it is given; a tensor for most layers.
    associatedtype Input
    /// What it returns.
    associatedtype Output

    /// Computes the layer.
    func callAsFunction(_ input: Input) -> Output
}

/// Whether, and with which randomness, layers behave as in training.
package final class TrainingScope: Sendable {
    @TaskLocal package static var current: TrainingScope?

    private let source: RandomSource

    init(key: RandomKey) { source = RandomSource(key: key) }

    private init(source: RandomSource) { self.source = source }

    func nextKey() -> RandomKey { source.nextKey() }

    /// A scope that will hand out the keys that this one hands out next.
    func fork() -> TrainingScope { TrainingScope(source: source.fork()) }
}

/// Runs `body` as training: dropout drops.
///
/// - Parameters:
///   - key: where the randomness comes from; the same key gives the same masks. One key a step.
///   - body: the forward pass.
public func training<Result>(_ key: RandomKey, _ body: () throws -> Result) rethrows -> Result {
    try TrainingMode.$isOn.withValue(true) {
        try TrainingScope.$current.withValue(TrainingScope(key: key), operation: body)
    }
}
