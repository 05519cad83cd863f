/// Reads numbers as word vectors' text files write them (`-0.0123`, `1e-05`, `.5`), rounded correctly.
enum DecimalNumber {
    /// 10⁰ … 10²², each of them exact.
    private static let powers: [Double] = (0...22).map { exponent in
        (0..<exponent).reduce(1.0) { product, _ in product * 10 }
    }

    /// The nearest float to a decimal number; nil where the bytes are none, or it is beyond all floats.
    static func float(_ bytes: UnsafeBufferPointer<UInt8>) -> Float? {
        var position = 0
        let count = bytes.count
        var isNegative = false
        if position < count,
            bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
        {
            isNegative = bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        var digits: UInt64 = 0
        var digitCount = 0
        var exponent = 0
        var sawDigit = false
        var sawPoint = false
        while position < count {
            let byte = bytes[position]
            if byte >= 48, byte <= 57 {
                sawDigit = true
                // Zeros in front are no digits of the number.
                if digitCount > 0 || byte != 48 { digitCount += 1 }
                if digitCount <= 19 {
                    digits = digits &* 10 &+ UInt64(byte &- 48)
                    if sawPoint { exponent -= 1 }
                } else if !sawPoint {
                    exponent += 1
                }
            } else if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else {
                break
            }
            position += 1
        }
        guard sawDigit else { return nil }
        if position < count {
            guard let written = writtenExponent(bytes[position...]) else { return nil }
            exponent += written
        }
        if digits == 0 { return isNegative ? -0.0 : 0 }
        // Exact digits and an exact power: the quotient is the nearest double.
        if digitCount <= 19, digits <= 1 << 53, exponent >= -22, exponent <= 22 {
            let double =
                exponent < 0
                ? Double(digits) / powers[-exponent] : Double(digits) * powers[exponent]
            // Rounding twice differs from rounding once only where the double stands between two floats.
            if double.bitPattern & 0x1FFF_FFFF != 0x1000_0000, double > 1.2e-38 {
                return finite(Float(isNegative ? -double : double))
            }
        }
        return Float(String(decoding: bytes, as: UTF8.self)).flatMap(finite)
    }

    private static func finite(_ value: Float) -> Float? { value.isFinite ? value : nil }

    /// `e-05`; exponents that no number needs are cut to one as hopeless.
    private static func writtenExponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var rest = bytes
        guard let mark = rest.popFirst(), mark | 0x20 == UInt8(ascii: "e") else { return nil }
        var isNegative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest.removeFirst()
        }
        guard !rest.isEmpty else { return nil }
        var value = 0
        for byte in rest {
            guard byte >= 48, byte <= 57 else { return nil }
            value = min(value * 10 + Int(byte - 48), 100_000)
        }
        return isNegative ? -value : value
    }
}
