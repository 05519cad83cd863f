import ApusSystem

/// The lengths of n-grams as the command line gives them: `2-5`, `1`, or `none`.
package struct NGramLengths: Sendable, Equatable {
    /// The lengths; nil for `none`.
    package let range: ClosedRange<Int>?
}

extension ValueKind where Value == NGramLengths {
    /// A span of lengths, or `none`.
    package static func lengths(in range: ClosedRange<Int>) -> ValueKind {
        let span = ValueKind<ClosedRange<Int>>.span(in: range)
        return ValueKind(
            expected: "\(span.expected), or none",
            allowed: span.allowed.map { "\($0), or none" },
            read: { text in
                if text == "none" { return NGramLengths(range: nil) }
                return span.read(text).map { NGramLengths(range: $0) }
            },
            show: { $0.range.map(span.show) ?? "none" })
    }
}
