import ApusSystem

/// The long lists of a `tokenizer.json`, read straight into flat tables: a tree would cost many times the memory
/// and the time.
struct ModelTables {
    /// The vocabulary, where it is an object.
    private var tokens = TokenVocabulary()
    /// The vocabulary, where it is an array.
    private var pieces = TextStore()
    private var scores: [Double] = []
    /// The left and the right token of each merge, by turns.
    private var merges = TextStore()
    /// What is wrong with the vocabulary: told when a model asks for it, as another kind of model may be to blame.
    private var vocabularyProblem: TokenizerError?
    private var mergesProblem: TokenizerError?

    /// Reads a `tokenizer.json`; in the tree, the lists are empty.
    static func read(file: String) throws -> (json: JSONCursor, tables: ModelTables) {
        let bytes = try readText(file)
        return try bytes.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(bytes: bytes, name: file)
            var tables = ModelTables()
            try parser.begin()
            let document = try parser.object { parser, key in
                guard key == "model" else { return nil }
                return try parser.object { parser, key in
                    switch (key, parser.next()) {
                    case ("vocab", UInt8(ascii: "{")):
                        try tables.readTokens(&parser, path: "model.vocab")
                        return [:]
                    case ("vocab", UInt8(ascii: "[")):
                        try tables.readPieces(&parser, path: "model.vocab")
                        return []
                    case ("merges", UInt8(ascii: "[")):
                        try tables.readMerges(&parser, path: "model.merges")
                        return []
                    default: return nil
                    }
                }
            }
            try parser.end()
            return (JSONCursor(document, source: file), tables)
        }
    }

    // MARK: What models ask for

    /// The vocabulary of a model whose tokens have ids.
    func vocabulary(_ json: JSONCursor) throws -> TokenVocabulary {
        _ = try json.object()
        if let vocabularyProblem { throw vocabularyProblem }
        return tokens
    }

    /// The vocabulary of a model whose tokens have scores.
    func scoredPieces(_ json: JSONCursor) throws -> (tokens: TextStore, scores: [Double]) {
        guard case .array = json.value else {
            throw json.problem("must be an array of pairs of a token and its score")
        }
        if let vocabularyProblem { throw vocabularyProblem }
        return (pieces, scores)
    }

    /// The rules of a model that merges, of tokens of a vocabulary.
    func mergeTable(
        _ json: JSONCursor, of vocabulary: TokenVocabulary, prefix: String
    ) throws -> MergeTable {
        guard case .array = json.value else { throw json.problem("must be an array of merges") }
        if let mergesProblem { throw mergesProblem }
        let count = merges.count / 2
        var builder = MergeTableBuilder(vocabulary, prefix: prefix, capacity: count)
        for index in 0..<count {
            let missing = merges.withBytes(of: 2 * index) { left in
                merges.withBytes(of: 2 * index + 1) { builder.append(left, $0) }
            }
            if let missing {
                let error = TokenizerError.missingToken(missing, role: "a token of a merge,")
                throw TokenizerError.invalidComponent(
                    file: json.source, path: "\(json.path)[\(index)]",
                    problem: "cannot be: \(error.message)")
            }
        }
        return builder.table
    }

    // MARK: Reading

    private mutating func readTokens(_ parser: inout JSONParser, path: String) throws {
        (tokens, vocabularyProblem) = try TokenVocabulary.read(&parser, path: path)
    }

    private mutating func readPieces(_ parser: inout JSONParser, path: String) throws {
        var index = 0
        try parser.forEachElement { parser in
            if let problem = try readPiece(&parser) {
                vocabularyProblem =
                    vocabularyProblem
                    ?? .invalidComponent(
                        file: parser.name, path: path, problem: "holds \(problem) at \(index)")
            }
            index += 1
        }
    }

    /// Reads a token with its score; says what is there in its place.
    private mutating func readPiece(_ parser: inout JSONParser) throws -> String? {
        let other = "no pair of a token and its score"
        guard parser.next() == UInt8(ascii: "[") else {
            _ = try parser.value()
            return other
        }
        var count = 0
        var problem: String?
        try parser.forEachElement { parser in
            switch (count, parser.next()) {
            case (0, UInt8(ascii: "\"")): pieces.append(try parser.text())
            case (1, _):
                switch try parser.value() {
                case .number(let score): scores.append(score)
                case .integer(let score): scores.append(Double(score))
                default: problem = problem ?? "no number as the score"
                }
            default:
                _ = try parser.value()
                problem = other
            }
            count += 1
        }
        return count == 2 ? problem : other
    }

    private mutating func readMerges(_ parser: inout JSONParser, path: String) throws {
        var index = 0
        try parser.forEachElement { parser in
            if try !readMerge(&parser), mergesProblem == nil {
                mergesProblem = .invalidComponent(
                    file: parser.name, path: "\(path)[\(index)]",
                    problem: "must be two tokens, [\"t\", \"h\"] or \"t h\"")
            }
            index += 1
        }
    }

    /// Reads a merge; false when it is none.
    private mutating func readMerge(_ parser: inout JSONParser) throws -> Bool {
        switch parser.next() {
        case UInt8(ascii: "["):
            var count = 0
            try parser.forEachElement { parser in
                if parser.next() == UInt8(ascii: "\"") {
                    merges.append(try parser.text())
                    count += 1
                } else {
                    _ = try parser.value()
                    count += 3
                }
            }
            return count == 2
        case UInt8(ascii: "\""):
            let text = try parser.text()
            let space = UInt8(ascii: " ")
            guard let middle = text.firstIndex(of: space),
                !text[(middle + 1)...].contains(space)
            else { return false }
            merges.append(UnsafeBufferPointer(rebasing: text[..<middle]))
            merges.append(UnsafeBufferPointer(rebasing: text[(middle + 1)...]))
            return true
        default:
            _ = try parser.value()
            return false
        }
    }
}

extension TokenVocabulary {
    /// Reads a `vocab.json`: `{"the": 1996, …}`.
    ///
    /// - Throws: ``FileError``, ``JSONError`` or ``TokenizerError``.
    init(json file: String) throws {
        let bytes = try readText(file)
        self = try bytes.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(bytes: bytes, name: file)
            try parser.begin()
            guard parser.next() == UInt8(ascii: "{") else {
                let value = try parser.value()
                try parser.end()
                _ = try JSONCursor(value, source: file).object()
                return TokenVocabulary()
            }
            let (vocabulary, problem) = try Self.read(&parser, path: "")
            try parser.end()
            if let problem { throw problem }
            return vocabulary
        }
    }

    /// Reads the object that follows, tokens with their ids; says what is wrong with the first wrong one.
    fileprivate static func read(
        _ parser: inout JSONParser, path: String
    ) throws -> (TokenVocabulary, TokenizerError?) {
        var vocabulary = TokenVocabulary()
        var problem: TokenizerError?
        try parser.forEachMember { parser, key, place in
            let number = parser.plainInteger()
            guard let number, 0...1 << 30 ~= number else {
                let token = String(decoding: key, as: UTF8.self)
                if number == nil { _ = try parser.value() }
                problem =
                    problem
                    ?? .invalidComponent(
                        file: parser.name, path: path.isEmpty ? token : "\(path).\(token)",
                        problem: "must be an id, a number from 0 to 1,073,741,824")
                return
            }
            let id = Int32(number)
            if !vocabulary.insert(key, id: id) {
                throw parser.duplicate(String(decoding: key, as: UTF8.self), at: place)
            }
        }
        return (vocabulary, problem)
    }
}
