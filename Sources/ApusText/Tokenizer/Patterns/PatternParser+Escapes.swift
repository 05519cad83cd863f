extension PatternParser {
    /// An escape outside a class, at its backslash.
    mutating func escape() throws(PatternError) -> PatternNode {
        let start = position
        position += 1
        if let set = try escapedClass(inBrackets: false) { return .scalar(set) }
        guard let scalar = next else { throw malformed("a backslash at the end") }
        if let name = refusedEscape(scalar) { throw unsupported(name, at: start) }
        switch scalar {
        case "A":
            position += 1
            return .behind(.empty, orStart: true)
        case "z":
            position += 1
            return .ahead(.empty, orEnd: true)
        case "Z":
            position += 1
            let end = PatternNode.ahead(.empty, orEnd: true)
            guard dialect == .oniguruma else { return end }
            // The end, or a line feed that is the last scalar.
            let feed = PatternNode.scalar(ScalarSet(scalars: [0x0A]))
            return .look(
                .alternatives([end, .sequence([feed, end])]), isAhead: true, isNegative: false)
        case "G":
            position += 1
            return .searchStart(isNegative: false)
        case "b", "B":
            position += 1
            return wordBoundary(isNegative: scalar == "B")
        case "R" where dialect == .oniguruma:
            position += 1
            return .lineBreak
        case "N" where dialect == .oniguruma:
            position += 1
            return .scalar(.noLineFeed)
        case "O" where dialect == .oniguruma:
            position += 1
            return .scalar(.all)
        default:
            return literal(try escapedScalar(at: start))
        }
    }

    /// What an escape is that cannot be followed in linear time, or is not known.
    private func refusedEscape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "1"..."9": "a reference to a group (\\\(scalar))"
        case "k" where position + 1 < source.count: "a reference to a group (\\k)"
        case "g" where position + 1 < source.count: "a call of a group (\\g)"
        case "K": "\\K"
        case "X": "\\X"
        case "y" where dialect == .oniguruma, "Y" where dialect == .oniguruma:
            "a boundary of text segments (\\\(scalar))"
        default: nil
        }
    }

    /// `\b` or `\B`.
    private func wordBoundary(isNegative: Bool) -> PatternNode {
        let word = wordSet
        let other = word.inverted
        func pair(_ before: ScalarSet, _ start: Bool, _ after: ScalarSet, _ end: Bool)
            -> PatternNode
        {
            .sequence([.behind(before, orStart: start), .ahead(after, orEnd: end)])
        }
        return isNegative
            ? .alternatives([pair(word, false, word, false), pair(other, true, other, true)])
            : .alternatives([pair(word, false, other, true), pair(other, true, word, false)])
    }

    /// An escape for one scalar, behind the backslash.
    mutating func escapedScalar(at start: Int) throws(PatternError) -> UInt32 {
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
                let value = try number(radix: 16, digits: 1...8)
                guard skip("}") else { throw malformed("a number that is not closed") }
                return value
            }
            return try number(radix: 16, digits: 1...2)
        case "u":
            if dialect == .tiktoken, skip("{") {
                let value = try number(radix: 16, digits: 1...8)
                guard skip("}") else { throw malformed("a number that is not closed") }
                return value
            }
            return try number(radix: 16, digits: 4...4)
        case "U" where dialect == .tiktoken:
            return try number(radix: 16, digits: 8...8)
        case "0":
            position -= 1
            return try number(radix: 8, digits: 1...3)
        case "c" where dialect == .oniguruma:
            guard let letter = next, letter.isASCII, letter != "\\" else {
                throw unsupported("the escape \\c", at: start)
            }
            position += 1
            return letter.value & 0x1F
        case "C" where dialect == .oniguruma, "M" where dialect == .oniguruma:
            throw unsupported("the escape \\\(scalar)", at: start)
        default:
            let isLetter = (scalar.value | 0x20) >= 0x61 && (scalar.value | 0x20) <= 0x7A
            let isDigit = scalar.value >= 0x30 && scalar.value <= 0x39
            // In Oniguruma a letter that means nothing is itself.
            guard dialect == .oniguruma && !isDigit || !isLetter && !isDigit else {
                throw unsupported("the escape \\\(scalar)", at: start)
            }
            return scalar.value
        }
    }

    private mutating func number(
        radix: UInt32, digits: ClosedRange<Int>
    ) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        var count = 0
        while count < digits.upperBound, let scalar = next, scalar.isASCII,
            let digit = Character(scalar).hexDigitValue, digit < radix
        {
            value = value * radix + UInt32(digit)
            count += 1
            position += 1
        }
        guard digits.contains(count), value <= ScalarSet.last else {
            throw malformed("a number that is no scalar")
        }
        return value
    }

    // MARK: Sets that flags and dialects change

    var spaceSet: ScalarSet { flags.asciiSpaces ? .asciiWhitespace : .whitespace }

    var digitSet: ScalarSet {
        flags.asciiDigits ? ScalarSet.decimalDigits.intersection(.ascii) : .decimalDigits
    }

    var wordSet: ScalarSet {
        let set = dialect == .oniguruma ? ScalarSet.word : .rustWord
        return flags.asciiWords ? set.intersection(.ascii) : set
    }

    var bracketWordSet: ScalarSet {
        guard dialect == .oniguruma else { return wordSet }
        let set = ScalarSet.wordInBrackets
        return flags.asciiWords ? set.intersection(.ascii) : set
    }

    /// The scalar, with its other cases where they are not told apart.
    func literal(_ scalar: UInt32) -> PatternNode {
        flags.ignoresCase ? .foldedLiteral(scalar) : .scalar(ScalarSet(scalars: [scalar]))
    }
}

extension PatternNode {
    /// `\R`: CR LF, never cut, or one of the other line breaks.
    fileprivate static var lineBreak: PatternNode {
        .alternatives([
            .sequence([.scalar(ScalarSet(scalars: [0x0D])), .scalar(ScalarSet(scalars: [0x0A]))]),
            .sequence([
                .scalar(ScalarSet(scalars: [0x0D])),
                .ahead(ScalarSet(scalars: [0x0A]).inverted, orEnd: true),
            ]),
            .scalar(ScalarSet([0x0A...0x0C, 0x85...0x85, 0x2028...0x2029])),
        ])
    }
}
