import ApusSystem

/// What the text of a value may be, and what it becomes.
package struct ValueKind<Value: Sendable>: Sendable {
    /// What is expected, as "… is not …" says it: `an integer from 1 to 9`.
    package let expected: String
    /// What help says about the values allowed; nil where everything is.
    package let allowed: String?
    /// The value, or nil for a text that is not one.
    package let read: @Sendable (String) -> Value?
    /// The value as a person would write it.
    package let show: @Sendable (Value) -> String

    /// A kind of one's own.
    package init(
        expected: String, allowed: String? = nil, read: @escaping @Sendable (String) -> Value?,
        show: @escaping @Sendable (Value) -> String = { "\($0)" }
    ) {
        self.expected = expected
        self.allowed = allowed
        self.read = read
        self.show = show
    }
}

extension ValueKind where Value == String {
    /// Any text.
    package static var text: ValueKind { ValueKind(expected: "a text", read: { $0 }) }

    /// One of a few words.
    package static func choice(_ words: [String]) -> ValueKind {
        let list = words.joined(separator: ", ")
        return ValueKind(
            expected: "one of \(list)", allowed: list, read: { words.contains($0) ? $0 : nil })
    }
}

extension ValueKind where Value: CaseIterable & RawRepresentable<String> {
    /// One of the cases of an enum.
    package static var choice: ValueKind {
        let list = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return ValueKind(
            expected: "one of \(list)", allowed: list, read: { Value(rawValue: $0) },
            show: { $0.rawValue })
    }
}

extension ValueKind where Value == Int {
    /// An integer in a range.
    package static func integer(in range: ClosedRange<Int> = .min ... .max) -> ValueKind {
        let bounds = bounds(range, .min, .max)
        return ValueKind(
            expected: "an integer\(bounds.map { " \($0)" } ?? "")", allowed: bounds,
            read: { Int($0).flatMap { range.contains($0) ? $0 : nil } })
    }
}

extension ValueKind where Value == Double {
    /// A number in a range; never a NaN.
    package static func number(
        in range: ClosedRange<Double> = -.infinity ... .infinity
    ) -> ValueKind {
        let bounds = bounds(range, -.infinity, .infinity, show: plain)
        return ValueKind(
            expected: "a number\(bounds.map { " \($0)" } ?? "")", allowed: bounds,
            read: { Double($0).flatMap { range.contains($0) ? $0 : nil } },
            show: plain)
    }
}

extension ValueKind where Value == ClosedRange<Int> {
    /// A span of integers, `2-5`, or a single one.
    package static func span(in range: ClosedRange<Int>) -> ValueKind {
        ValueKind(
            expected: "a span like 2-5, \(boundsText(range, from: .min, to: .max))",
            allowed: boundsText(range, from: .min, to: .max),
            read: { text in
                let parts = text.split(separator: "-", omittingEmptySubsequences: false)
                let ends = parts.compactMap { Int($0) }
                guard parts.count == ends.count, 1...2 ~= ends.count, let first = ends.first,
                    let last = ends.last, first <= last, range.contains(first),
                    range.contains(last)
                else { return nil }
                return first...last
            },
            show: { "\($0.lowerBound)-\($0.upperBound)" })
    }
}

private func bounds<Bound: Comparable>(
    _ range: ClosedRange<Bound>, _ lowest: Bound, _ highest: Bound,
    show: (Bound) -> String = { "\($0)" }
) -> String? {
    range == lowest...highest ? nil : boundsText(range, from: lowest, to: highest, show: show)
}
