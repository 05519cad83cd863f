/// What a pattern finds in a text, and what becomes of it where text is cut.
struct Matches {
    /// A part of the text, and whether the pattern fits it.
    struct Part {
        var range: Range<Int>
        var isMatch: Bool
    }

    /// The text's parts, in order and without gaps.
    private(set) var parts: [Part] = []

    /// No parts yet of a text that begins at `start`.
    init(from start: Int) { position = start }

    private var position: Int

    /// Adds a match; what lies between it and the one before is added as no match.
    mutating func add(_ match: Range<Int>) {
        if position < match.lowerBound {
            parts.append(Part(range: position..<match.lowerBound, isMatch: false))
        }
        parts.append(Part(range: match, isMatch: true))
        position = match.upperBound
    }

    /// Adds the rest of the text, up to `end`.
    mutating func finish(at end: Int) {
        if position < end { parts.append(Part(range: position..<end, isMatch: false)) }
        position = end
    }

    /// Exchanges what is a match and what is not.
    mutating func invert() {
        for index in parts.indices { parts[index].isMatch.toggle() }
    }

    /// The ranges that are left when the matches are treated as `behavior` says.
    func split(_ behavior: SplitBehavior, into ranges: inout [Range<Int>]) {
        switch behavior {
        case .removed:
            for part in parts where !part.isMatch { ranges.append(part.range) }
        case .isolated:
            for part in parts { ranges.append(part.range) }
        case .contiguous:
            join(parts, into: &ranges) { $0 == $1 }
        case .mergedWithPrevious:
            join(parts, into: &ranges) { $0 && !$1 }
        case .mergedWithNext:
            var reversed: [Range<Int>] = []
            join(parts.reversed(), into: &reversed) { $0 && !$1 }
            ranges += reversed.reversed()
        }
    }

    /// Joins a part to the one before when `joins` says so of the two being matches.
    private func join(
        _ parts: some Sequence<Part>, into ranges: inout [Range<Int>],
        _ joins: (_ isMatch: Bool, _ wasMatch: Bool) -> Bool
    ) {
        var wasMatch = false
        var current: Range<Int>?
        for part in parts {
            if let joined = current, joins(part.isMatch, wasMatch) {
                current =
                    min(
                        joined.lowerBound, part.range.lowerBound)..<max(
                        joined.upperBound, part.range.upperBound)
            } else {
                if let current { ranges.append(current) }
                current = part.range
            }
            wasMatch = part.isMatch
        }
        if let current { ranges.append(current) }
    }
}

extension TextPattern {
    /// All that the pattern finds in a range of a text, which is looked at as a text of its own.
    func matches(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Matches {
        var matches = Matches(from: range.lowerBound)
        let part = UnsafeBufferPointer(rebasing: text[range])
        forEachMatch(in: part) {
            matches.add(range.lowerBound + $0.lowerBound..<range.lowerBound + $0.upperBound)
        }
        matches.finish(at: range.upperBound)
        return matches
    }

    /// Calls `body` with each match, none overlapping another. An empty match right behind another
    /// match does not count.
    func forEachMatch(in text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
        switch self {
        case .regex(let pattern): pattern.forEachMatch(in: text) { body($0..<$1) }
        case .string(let needle):
            var needle = needle
            needle.withUTF8 { needle in
                guard !needle.isEmpty else {
                    return Self.forEachScalarBoundary(of: text) { body($0..<$0) }
                }
                var position = 0
                while let match = Self.find(needle, in: text, from: position) {
                    body(match)
                    position = match.upperBound
                }
            }
        }
    }

    private static func forEachScalarBoundary(
        of text: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void
    ) {
        for position in 0..<text.count where text[position] & 0xC0 != 0x80 { body(position) }
        body(text.count)
    }

    private static func find(
        _ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>,
        from position: Int
    ) -> Range<Int>? {
        var start = position
        while let found = ByteHash.firstIndex(of: needle[0], in: text, from: start),
            found + needle.count <= text.count
        {
            let end = found + needle.count
            if ByteHash.areEqual(UnsafeBufferPointer(rebasing: text[found..<end]), needle) {
                return found..<end
            }
            start = found + 1
        }
        return nil
    }
}
