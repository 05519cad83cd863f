/// Which program's regular expressions are meant, where they differ.
public enum PatternDialect: Sendable {
    /// Oniguruma with Ruby's syntax, as in Hugging Face's `tokenizer.json`: `$` is the end of a line, `{1,3}+` is a
    /// repetition of a repetition.
    case oniguruma
    /// As in tiktoken and Python's `regex`: `$` is the end of the text, `{1,3}+` gives nothing back.
    case tiktoken
}

/// Reads a regular expression by recursive descent; groups and classes nest to a fixed depth.
struct PatternParser {
    let pattern: String
    let dialect: PatternDialect
    let source: [Unicode.Scalar]
    var position = 0
    var flags = PatternFlags()
    private var depth = 0

    static let maximumDepth = 50
    static let maximumRepetition = 1_000

    /// The expression as a tree.
    static func parse(
        _ pattern: String, _ dialect: PatternDialect
    ) throws(PatternError) -> PatternNode {
        var parser = PatternParser(pattern, dialect)
        let node = try parser.alternatives()
        guard parser.position == parser.source.count else {
            throw parser.malformed("a closing parenthesis without an opening one")
        }
        return node
    }

    private init(_ pattern: String, _ dialect: PatternDialect) {
        self.pattern = pattern
        self.dialect = dialect
        source = Array(pattern.unicodeScalars)
    }

    // MARK: Looking at the text

    var next: Unicode.Scalar? { position < source.count ? source[position] : nil }

    /// Whether `text` stands here.
    func sees(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes in
            guard bytes.count <= source.count - position else { return false }
            return bytes.indices.allSatisfy { source[position + $0].value == UInt32(bytes[$0]) }
        }
    }

    /// Goes past `text` if it stands here.
    mutating func skip(_ text: StaticString) -> Bool {
        guard sees(text) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    func malformed(_ problem: String) -> PatternError {
        .malformed(problem: problem, pattern: pattern, offset: position)
    }

    func unsupported(_ construct: String, at offset: Int? = nil) -> PatternError {
        .unsupported(construct: construct, pattern: pattern, offset: offset ?? position)
    }

    mutating func nested<Result>(
        _ body: (inout PatternParser) throws(PatternError) -> Result
    ) throws(PatternError) -> Result {
        guard depth < Self.maximumDepth else {
            throw unsupported("nesting deeper than \(Self.maximumDepth)")
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    // MARK: The grammar

    /// `a|b|c` up to a closing parenthesis or the end.
    mutating func alternatives() throws(PatternError) -> PatternNode {
        var branches = [try sequence()]
        while skip("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while true {
            skipBlanks()
            guard let scalar = next, scalar != "|", scalar != ")" else { break }
            nodes.append(try repetition())
        }
        return PatternFolding.joined(nodes)
    }

    /// Goes past white space and comments where they do not count.
    private mutating func skipBlanks() {
        while flags.isExtended, let scalar = next {
            if scalar == "#" {
                while let scalar = next, scalar != "\n" { position += 1 }
            } else if !ScalarSet.asciiWhitespace.contains(scalar.value) {
                return
            } else {
                position += 1
            }
        }
    }

    private mutating func repetition() throws(PatternError) -> PatternNode {
        let start = position
        var node = try atom()
        skipBlanks()
        while let (minimum, maximum, isInterval) = try quantifier() {
            if node.isAssertion { throw unsupported("a repeated assertion", at: start) }
            if case .foldedLiteral(let scalar) = node { node = PatternFolding.expanded(scalar) }
            var preference = PatternNode.Preference.greedy
            if isInterval, dialect == .oniguruma {
                // Ruby's {n}? is an optional group, and {n,m}+ a second repetition around the first.
                if sees("?"), minimum != maximum, skip("?") { preference = .lazy }
            } else if skip("?") {
                preference = .lazy
            } else if skip("+") {
                if let set = node.singleScalar {
                    node = .possessive(set, minimum: minimum, maximum: maximum)
                } else {
                    node = try atomic(
                        .repetition(node, minimum: minimum, maximum: maximum, .greedy), at: start)
                }
                skipBlanks()
                continue
            }
            node = .repetition(node, minimum: minimum, maximum: maximum, preference)
            skipBlanks()
        }
        return node
    }

    /// `*`, `+`, `?`, `{n}`, `{n,}`, `{,m}` or `{n,m}`; a brace that starts nothing of these is a letter.
    private mutating func quantifier() throws(PatternError) -> (Int, Int?, Bool)? {
        if skip("*") { return (0, nil, false) }
        if skip("+") { return (1, nil, false) }
        if skip("?") { return (0, 1, false) }
        guard sees("{") else { return nil }
        let start = position
        position += 1
        let low = try number()
        let hasComma = skip(",")
        let high = hasComma ? try number() : low
        guard low != nil || high != nil, skip("}") else {
            position = start
            return nil
        }
        if let low, let high, high < low {
            position = start
            throw malformed("a repetition whose maximum is below its minimum")
        }
        return (low ?? 0, high, true)
    }

    private mutating func number() throws(PatternError) -> Int? {
        var value: Int?
        while let digit = next?.value, digit >= 0x30, digit <= 0x39 {
            let sum = (value ?? 0) * 10 + Int(digit - 0x30)
            guard sum <= Self.maximumRepetition else {
                throw unsupported("a repetition of more than \(Self.maximumRepetition) times")
            }
            value = sum
            position += 1
        }
        return value
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        guard let scalar = next else { throw malformed("the expression ends early") }
        switch scalar {
        case "(":
            return try nested { (parser) throws(PatternError) in try parser.group() }
        case "[":
            return try bracket()
        case "\\":
            return try escape()
        case ".":
            position += 1
            return .scalar(flags.dotFitsAll ? .all : .noLineFeed)
        case "^":
            position += 1
            return startOfLine
        case "$":
            position += 1
            let isLine = dialect == .oniguruma || flags.fitsLines
            return .ahead(ScalarSet(scalars: isLine ? [0x0A] : []), orEnd: true)
        case "*", "+", "?":
            throw malformed("a repetition of nothing")
        default:
            position += 1
            return literal(scalar.value)
        }
    }

    /// The start of the text; in Oniguruma's view also behind every line feed that does not end the text.
    private var startOfLine: PatternNode {
        let start = PatternNode.behind(.empty, orStart: true)
        let behindFeed = PatternNode.behind(ScalarSet(scalars: [0x0A]), orStart: false)
        if dialect == .tiktoken {
            return flags.fitsLines ? .alternatives([start, behindFeed]) : start
        }
        return .alternatives([start, .sequence([behindFeed, .ahead(.all, orEnd: false)])])
    }
}
