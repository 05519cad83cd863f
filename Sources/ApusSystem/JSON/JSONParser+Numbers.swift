extension JSONParser {
    /// An integer of at most 18 digits; nil, and nothing is taken, when another value follows.
    package mutating func plainInteger() -> Int64? {
        let start = position
        let isNegative = peek == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var value: Int64 = 0
        let first = position
        while position < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] {
            guard position - first < 18 else { break }
            value = 10 * value + Int64(bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        let count = position - first
        let isWhole: Bool
        switch peek {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"),
            UInt8(ascii: "E"):
            isWhole = false
        default: isWhole = count > 0 && !(count > 1 && bytes[first] == UInt8(ascii: "0"))
        }
        // -0 is a number: an integer would lose its sign.
        guard isWhole, !(isNegative && value == 0) else {
            position = start
            return nil
        }
        return isNegative ? -value : value
    }

    /// `-? (0 | [1-9][0-9]*) (\.[0-9]+)? ([eE][+-]?[0-9]+)?`
    mutating func number() throws(JSONError) -> JSON {
        if let integer = plainInteger() { return .integer(integer) }
        let start = position
        let isNegative = peek == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let leadingZero = peek == UInt8(ascii: "0")
        var digits = DecimalDigits()
        let whole = take(&digits)
        if whole == 0 { throw invalidNumber(start, "a digit is missing") }
        if leadingZero, whole > 1 { throw invalidNumber(start, "it begins with 0") }
        var isInteger = true
        var behindPoint = 0
        if peek == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            behindPoint = take(&digits)
            if behindPoint == 0 { throw invalidNumber(start, "no digit after the point") }
        }
        var hasExponent = false
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isInteger = false
            hasExponent = true
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            var exponent = DecimalDigits()
            if take(&exponent) == 0 { throw invalidNumber(start, "no digit in the exponent") }
        }
        if !isInteger, !hasExponent, let value = digits.value(behindPoint: behindPoint) {
            return .number(isNegative ? -value : value)
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int64(text), text != "-0" { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            throw invalidNumber(start, "it is too large")
        }
        return .number(number)
    }

    private mutating func take(_ digits: inout DecimalDigits) -> Int {
        let start = position
        while position < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] {
            digits.append(bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        return position - start
    }

    private func invalidNumber(_ start: Int, _ reason: String) -> JSONError {
        .invalidNumber(at: place(start), reason: reason)
    }
}

/// The digits of a decimal number as one integer, and that integer divided by a power of ten, exactly rounded.
private struct DecimalDigits {
    private var number: UInt64 = 0
    private var isExact = true

    mutating func append(_ digit: UInt8) {
        // 10 × 1.8e18 + 9 still fits.
        if number > 1_800_000_000_000_000_000 {
            isExact = false
        } else {
            number = 10 * number + UInt64(digit)
        }
    }

    private static let powersOfTen: [UInt64] = (0..<19).reduce(into: [1]) { powers, _ in
        powers.append(10 * powers[powers.count - 1])
    }

    /// The nearest double to the digits with so many of them behind the point; nil when they do not fit.
    ///
    /// The quotient is taken to 63 bits or more and its lowest bit stands for all that is cut off, so that the
    /// conversion rounds once, to nearest, as the number itself would be rounded.
    func value(behindPoint: Int) -> Double? {
        guard isExact, behindPoint < Self.powersOfTen.count else { return nil }
        if number == 0 { return 0 }
        let power = Self.powersOfTen[behindPoint]
        let (up, down) = (number.leadingZeroBitCount + 1, power.leadingZeroBitCount)
        // The number with its highest bit in place 62 is less than the power with its highest in 63.
        let high = (number << (up - 1)) >> 1
        let low = (number << (up - 1)) << 63
        var (quotient, remainder) = (power << down).dividingFullWidth((high, low))
        if remainder != 0 { quotient |= 1 }
        // Divided was number · 2^(up + 62) by power · 2^down; the exponent is from −126 to 0.
        let scale = Double(bitPattern: UInt64(1023 + down - up - 62) << 52)
        return Double(quotient) * scale
    }
}
