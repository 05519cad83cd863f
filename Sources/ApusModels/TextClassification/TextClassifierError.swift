import ApusSystem

/// Why a text classifier cannot be trained.
public enum TextClassifierError: DescribedError, Equatable {
    /// The texts have no n-gram that could be a feature.
    case noFeatures(texts: Int)
    /// The tables of the network and of its optimizer are larger than the machine's memory.
    case tooLarge(features: Int, width: Int, bytes: Int, memory: Int)

    /// What is wrong.
    public var message: String {
        switch self {
        case .noFeatures(let texts):
            "the \(texts) texts have no n-gram that is frequent enough: there is nothing to learn from"
        case .tooLarge(let features, let width, let bytes, let memory):
            "a table of \(features) features by \(width) numbers takes \(gigabytes(bytes)) in training; this machine has \(gigabytes(memory))"
        }
    }

    /// The remedy.
    public var hint: String? {
        switch self {
        case .noFeatures: "are these the texts? Try --min-count 1, or --characters 2-4"
        case .tooLarge: "lower --buckets or --dimension, or raise --min-count"
        }
    }

    private func gigabytes(_ bytes: Int) -> String {
        bytes == .max ? "more than any memory" : "\(fixed(Double(bytes) / 1e9, digits: 1)) GB"
    }
}

extension TextClassifierSettings {
    /// Makes sure that the table of a number of features can be held, with its gradient and the optimizer's state.
    func checkMemory(features: Int, classes: Int) throws(TextClassifierError) {
        let width = width(classes: classes)
        let (numbers, overflow) = features.multipliedReportingOverflow(by: width)
        let (bytes, overflow2) = numbers.multipliedReportingOverflow(by: 3 * 4)
        guard !overflow, !overflow2, bytes <= physicalMemory else {
            throw .tooLarge(
                features: features, width: width, bytes: overflow || overflow2 ? .max : bytes,
                memory: physicalMemory)
        }
    }
}
