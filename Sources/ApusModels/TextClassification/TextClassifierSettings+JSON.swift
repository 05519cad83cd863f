import ApusSystem

extension TextClassifierSettings {
    /// The settings as `config.json` holds them.
    var json: JSONObject {
        func range(_ range: ClosedRange<Int>?) -> JSON {
            range.map { [.integer($0.lowerBound), .integer($0.upperBound)] } ?? .null
        }
        return [
            "kind": .string(kind.rawValue), "words": range(words), "characters": range(characters),
            "composesText": .bool(composesText),
            "weighting": .string(weighting.rawValue),
            "minimumWordCount": minimumWordCount.map { .integer($0) } ?? .null,
            "minimumCharacterCount": .integer(minimumCharacterCount),
            "buckets": buckets.map { .integer($0) } ?? .null, "dimension": .integer(dimension),
            "dropout": .number(shortest: dropout), "epochs": epochs.map { .integer($0) } ?? .null,
            "learningRate": learningRate.map { .number(shortest: $0) } ?? .null,
            "batchSize": .integer(batchSize),
            "labelSmoothing": .number(shortest: labelSmoothing),
            "patience": patience.map { .integer($0) } ?? .null, "seed": .string(String(seed)),
        ]
    }

    /// Settings from `config.json`.
    init(_ json: JSONCursor) throws {
        func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) throws -> Choice
        where Choice.RawValue == String {
            let name = try json[key].string()
            guard let choice = Choice(rawValue: name) else {
                let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                throw try json[key].invalid("is \"\(name)\", and must be one of: \(all)")
            }
            return choice
        }
        // Null is a choice; a key that is missing is a damage, and the value's own reader says so.
        func isNull(_ key: String) throws -> Bool { try json[key].value == .some(.null) }
        func range(_ key: String) throws -> ClosedRange<Int>? {
            if try isNull(key) { return nil }
            let bounds = try json[key].array().map { try $0.integer(in: 1...64) }
            guard bounds.count == 2, bounds[0] <= bounds[1] else {
                throw try json[key].invalid("must be [shortest, longest]")
            }
            return bounds[0]...bounds[1]
        }
        let large = 1...Int(Int32.max)
        self.init(try choice("kind"))
        words = try range("words")
        characters = try range("characters")
        // Models of earlier versions saw texts as they stood.
        composesText = try json["composesText"].bool(default: false)
        weighting = try choice("weighting")
        minimumWordCount =
            try isNull("minimumWordCount") ? nil : json["minimumWordCount"].integer(in: large)
        minimumCharacterCount = try json["minimumCharacterCount"].integer(in: large)
        buckets = try isNull("buckets") ? nil : json["buckets"].integer(in: large)
        dimension = try json["dimension"].integer(in: 1...65_536)
        dropout = Float(try json["dropout"].number(in: 0...0.999))
        epochs = try isNull("epochs") ? nil : json["epochs"].integer(in: large)
        learningRate =
            try isNull("learningRate") ? nil : Float(json["learningRate"].number(in: 0...1e30))
        batchSize = try json["batchSize"].integer(in: large)
        labelSmoothing = Float(try json["labelSmoothing"].number(in: 0...0.999))
        patience = try isNull("patience") ? nil : json["patience"].integer(in: large)
        guard let seed = UInt64(try json["seed"].string()) else {
            throw try json["seed"].invalid("must be a number in quotation marks")
        }
        self.seed = seed
    }
}
