extension PatternParser {
    /// `[…]` as an expression; where letter case does not count, what its members fold to belongs to it.
    mutating func bracket() throws(PatternError) -> PatternNode {
        let isNegative = position + 1 < source.count && source[position + 1] == "^"
        let set = try bracketClass()
        guard flags.ignoresCase, !isNegative else { return .scalar(set) }
        return PatternFolding.expanded(set)
    }

    /// `[…]`, at its opening bracket: scalars, ranges, escapes, classes in classes, `&&`.
    private mutating func bracketClass() throws(PatternError) -> ScalarSet {
        try nested { (parser) throws(PatternError) in try parser.bracketClassBody() }
    }

    private mutating func bracketClassBody() throws(PatternError) -> ScalarSet {
        let start = position
        position += 1
        let isNegative = skip("^")
        // What the operands of && have in common so far.
        var common: ScalarSet?
        var members: [ClosedRange<UInt32>] = []
        var isFirst = true
        while true {
            guard let scalar = next else {
                position = start
                throw malformed("a class that is not closed")
            }
            if scalar == "]", !isFirst {
                position += 1
                break
            }
            isFirst = false
            if skip("&&") {
                let operand = ScalarSet(members)
                common = common?.intersection(operand) ?? operand
                members = []
            } else if sees("[:") {
                members += try posixClass().ranges
            } else if scalar == "[" {
                members += try bracketClass().ranges
            } else {
                members += try classItem().ranges
            }
        }
        var set = ScalarSet(members)
        if let common { set = common.intersection(set) }
        if flags.ignoresCase { set = CaseVariants.closure(of: set) }
        return isNegative ? set.inverted : set
    }

    /// A scalar, a range or an escape.
    private mutating func classItem() throws(PatternError) -> ScalarSet {
        let start = position
        let first = try classAtom()
        guard sees("-"), position + 1 < source.count, source[position + 1] != "]" else {
            return first.set
        }
        // `[a-&&…]` and `[\s-x]`: the hyphen is a member.
        guard let low = first.scalar, !(source[position + 1] == "&" && sees("-&&")) else {
            return first.set
        }
        guard source[position + 1] != "[" else { return first.set }
        position += 1
        let second = try classAtom()
        guard let high = second.scalar else {
            throw unsupported("a range up to a class", at: start)
        }
        guard low <= high else {
            position = start
            throw malformed("a range whose end is before its start")
        }
        return ScalarSet([low...high])
    }

    /// One scalar, or the set that an escape stands for.
    private mutating func classAtom() throws(PatternError) -> (set: ScalarSet, scalar: UInt32?) {
        guard let scalar = next else { throw malformed("a class that is not closed") }
        guard scalar == "\\" else {
            position += 1
            return (ScalarSet(scalars: [scalar.value]), scalar.value)
        }
        let start = position
        position += 1
        if let set = try escapedClass(inBrackets: true) { return (set, nil) }
        if skip("b") { return (ScalarSet(scalars: [0x08]), 0x08) }
        let value = try escapedScalar(at: start)
        return (ScalarSet(scalars: [value]), value)
    }

    /// `[:alpha:]` and its like, at the opening bracket.
    private mutating func posixClass() throws(PatternError) -> ScalarSet {
        let start = position
        position += 2
        let isNegative = skip("^")
        var name = ""
        while let scalar = next, scalar != ":" {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard skip(":]"), var set = ScalarSet(posixClass: name) else {
            throw unsupported("the class [:\(name):]", at: start)
        }
        if flags.asciiBrackets { set = set.intersection(.ascii) }
        return isNegative ? set.inverted : set
    }

    /// `\s`, `\p{…}` and the like, behind the backslash; nil for anything else.
    mutating func escapedClass(inBrackets: Bool) throws(PatternError) -> ScalarSet? {
        let start = position - 1
        guard let scalar = next else { return nil }
        switch scalar {
        case "s", "S", "d", "D", "w", "W", "h", "H": position += 1
        case "p", "P":
            // Oniguruma's \p without a brace is the letter.
            let isShort = position + 1 < source.count && source[position + 1] != "{"
            if isShort, dialect == .oniguruma { return nil }
            return try property(isNegative: scalar == "P", at: start)
        default: return nil
        }
        switch scalar {
        case "s": return spaceSet
        case "S": return spaceSet.inverted
        case "d": return digitSet
        case "D": return digitSet.inverted
        case "w": return inBrackets ? bracketWordSet : wordSet
        case "W": return (inBrackets ? bracketWordSet : wordSet).inverted
        case "h": return .hexadecimalDigits
        default: return ScalarSet.hexadecimalDigits.inverted
        }
    }

    /// `\p{Name}`, `\p{^Name}` or `\pL`, at the letter p.
    private mutating func property(
        isNegative: Bool, at start: Int
    ) throws(PatternError) -> ScalarSet {
        position += 1
        var name = ""
        var isInverted = isNegative
        if skip("{") {
            if skip("^") { isInverted.toggle() }
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                position += 1
            }
            guard skip("}") else { throw malformed("a property that is not closed") }
        } else if let scalar = next, dialect == .tiktoken {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard let set = ScalarSet(property: name, dialect) else {
            throw unsupported("the property “\(name)”", at: start)
        }
        return isInverted ? set.inverted : set
    }
}
