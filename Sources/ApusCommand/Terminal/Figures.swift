import ApusSystem

// Figures as the commands print them.

/// A share of 1 in per cent: `97.31 %`.
package func percent(_ share: Double, digits: Int = 2) -> String {
    "\(fixed(100 * share, digits: digits)) %"
}

/// A number of bytes: `812 bytes`, `13.4 kB`, `1.2 GB`.
package func byteCount(_ count: Int) -> String {
    guard count >= 1000 else { return "\(count) bytes" }
    var value = Double(count)
    var unit = ""
    for next in ["kB", "MB", "GB", "TB"] where value >= 999.95 || unit.isEmpty {
        value /= 1000
        unit = next
    }
    return "\(fixed(value, digits: 1)) \(unit)"
}

/// A count with its noun: `1 text`, `1,200 texts`.
package func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// A foreign text on one line and of bounded length, as tables show it.
package func shown(_ text: String, limit: Int = 40) -> String {
    let scalars = text.unicodeScalars
    let cut =
        scalars.count <= limit
        ? text : String(String.UnicodeScalarView(scalars.prefix(limit - 1))) + "…"
    return printable(cut)
}
