import ApusCore
import ApusFiles
import ApusNN
import ApusSystem
import ApusText

// The folder of a text classifier:
//
//     config.json         what it is and how it was trained
//     model.safetensors   the network's parameters, and the features' scales
//     features.txt        the n-grams, or how often each bucket was hit
//     labels.txt          the classes
//     metrics.json        how good it was after training
//     SHA256SUMS          of all of these

extension SafetensorsFile {
    /// Whether some tensor has as many elements as a table of this size.
    fileprivate func holdsTable(_ rows: Int, _ columns: Int) -> Bool {
        let (size, overflow) = rows.multipliedReportingOverflow(by: columns)
        return !overflow && entries.contains { $0.shape.count == size }
    }

    /// Refuses weights with which every answer would be "not a number".
    fileprivate func checkFinite(
        _ tensor: Tensor, _ name: String
    ) throws(SafetensorsError) {
        let position = tensor.withElements(of: Float.self) { $0.firstIndex { !$0.isFinite } }
        if let position {
            throw .invalidTensor(
                path: path, tensor: name, reason: "holds nan or infinity at element \(position)")
        }
    }
}

extension TextClassifier {
    /// Programs that would take texts as they stand refuse folders of this format.
    private static let format = "apus text classifier 2"
    /// The format before texts were composed; its models answer as they did.
    private static let earlierFormat = "apus text classifier 1"

    /// Writes the classifier's folder, replacing one that is there in one step.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - metrics: how good it was, as `metrics.json` is to hold it.
    /// - Returns: the SHA-256 of `model.safetensors`.
    /// - Throws: ``FileError``.
    @discardableResult
    public func save(to path: String, metrics: JSONObject = [:]) throws -> String {
        let sums = try ModelDirectory.write(to: path) { folder in
            try write(.object(config), to: joinPath(folder, "config.json"))
            try write(.object(metrics), to: joinPath(folder, "metrics.json"))
            try atomicWrite(to: joinPath(folder, "labels.txt")) { try $0.write(labels.encoded()) }
            try atomicWrite(to: joinPath(folder, "features.txt")) { writer in
                switch features.vectorizer.features {
                case .vocabulary(let vocabulary): try writer.write(vocabulary.encoded())
                case .buckets(let buckets): try writer.write(buckets.encoded())
                }
            }
            var tensors = network.parameters.map {
                (name: $0.name, tensor: $0.parameter.value.detached())
            }
            if let scales = features.scales { tensors.append(("features.scales", Tensor(scales))) }
            try writeSafetensors(
                tensors, metadata: [("format", Self.format)],
                to: joinPath(folder, "model.safetensors"))
        }
        return sums.first { $0.file == "model.safetensors" }?.sum ?? ""
    }

    /// Reads a classifier's folder, after checking that every file is what was written.
    ///
    /// - Throws: ``ModelDirectoryError``, ``SafetensorsError``, ``TextError``, ``JSONError``, ``FileError``.
    public init(directory path: String) throws {
        let directory = try ModelDirectory(checking: path)
        let config = try JSONCursor(file: try directory.file("config.json"))
        let format = try config["format"].string()
        guard format == Self.format || format == Self.earlierFormat else {
            throw ModelDirectoryError.otherKind(path: path, expected: Self.format, found: format)
        }
        let settings = try TextClassifierSettings(config["settings"])
        let labelsPath = try directory.file("labels.txt")
        let labels = try LabelSet(decoding: readFile(labelsPath), file: labelsPath)
        let weightsPath = try directory.file("model.safetensors")
        let weights = try SafetensorsFile(weightsPath)
        let featuresPath = try directory.file("features.txt")
        let featureBytes = try readFile(featuresPath)
        let numbering: Vectorizer.Features =
            settings.buckets == nil
            ? .vocabulary(try FeatureVocabulary(decoding: featureBytes, file: featuresPath))
            : .buckets(try FeatureBuckets(decoding: featureBytes, file: featuresPath))
        guard labels.count >= 2 else { throw TextError.tooFewLabels(file: labelsPath) }
        // Tables are only made when the file really holds some of their sizes.
        let width = settings.width(classes: labels.count)
        func checkTable(_ rows: Int, _ sizes: String) throws(ModelDirectoryError) {
            guard weights.holdsTable(rows, width) else {
                throw .mismatch(
                    path: path,
                    reason: "\(sizes), but no tensor of model.safetensors is [\(rows), \(width)]")
            }
        }
        let (featureCount, classes) = (numbering.count, labels.count)
        let features = "\(featureCount) feature\(featureCount == 1 ? "" : "s")"
        if width == classes {
            try checkTable(
                featureCount, "labels.txt has \(classes) labels and features.txt \(features)")
        } else {
            let dimension = "config.json the dimension \(width)"
            try checkTable(featureCount, "features.txt has \(features) and \(dimension)")
            try checkTable(classes, "labels.txt has \(classes) labels and \(dimension)")
        }
        var scales: [Float]?
        if settings.usesScales {
            let tensor = try weights.tensor("features.scales")
            guard tensor.shape == Shape(numbering.count), tensor.scalarType == .float32 else {
                throw SafetensorsError.wrongShape(
                    path: weightsPath, tensor: "features.scales",
                    expected: "float32 [\(numbering.count)]",
                    found: "\(tensor.scalarType) \(tensor.shape)")
            }
            try weights.checkFinite(tensor, "features.scales")
            scales = tensor.floats
        }
        let network = Self.network(settings, features: numbering.count, classes: labels.count)
        try network.load(weights, besides: scales == nil ? [] : ["features.scales"])
        for named in network.parameters {
            try weights.checkFinite(named.parameter.value, named.name)
        }
        for (key, count) in [
            ("features", numbering.count), ("classes", labels.count),
            ("parameters", network.parameterCount),
        ] {
            guard try config[key].integer() == count else {
                throw try config[key].invalid("must be \(count), which the other files hold")
            }
        }
        self.init(
            settings: settings,
            features: TextFeatures(
                vectorizer: Vectorizer(
                    extractor: settings.extractor, weighting: settings.featureWeighting,
                    features: numbering),
                scales: scales, characterLength: settings.characterLength),
            labels: labels, network: network,
            temperature: Float(try config["temperature"].number(in: 1e-6...1e6)))
    }

    /// What `config.json` holds.
    private var config: JSONObject {
        [
            "format": .string(Self.format), "settings": .object(settings.json),
            "features": .integer(features.count), "classes": .integer(labels.count),
            "parameters": .integer(network.parameterCount),
            "temperature": .number(shortest: temperature),
        ]
    }

    private func write(_ json: JSON, to path: String) throws {
        try atomicWrite(to: path) { try $0.write(json.bytes(.pretty)) }
    }
}
