/// A text as the hand-written scanners look at it.
struct KindReader {
    let text: UnsafeBufferPointer<UInt8>
    private let table: UnsafePointer<UInt8>

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        table = ScalarKind.basicPlane
    }

    @inline(__always)
    var count: Int { text.count }

    /// The byte at a place, 0 behind the end.
    @inline(__always)
    func byte(at index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

    /// The kinds and the length of the scalar at a place; no kind behind the end.
    @inline(__always)
    func kind(at index: Int) -> (kind: UInt8, length: Int) {
        guard index < text.count else { return (0, 0) }
        let byte = text[index]
        if byte < 0x80 { return (table[Int(byte)], 1) }
        let (scalar, length) = decodeScalar(text, at: index)
        return (kind(of: scalar), length)
    }

    @inline(__always)
    private func kind(of scalar: UInt32) -> UInt8 {
        scalar < 0x10000 ? table[Int(scalar)] : ScalarKind.of(scalar)
    }

    /// The end of the run of scalars of any of these kinds.
    @inline(__always)
    func endOfRun(_ kinds: UInt8, from start: Int) -> Int {
        var index = start
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                if table[Int(byte)] & kinds == 0 { break }
                index += 1
            } else {
                let (scalar, length) = decodeScalar(text, at: index)
                if kind(of: scalar) & kinds == 0 { break }
                index += length
            }
        }
        return index
    }

    /// The end of the run of scalars of a kind, at most so many of them.
    @inline(__always)
    func endOfRun(_ kinds: UInt8, from start: Int, atMost limit: Int) -> Int {
        var index = start
        for _ in 0..<limit {
            let (kind, length) = kind(at: index)
            if kind & kinds == 0 { break }
            index += length
        }
        return index
    }

    /// The end of the run of line feeds and carriage returns (and slashes).
    @inline(__always)
    func endOfLineBreaks(from start: Int, orSlashes: Bool = false) -> Int {
        var index = start
        while index < text.count {
            let byte = text[index]
            guard byte == 0x0A || byte == 0x0D || (orSlashes && byte == 0x2F) else { break }
            index += 1
        }
        return index
    }

    /// `'s|'t|'re|'ve|'m|'ll|'d`: the end of one at `start`, or `start`.
    @inline(__always)
    func endOfContraction(from start: Int, ignoringCase: Bool) -> Int {
        guard byte(at: start) == 0x27 else { return start }
        return endOfSuffix(from: start, ignoringCase: ignoringCase)
    }

    @inline(never)
    private func endOfSuffix(from start: Int, ignoringCase: Bool) -> Int {
        let lowering: UInt8 = ignoringCase ? 0x20 : 0
        // Only letters are lowered: 0x20 would make others of some marks.
        func letter(_ index: Int) -> UInt8 {
            let byte = byte(at: index)
            return byte >= 0x41 && byte <= 0x5A ? byte | lowering : byte
        }
        switch letter(start + 1) {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
            return start + 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"):
            return letter(start + 2) == UInt8(ascii: "e") ? start + 3 : start
        case UInt8(ascii: "l"):
            return letter(start + 2) == UInt8(ascii: "l") ? start + 3 : start
        case 0xC5 where ignoringCase && byte(at: start + 2) == 0xBF:
            // The long s, U+017F, is a case of s.
            return start + 3
        default:
            return start
        }
    }

    /// `\s+(?!\S)|\s+`: a run of white space up to `end`, without its last scalar where something else follows.
    @inline(__always)
    func endOfSpaces(from start: Int, runEnd: Int) -> Int {
        if runEnd == text.count { return runEnd }
        var last = runEnd - 1
        while text[last] & 0xC0 == 0x80 { last -= 1 }
        return last > start ? last : runEnd
    }
}

/// A pattern that is known by its source, with a scanner of its own.
protocol PatternScanner {
    /// The first match at or behind `position`, which is inside the text; `end` is -1 when there is none.
    func match(from position: Int) -> (start: Int, end: Int)
}
