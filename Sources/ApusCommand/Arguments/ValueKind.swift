import ApusSystem

/// What the text of a value may be, and what it becomes.
package struct ValueKind<Value: Sendable>: Sendable {
    /// What is expected, as "… is not …" says it: `an integer from 1 to 9`.
    package let expected: String
    /// What help says about the values allowed; nil where everything is.
    package let allowed: String?
    /// The words there are, where there are only a few: one of them may have been meant.
    package let words: [String]
    /// The value, or nil for a text that is not one.
    package let read: @Sendable (String) -> Value?
    /// The value as a person would write it.
    package let show: @Sendable (Value) -> String

    /// A kind of one's own.
    package init(
        expected: String, allowed: String? = nil, words: [String] = [],
        read: @escaping @Sendable (String) -> Value?,
        show: @escaping @Sendable (Value) -> String = { "\($0)" }
    ) {
        self.expected = expected
        self.allowed = allowed
        self.words = words
        self.read = read
        self.show = show
    }
}

extension ValueKind where Value == String {
    /// Any text.
    package static var text: ValueKind { ValueKind(expected: "a text", read: { $0 }) }

    /// The name of a file.
    package static var file: ValueKind {
        ValueKind(expected: "a file's name", read: { $0.isEmpty ? nil : $0 })
    }

    /// The name of a folder.
    package static var folder: ValueKind {
        ValueKind(expected: "a folder's name", read: { $0.isEmpty ? nil : $0 })
    }

    /// One of a few words, in upper or lower case.
    package static func choice(_ words: [String]) -> ValueKind {
        let list = words.joined(separator: ", ")
        return ValueKind(
            expected: "one of \(list)", allowed: list, words: words,
            read: { text in words.first { $0.lowercased() == text.lowercased() } })
    }
}

extension ValueKind where Value: CaseIterable & RawRepresentable<String> {
    /// One of the cases of an enum, in upper or lower case.
    package static var choice: ValueKind {
        let words = ValueKind<String>.choice(Value.allCases.map(\.rawValue))
        return ValueKind(
            expected: words.expected, allowed: words.allowed, words: words.words,
            read: { words.read($0).flatMap { Value(rawValue: $0) } }, show: { $0.rawValue })
    }
}

extension ValueKind where Value == Int {
    /// An integer in a range.
    package static func integer(in range: ClosedRange<Int> = .min ... .max) -> ValueKind {
        // The highest integer is a limit as well as any other: somebody may try a larger one.
        let isBounded = range != .min ... .max
        let bounds = isBounded ? "from \(range.lowerBound) to \(range.upperBound)" : nil
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
