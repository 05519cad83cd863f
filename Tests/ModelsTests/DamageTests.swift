import ApusData
import ApusFiles
import ApusModels
import ApusSystem
import Testing

/// Models whose files are not what was written: an error or the same answer, never a crash.
@Suite struct DamageTests {
    static let files = [
        "config.json", "features.txt", "labels.txt", "metrics.json", "model.safetensors",
    ]

    /// A model of a few features, whose loading takes a moment.
    func smallModel(_ kind: TextClassifierSettings.Kind, buckets: Int?) throws -> TextClassifier {
        var settings = settings(kind)
        settings.characters = 1...1
        settings.minimumCharacterCount = 20
        settings.dimension = 3
        settings.epochs = 1
        settings.buckets = buckets
        return try train(settings)
    }

    @Test func aFileChangedAnywhereIsNoticed() throws {
        let classifier = try smallModel(.linear, buckets: nil)
        let expected = answers(classifier)
        try withTemporaryFolder { folder in
            try classifier.save(to: folder + "/m")
            for file in Self.files + ["SHA256SUMS"] {
                let path = "\(folder)/m/\(file)"
                let bytes = try readFile(path)
                for position in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
                    var damaged = bytes
                    damaged[position] ^= 1 << UInt8(position % 8)
                    try atomicWrite(to: path) { try $0.write(damaged) }
                    if let loaded = try? TextClassifier(directory: folder + "/m") {
                        #expect(answers(loaded) == expected, "\(file), byte \(position)")
                    }
                    try atomicWrite(to: path) { try $0.write(Array(bytes[..<position])) }
                    if let loaded = try? TextClassifier(directory: folder + "/m") {
                        #expect(answers(loaded) == expected, "\(file) cut at \(position)")
                    }
                }
                try removeTree(path)
                #expect(throws: (any Error).self, "\(file) missing") {
                    try TextClassifier(directory: folder + "/m")
                }
                try atomicWrite(to: path) { try $0.write(bytes) }
            }
            #expect(try answers(TextClassifier(directory: folder + "/m")) == expected)
        }
    }

    /// Somebody may write sums that fit: then only the content itself can be doubted.
    @Test(arguments: [TextClassifierSettings.Kind.linear, .embeddings], [nil, 20])
    func aFileMadeUpWithFittingSumsIsNoCrash(
        kind: TextClassifierSettings.Kind, buckets: Int?
    ) throws {
        let classifier = try smallModel(kind, buckets: buckets)
        try withTemporaryFolder { folder in
            try classifier.save(to: folder + "/m")
            var contents: [String: [UInt8]] = [:]
            for file in Self.files { contents[file] = try readFile("\(folder)/m/\(file)") }
            for file in Self.files {
                let bytes = try #require(contents[file])
                for position in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) {
                    var damaged = contents
                    damaged[file]?[position] ^= 1 << UInt8(position % 8)
                    try write(damaged, to: folder + "/made-up")
                    do {
                        let loaded = try TextClassifier(directory: folder + "/made-up")
                        _ = loaded.evaluate(Sentences.heldOut)
                    } catch {
                        #expect(error is any DescribedError, "\(file), byte \(position): \(error)")
                    }
                }
            }
        }
    }

    @Test func configurationsThatAskForMoreThanTheFileHoldsAreRefused() throws {
        let classifier = try smallModel(.embeddings, buckets: nil)
        try withTemporaryFolder { folder in
            try classifier.save(to: folder + "/m")
            var contents: [String: [UInt8]] = [:]
            for file in Self.files { contents[file] = try readFile("\(folder)/m/\(file)") }
            let config = String(decoding: try #require(contents["config.json"]), as: UTF8.self)
            func problem(_ old: String, _ new: String) throws -> String {
                var changed = contents
                let parts = config.split(separator: old, omittingEmptySubsequences: false)
                #expect(parts.count == 2, "\(old) is in the configuration once")
                changed["config.json"] = Array(parts.joined(separator: new).utf8)
                try write(changed, to: folder + "/made-up")
                return message { _ = try TextClassifier(directory: folder + "/made-up") }
            }
            #expect(
                try problem("\"dimension\": 3", "\"dimension\": 65536").contains(
                    "and config.json the dimension 65536, but no tensor of model.safetensors is ["))
            #expect(
                try problem("\"dimension\": 3", "\"dimension\": -1").contains(
                    "\"settings.dimension\""))
            #expect(
                try problem("\"kind\": \"embeddings\"", "\"kind\": \"mlp\"").contains(
                    "missing \""))
            #expect(
                try problem("\"kind\": \"embeddings\"", "\"kind\": \"bert\"").contains(
                    "must be one of"))
            #expect(
                try problem("classifier 2", "classifier 3").contains(
                    "a apus text classifier 2 is needed"))
            #expect(
                try problem("\"classes\": 4", "\"classes\": 5").contains(
                    "\"classes\" must be 4, which the other files hold"))
            #expect(
                try problem("\"parameters\": ", "\"parameters\": 1").contains(
                    "\"parameters\" must be"))
            #expect(
                try problem("\"features\": ", "\"features\": 0.5, \"f\": ").contains(
                    "\"features\" must be an integer"))
            for key in ["words", "buckets", "patience"] {
                #expect(
                    try problem("\"\(key)\"", "\"x\"").contains("\"settings.\(key)\" is missing"))
            }
            contents["labels.txt"] = Array("apus labels 1\nx\n".utf8)
            #expect(
                try problem("\"dimension\": 3", "\"dimension\": 3").contains(
                    "fewer than two labels"))
        }
    }

    @Test func filesThatDoNotBelongTogetherAreNamed() throws {
        let classifier = try smallModel(.linear, buckets: nil)
        try withTemporaryFolder { folder in
            try classifier.save(to: folder + "/m")
            var contents: [String: [UInt8]] = [:]
            for file in Self.files { contents[file] = try readFile("\(folder)/m/\(file)") }
            contents["labels.txt"]? += Array("Zulu\n".utf8)
            try write(contents, to: folder + "/made-up")
            let count = classifier.features.count
            #expect(
                message { _ = try TextClassifier(directory: folder + "/made-up") }
                    == "\(folder)/made-up: labels.txt has 5 labels and features.txt \(count) features, "
                    + "but no tensor of model.safetensors is [\(count), 5]")
        }
    }

    @Test(arguments: [Float.nan, .infinity])
    func weightsThatAreNoNumbersAreRefused(value: Float) throws {
        let classifier = try smallModel(.linear, buckets: nil)
        try withTemporaryFolder { folder in
            let model = folder + "/m"
            try classifier.save(to: model)
            var contents: [String: [UInt8]] = [:]
            for file in Self.files { contents[file] = try readFile("\(model)/\(file)") }
            let file = try SafetensorsFile(model + "/model.safetensors")
            let start = try #require(contents["model.safetensors"]).count
            let end = try #require(file.entries.last).bytes.upperBound
            for entry in file.entries {
                var changed = contents
                let position = start - end + entry.bytes.lowerBound + 4
                let bytes = withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
                changed["model.safetensors"]?.replaceSubrange(position..<position + 4, with: bytes)
                try write(changed, to: folder + "/made-up")
                #expect(
                    message { _ = try TextClassifier(directory: folder + "/made-up") }
                        .hasSuffix("tensor \"\(entry.name)\" holds nan or infinity at element 1"))
            }
        }
    }

    @Test func bothSpellingsOfAnAccentAreAnsweredAlikeAndOlderModelsAsBefore() throws {
        let lines = [
            ("Ein Café am Fluss", "place"), ("die Tür quietscht", "fault"),
            ("das Cafe\u{301} ist zu", "place"), ("die Tu\u{308}r klemmt", "fault"),
        ]
        let pairs = (0..<40).map { (text: lines[$0 % 4].0, label: lines[$0 % 4].1) }
        var settings = TextClassifierSettings(.linear)
        settings.characters = nil
        let (classifier, _) = try TextClassifier.training(on: LabelledTexts(pairs), settings)
        let composed = classifier.predict("Café")
        #expect(composed.label == "place" && classifier.predict("Cafe\u{301}") == composed)
        try withTemporaryFolder { folder in
            try classifier.save(to: folder + "/new")
            let loaded = try TextClassifier(directory: folder + "/new")
            #expect(loaded.predict("Cafe\u{301}") == composed)

            // A folder as an earlier version wrote it.
            settings.composesText = false
            let (earlier, _) = try TextClassifier.training(on: LabelledTexts(pairs), settings)
            try earlier.save(to: folder + "/old")
            var contents: [String: [UInt8]] = [:]
            for file in Self.files { contents[file] = try readFile("\(folder)/old/\(file)") }
            let config = String(decoding: contents["config.json"] ?? [], as: UTF8.self)
            contents["config.json"] = Array(
                config.replacing("classifier 2", with: "classifier 1")
                    .replacing("\"composesText\": false,", with: "").utf8)
            try write(contents, to: folder + "/older")
            let old = try TextClassifier(directory: folder + "/older")
            #expect(old.settings.composesText == false)
            #expect(old.predict("Cafe\u{301}") == earlier.predict("Cafe\u{301}"))
            #expect(old.predict("Cafe\u{301} zu") != old.predict("Café zu"))
        }
    }

    private func write(_ contents: [String: [UInt8]], to folder: String) throws {
        try ModelDirectory.write(to: folder) { inner in
            for (name, bytes) in contents {
                try atomicWrite(to: inner + "/" + name) { try $0.write(bytes) }
            }
        }
    }
}
