/// What letters in a group such as `(?i-m:…)` turn on and off.
struct PatternFlags {
    /// Letter case does not count.
    var ignoresCase = false
    /// `.` fits a line feed too.
    var dotFitsAll = false
    /// `^` and `$` fit at every line (always so in Oniguruma).
    var fitsLines = false
    /// White space and comments in the expression do not count.
    var isExtended = false
    /// `\w`, `\d` and `\s`, `[[:alpha:]]` and the like are ASCII only.
    var asciiWords = false
    var asciiDigits = false
    var asciiSpaces = false
    var asciiBrackets = false
}

extension PatternParser {
    /// A group, from its opening parenthesis to its closing one.
    mutating func group() throws(PatternError) -> PatternNode {
        let start = position
        position += 1
        if sees("*"), dialect == .oniguruma { throw unsupported("a callout", at: start) }
        guard skip("?") else { return try body(of: start) }
        if skip(":") { return try body(of: start) }
        if skip("=") { return try look(from: start, isAhead: true, isNegative: false) }
        if skip("!") { return try look(from: start, isAhead: true, isNegative: true) }
        if skip("<=") { return try look(from: start, isAhead: false, isNegative: false) }
        if skip("<!") { return try look(from: start, isAhead: false, isNegative: true) }
        if skip(">") { return try atomic(body(of: start), at: start) }
        if skip("#") {
            while let scalar = next, scalar != ")" { position += 1 }
            guard skip(")") else { throw malformed("a comment that does not end") }
            return .empty
        }
        if skip("~") { throw unsupported("an absent expression (?~…)", at: start) }
        if skip("(") { throw unsupported("a condition (?(…)…)", at: start) }
        if skip("{") { throw unsupported("a callout", at: start) }
        if skip("P") {
            if sees("=") || sees(">") { throw unsupported("a reference to a group", at: start) }
            guard dialect == .tiktoken, skip("<") else {
                throw unsupported("this kind of group", at: start)
            }
            try skipName(upTo: ">")
            return try body(of: start)
        }
        if skip("<") {
            try skipName(upTo: ">")
            return try body(of: start)
        }
        if dialect == .oniguruma, skip("'") {
            try skipName(upTo: "'")
            return try body(of: start)
        }
        return try flags(from: start)
    }

    /// Goes past a group's name, which nothing refers to.
    private mutating func skipName(upTo end: Unicode.Scalar) throws(PatternError) {
        let start = position
        while let scalar = next, scalar != end, scalar != ")" { position += 1 }
        guard next == end, position > start else {
            position = start
            throw malformed("a group's name that does not end")
        }
        position += 1
    }

    /// Alternatives up to the closing parenthesis; flags that they change hold inside only.
    private mutating func body(of start: Int) throws(PatternError) -> PatternNode {
        let outer = flags
        let body = try alternatives()
        guard skip(")") else {
            position = start
            throw malformed("a group that is not closed")
        }
        flags = outer
        return body
    }

    private mutating func look(
        from start: Int, isAhead: Bool, isNegative: Bool
    ) throws(PatternError) -> PatternNode {
        let body = try body(of: start)
        if isAhead, let condition = body.nextCondition {
            return isNegative
                ? .ahead(condition.set.inverted, orEnd: !condition.orEnd)
                : .ahead(condition.set, orEnd: condition.orEnd)
        }
        if !isAhead, let set = body.singleScalar {
            return isNegative
                ? .behind(set.inverted, orStart: true) : .behind(set, orStart: false)
        }
        if case .searchStart(let isInverted) = body {
            return .searchStart(isNegative: isInverted != isNegative)
        }
        guard !body.asksForSearchStart else {
            throw unsupported("\\G with others in a look", at: start)
        }
        return .look(body, isAhead: isAhead, isNegative: isNegative)
    }

    /// The preferred match of an expression and no other.
    func atomic(_ body: PatternNode, at start: Int) throws(PatternError) -> PatternNode {
        guard !body.asksForSearchStart else {
            throw unsupported("\\G in an atomic group", at: start)
        }
        return .atomic(body)
    }

    /// `(?i)`, `(?i-m:…)`, behind the question mark.
    private mutating func flags(from start: Int) throws(PatternError) -> PatternNode {
        let outer = flags
        var isOn = true
        while let scalar = next, scalar != ")", scalar != ":" {
            switch (scalar, dialect) {
            case ("-", _) where isOn: isOn = false
            case ("i", _): flags.ignoresCase = isOn
            case ("x", _): flags.isExtended = isOn
            case ("m", .oniguruma), ("s", .tiktoken): flags.dotFitsAll = isOn
            case ("m", .tiktoken): flags.fitsLines = isOn
            case ("u", .tiktoken) where isOn: break
            case ("W", .oniguruma): flags.asciiWords = isOn
            case ("D", .oniguruma): flags.asciiDigits = isOn
            case ("S", .oniguruma): flags.asciiSpaces = isOn
            case ("P", .oniguruma):
                flags.asciiWords = isOn
                flags.asciiDigits = isOn
                flags.asciiSpaces = isOn
                flags.asciiBrackets = isOn
            default: throw unsupported("this kind of group", at: start)
            }
            position += 1
        }
        if skip(":") {
            let body = try alternatives()
            guard skip(")") else {
                position = start
                throw malformed("a group that is not closed")
            }
            flags = outer
            return body
        }
        guard skip(")") else {
            position = start
            throw malformed("a group that is not closed")
        }
        // In Ruby's syntax a(?i)b|c is a(?i:b|c); elsewhere the flags hold up to the group's end.
        guard dialect == .oniguruma else { return .empty }
        let body = try alternatives()
        flags = outer
        return body
    }
}

extension PatternNode {
    /// Whether \G stands anywhere inside.
    var asksForSearchStart: Bool {
        switch self {
        case .searchStart: true
        case .sequence(let nodes), .alternatives(let nodes):
            nodes.contains(where: \.asksForSearchStart)
        case .repetition(let node, _, _, _), .look(let node, _, _), .atomic(let node):
            node.asksForSearchStart
        case .empty, .scalar, .ahead, .behind, .foldedLiteral: false
        }
    }
}
