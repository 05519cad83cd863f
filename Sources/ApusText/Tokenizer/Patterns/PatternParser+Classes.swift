extension PatternParser {
    /// `[…]`, at its opening bracket: scalars, ranges, escapes, classes in classes, `&&`.
    mutating func bracketClass() throws(PatternError) -> ScalarSet {
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
        if ignoresCase { set = CaseVariants.closure(of: set) }
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
        guard skip(":]"), let set = ScalarSet(posixClass: name) else {
            throw unsupported("the class [:\(name):]", at: start)
        }
        return isNegative ? set.inverted : set
    }

    /// An escape outside a class, at its backslash.
    mutating func escape() throws(PatternError) -> PatternNode {
        let start = position
        position += 1
        if let set = try escapedClass(inBrackets: false) { return .scalar(set) }
        guard let scalar = next else { throw malformed("a backslash at the end") }
        switch scalar {
        case "A":
            position += 1
            return .behind(.empty, orStart: true)
        case "z":
            position += 1
            return .ahead(.empty, orEnd: true)
        case "b", "B":
            position += 1
            let word = wordSet
            let other = word.inverted
            return scalar == "b"
                ? .alternatives([
                    .sequence([
                        .behind(word, orStart: false), .ahead(other, orEnd: true),
                    ]),
                    .sequence([
                        .behind(other, orStart: true), .ahead(word, orEnd: false),
                    ]),
                ])
                : .alternatives([
                    .sequence([
                        .behind(word, orStart: false), .ahead(word, orEnd: false),
                    ]),
                    .sequence([
                        .behind(other, orStart: true), .ahead(other, orEnd: true),
                    ]),
                ])
        default:
            return .scalar(literal(try escapedScalar(at: start)))
        }
    }

    /// `\s`, `\p{…}` and the like, behind the backslash; nil for anything else.
    private mutating func escapedClass(
        inBrackets: Bool
    ) throws(PatternError) -> ScalarSet? {
        let start = position - 1
        guard let scalar = next else { return nil }
        switch scalar {
        case "s", "S", "d", "D", "w", "W", "h", "H": position += 1
        case "p", "P": return try property(isNegative: scalar == "P", at: start)
        default: return nil
        }
        switch scalar {
        case "s": return .whitespace
        case "S": return ScalarSet.whitespace.inverted
        case "d": return .decimalDigits
        case "D": return ScalarSet.decimalDigits.inverted
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
        guard let set = ScalarSet(property: name) else {
            throw unsupported("the property “\(name)”", at: start)
        }
        return isInverted ? set.inverted : set
    }

    /// An escape for one scalar, behind the backslash.
    private mutating func escapedScalar(at start: Int) throws(PatternError) -> UInt32 {
        guard let scalar = next else { throw malformed("a backslash at the end") }
        position += 1
        switch scalar {
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "f": return 0x0C
        case "v": return 0x0B
        case "a": return 0x07
        case "e": return 0x1B
        case "x":
            if skip("{") {
                let value = try hexadecimal(digits: 1...8)
                guard skip("}") else { throw malformed("a number that is not closed") }
                return value
            }
            return try hexadecimal(digits: 1...2)
        case "u":
            return try hexadecimal(digits: 4...4)
        default:
            let isLetter = (scalar.value | 0x20) >= 0x61 && (scalar.value | 0x20) <= 0x7A
            let isDigit = scalar.value >= 0x30 && scalar.value <= 0x39
            guard !isLetter, !isDigit else {
                throw unsupported("the escape \\\(scalar)", at: start)
            }
            return scalar.value
        }
    }

    private mutating func hexadecimal(
        digits: ClosedRange<Int>
    ) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        var count = 0
        while count < digits.upperBound, let scalar = next,
            let digit = Character(scalar).hexDigitValue, scalar.isASCII
        {
            value = value << 4 | UInt32(digit)
            count += 1
            position += 1
        }
        guard digits.contains(count), value <= ScalarSet.last else {
            throw malformed("a number that is no scalar")
        }
        return value
    }

    private var wordSet: ScalarSet { dialect == .oniguruma ? .word : .rustWord }

    /// In brackets, Oniguruma's `\w` is without the superscripts and fractions of Latin-1.
    private var bracketWordSet: ScalarSet {
        guard dialect == .oniguruma else { return .rustWord }
        let numbers = ScalarSet([0xB2...0xB3, 0xB9...0xB9, 0xBC...0xBE])
        return ScalarSet.word.intersection(numbers.inverted)
    }

    /// The scalar, with its other cases where they are not told apart.
    func literal(_ scalar: UInt32) -> ScalarSet {
        let set = ScalarSet(scalars: [scalar])
        return ignoresCase ? CaseVariants.closure(of: set) : set
    }
}
