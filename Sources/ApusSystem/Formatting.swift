// Numbers as people read them. Foundation's formatters would double the size of the binary.

/// A number with a fixed count of digits after the point, rounded half away from zero: `0.9731`, `-2.50`.
package func fixed(_ value: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    let scaled = (value.magnitude * scale).rounded()
    // Above 2^53 a double has no digits after the point left to round.
    guard scaled < 9_007_199_254_740_992 else { return value.description }
    let all = String(UInt64(scaled))
    let padded = String(repeating: "0", count: max(0, digits + 1 - all.utf8.count)) + all
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return sign + padded.dropLast(digits) + (digits > 0 ? "." + padded.suffix(digits) : "")
}

/// A number as people write it: 10 and not 10.0.
package func plain(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
}

/// A range in words: `at least 1`, `at most 9`, `from 1 to 9`; a bound that is the type's own is left out.
package func boundsText<Bound: Comparable>(
    _ range: ClosedRange<Bound>, from lowest: Bound, to highest: Bound,
    show: (Bound) -> String = { "\($0)" }
) -> String {
    let (lower, upper) = (show(range.lowerBound), show(range.upperBound))
    return switch (range.lowerBound == lowest, range.upperBound == highest) {
    case (true, true): "any"
    case (false, true): "at least \(lower)"
    case (true, false): "at most \(upper)"
    case (false, false): "from \(lower) to \(upper)"
    }
}

/// An integer with commas between thousands: `1,234,567`.
package func grouped(_ value: Int) -> String {
    var digits = Array(String(value.magnitude).utf8)
    var place = digits.count - 3
    while place > 0 {
        digits.insert(UInt8(ascii: ","), at: place)
        place -= 3
    }
    return (value < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
}

/// A span of time: `0:07`, `12:34`, `3:02:10`.
package func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded())
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
}
