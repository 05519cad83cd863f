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
    var ignoresCase = false
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
    private mutating func alternatives() throws(PatternError) -> PatternNode {
        var branches = [try sequence()]
        while skip("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            nodes.append(try repetition())
        }
        return .inOrder(nodes)
    }

    private mutating func repetition() throws(PatternError) -> PatternNode {
        let start = position
        var node = try atom()
        while let (minimum, maximum, isInterval) = try quantifier() {
            if case .ahead = node { throw unsupported("a repeated assertion", at: start) }
            if case .behind = node { throw unsupported("a repeated assertion", at: start) }
            var preference = PatternNode.Preference.greedy
            if isInterval, dialect == .oniguruma {
                // Ruby's {n}? is an optional group, and {n,m}+ a second repetition around the first.
                if sees("?"), minimum != maximum, skip("?") { preference = .lazy }
            } else if skip("?") {
                preference = .lazy
            } else if skip("+") {
                guard let set = node.singleScalar else {
                    throw unsupported("a possessive repetition of more than one class", at: start)
                }
                node = .possessive(set, minimum: minimum, maximum: maximum)
                continue
            }
            node = .repetition(node, minimum: minimum, maximum: maximum, preference)
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
            return .scalar(try bracketClass())
        case "\\":
            return try escape()
        case ".":
            position += 1
            return .scalar(ScalarSet(scalars: [0x0A]).inverted)
        case "^":
            position += 1
            return startOfLine
        case "$":
            position += 1
            let lineEnd = ScalarSet(scalars: dialect == .oniguruma ? [0x0A] : [])
            return .ahead(lineEnd, orEnd: true)
        case "*", "+", "?":
            throw malformed("a repetition of nothing")
        default:
            position += 1
            return .scalar(literal(scalar.value))
        }
    }

    /// The start of the text; in Oniguruma's view also behind every line feed that does not end the text.
    private var startOfLine: PatternNode {
        let start = PatternNode.behind(.empty, orStart: true)
        guard dialect == .oniguruma else { return start }
        let line = PatternNode.sequence([
            .behind(ScalarSet(scalars: [0x0A]), orStart: false), .ahead(.all, orEnd: false),
        ])
        return .alternatives([start, line])
    }

    /// A group, from its opening parenthesis to its closing one.
    private mutating func group() throws(PatternError) -> PatternNode {
        let start = position
        position += 1
        var look: (isAhead: Bool, isNegative: Bool)?
        let outerCase = ignoresCase
        if skip("?") {
            if skip(":") {
            } else if skip("=") {
                look = (true, false)
            } else if skip("!") {
                look = (true, true)
            } else if skip("<=") {
                look = (false, false)
            } else if skip("<!") {
                look = (false, true)
            } else if skip("i:") {
                ignoresCase = true
            } else if skip("-i:") {
                ignoresCase = false
            } else if start == 0, skip("i)") {
                ignoresCase = true
                return .empty
            } else if skip("#") {
                while let scalar = next, scalar != ")" { position += 1 }
                guard skip(")") else { throw malformed("a comment that does not end") }
                return .empty
            } else {
                throw unsupported("this kind of group", at: start)
            }
        }
        let body = try alternatives()
        guard skip(")") else {
            position = start
            throw malformed("a group that is not closed")
        }
        ignoresCase = outerCase
        guard let look else { return body }
        if look.isAhead, let condition = body.nextCondition {
            return look.isNegative
                ? .ahead(condition.set.inverted, orEnd: !condition.orEnd)
                : .ahead(condition.set, orEnd: condition.orEnd)
        }
        if !look.isAhead, let set = body.singleScalar {
            return look.isNegative
                ? .behind(set.inverted, orStart: true) : .behind(set, orStart: false)
        }
        throw unsupported("looking at more than one scalar", at: start)
    }
}
