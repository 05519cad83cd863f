import ApusCore

extension Autopsy: CustomStringConvertible {
    /// What happened and what helps: ``message`` and ``remedy``.
    public var description: String { "\(message); \(remedy)" }

    /// Where it began and what the operation was given, in a sentence.
    public var message: String {
        var text = "\(reason): \(operation)\(place)"
        if !inputs.isEmpty {
            text += " was given " + inputs.map { "\($0.name) \($0.values)" }.joined(separator: ", ")
        }
        if !rows.isEmpty {
            text += " (\(rows.count == 1 ? "row" : "rows") "
            text += rows.map(String.init).joined(separator: ", ") + " of \(rowCount))"
        }
        return text
    }

    private var place: String { layer.map { " in or after layer \($0)" } ?? "" }

    private var reason: String {
        switch cause {
        case .logarithmOfZero: "a logarithm of 0"
        case .logarithmOfNegative: "a logarithm of a negative number"
        case .zeroByZero: "0 divided by 0"
        case .divisionByZero: "a division by 0"
        case .rootOfNegative: "a root of a negative number"
        case .overflow: "an overflow"
        case .learningRate: growth.map(Self.text) ?? "a parameter is not finite"
        case .input: "the input is not finite"
        case .derivative: "a derivative that is not finite"
        case .other: "not a number"
        }
    }

    private static func text(_ growth: Growth) -> String {
        let now = Graph.Values.text(growth.now)
        if growth.brokenCount > 0 {
            return
                "the weights \(growth.parameter) have \(growth.brokenCount) elements that are not finite"
        }
        guard let before = growth.before else {
            return "the weights \(growth.parameter) have the norm \(now)"
        }
        return
            "the weights \(growth.parameter) grew from norm \(Graph.Values.text(before)) to \(now)"
    }

    /// What helps, in a sentence.
    public var remedy: String {
        switch cause {
        case .logarithmOfZero:
            "take a loss of logits (softmaxCrossEntropy, binaryCrossEntropy), which never takes the logarithm of a rounded probability, or logSoftmax"
        case .logarithmOfNegative: "check what is to be a probability or a count: it is below 0"
        case .zeroByZero:
            "something has no elements, or nothing in it counts: divide by maximum(count, 1), and let each row have a place that is not masked"
        case .divisionByZero: "keep the divisor away from 0: add a small number to it"
        case .rootOfNegative: "a square or variance is below 0: take maximum(x, 0) first"
        case .overflow:
            operation == "Exp" || operation == "Expm1"
                ? "exp overflows above 88: subtract the maximum of each row first, as softmax and logSoftmax do"
                : "bring the inputs to a scale of about 1, and the initial weights to one that keeps it"
        case .learningRate:
            "try a learning rate ten times smaller, a warm-up, or a limit for the gradients' norm"
        case .input:
            "mend or leave out these examples; a division or logarithm of the data may be the reason"
        case .derivative:
            "keep the argument away from where the slope is infinite: sqrt(x + 1e-12) instead of sqrt(x)"
        case .other: "look at the operation's inputs; Graph(of: loss) shows all that led there"
        }
    }
}
