import ApusCore

extension Graph {
    /// The graph of how a tensor was computed from a model's parameters, each under its name.
    ///
    /// ```swift
    /// let graph = Graph(of: loss, naming: model.parameters)
    /// ```
    ///
    /// - Parameters:
    ///   - result: what was computed, most often a loss.
    ///   - parameters: the parameters with their names.
    ///   - tensors: names for other leaves, constants and intermediate results.
    ///   - gradients: whether to go backward too.
    public init(
        of result: Tensor, naming parameters: [NamedParameter],
        and tensors: KeyValuePairs<String, Tensor> = [:], gradients: Bool = true
    ) {
        self.init(
            of: result, naming: Self.names(of: parameters, and: tensors), gradients: gradients)
    }

    /// Parameters' names and others.
    package static func names(
        of parameters: [NamedParameter], and tensors: KeyValuePairs<String, Tensor> = [:]
    ) -> [Name] {
        parameters.map { Name($0.name, $0.parameter.value, isParameter: true) }
            + tensors.map { Name($0.key, $0.value, isParameter: false) }
    }
}
