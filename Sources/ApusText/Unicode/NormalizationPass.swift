import CApusUnicode

/// Brings text into a normalization form.
///
/// A quick look passes over text that is normal already. Where it stops, the text from the last
/// place at which nothing can combine across to the next such place is taken apart, ordered and
/// composed. (Unicode Standard Annex 15, sections 1.3, 9 and 14.)
struct NormalizationPass {
    private let form: NormalizationForm
    private let edition: UnicodeEdition
    private let exclusion: UInt8
    // One segment, decomposed.
    private var scalars: [UInt32] = []
    private var classes: [UInt8] = []
    private var changes: [Int32] = []

    init(_ form: NormalizationForm, _ edition: UnicodeEdition) {
        self.form = form
        self.edition = edition
        exclusion = form.exclusionFlag
    }

    mutating func run(
        _ text: UnsafeBufferPointer<UInt8>, into sink: inout some NormalizationSink & ~Copyable
    ) {
        var position = 0
        while position < text.count {
            let span = normalSpan(of: text, from: position)
            let kept = span.end == text.count ? span.end : span.boundary
            if kept > position {
                sink.copy(UnsafeBufferPointer(rebasing: text[position..<kept]))
            }
            if span.end == text.count { return }
            position = decompose(text, from: kept, through: span.end)
            order()
            if form.isComposed {
                compose(into: &sink)
            } else {
                for place in scalars.indices {
                    sink.append(scalars[place], change: Int(changes[place]))
                }
            }
        }
    }

    /// Where text that is normal for sure ends, and the last place before the end (or the
    /// beginning) at which nothing combines across.
    func normalSpan(
        of text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (boundary: Int, end: Int) {
        var position = start
        var boundary = start
        var lastClass: UInt8 = 0
        while position < text.count {
            if text[position] < 0x80 {
                // A space between words of other letters is not worth a look for more.
                position += 1
                if position < text.count, text[position] < 0x80 {
                    position = asciiEnd(text, from: position)
                }
                boundary = position - 1
                lastClass = 0
                continue
            }
            let (scalar, length) = decodeScalar(text, at: position)
            let normal = record(of: scalar)
            if normal.flags & exclusion != 0 || scalar == 0xFFFD && length == 1 { break }
            if normal.combining_class == 0 {
                boundary = position
            } else if lastClass > normal.combining_class {
                break
            }
            lastClass = normal.combining_class
            position += length
        }
        return (boundary, position)
    }

    @inline(__always)
    private func record(of scalar: UInt32) -> apus_unicode_normal {
        let normal = apus_unicode_normal_of(scalar).pointee
        if edition == .huggingFace, normal.flags & UInt8(APUS_UNICODE_AFTER_9) != 0 {
            return apus_unicode_normal()
        }
        return normal
    }

    // MARK: Taking apart

    /// Decomposes the segment that begins at `start` and holds the scalar at `middle`.
    ///
    /// - Returns: where it ends.
    private mutating func decompose(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, through middle: Int
    ) -> Int {
        scalars.removeAll(keepingCapacity: true)
        classes.removeAll(keepingCapacity: true)
        changes.removeAll(keepingCapacity: true)
        var position = start
        while position < text.count {
            let (scalar, length) = decodeScalar(text, at: position)
            let normal = record(of: scalar)
            if position > middle, normal.combining_class == 0, normal.flags & exclusion == 0 {
                break
            }
            decompose(scalar, normal)
            position += length
        }
        return position
    }

    private mutating func decompose(_ scalar: UInt32, _ normal: apus_unicode_normal) {
        let count = Int(form.isCompatible ? normal.compatible_count : normal.canonical_count)
        if normal.flags & UInt8(APUS_UNICODE_HANGUL_SYLLABLE) != 0 {
            let syllable = Hangul(scalar)
            append(syllable.leading, 0, change: 0)
            append(syllable.vowel, 0, change: 1)
            if let trailing = syllable.trailing { append(trailing, 0, change: 1) }
        } else if count == 0 {
            append(scalar, normal.combining_class, change: 0)
        } else {
            let place = form.isCompatible ? normal.compatible : normal.canonical
            guard let parts = apus_unicode_decomposition_at(place) else { return }
            for part in 0..<count {
                let own = UnicodeTables.combiningClass(of: parts[part])
                append(parts[part], own, change: part == 0 ? 0 : 1)
            }
        }
    }

    private mutating func append(_ scalar: UInt32, _ combiningClass: UInt8, change: Int32) {
        scalars.append(scalar)
        classes.append(combiningClass)
        changes.append(change)
    }

    // MARK: Ordering

    /// Orders each run of marks by their classes; equal classes keep their order.
    private mutating func order() {
        var start = 0
        while start < classes.count {
            guard classes[start] != 0 else {
                start += 1
                continue
            }
            let end = classes[start...].firstIndex(of: 0) ?? classes.count
            if end - start > 32 { countingSort(start..<end) } else { insertionSort(start..<end) }
            start = end
        }
    }

    private mutating func insertionSort(_ run: Range<Int>) {
        for place in run.dropFirst() {
            var hole = place
            while hole > run.lowerBound, classes[hole - 1] > classes[hole] {
                classes.swapAt(hole - 1, hole)
                scalars.swapAt(hole - 1, hole)
                changes.swapAt(hole - 1, hole)
                hole -= 1
            }
        }
    }

    /// For runs that nobody writes in earnest: a million marks take a millisecond, not an hour.
    private mutating func countingSort(_ run: Range<Int>) {
        var places = [Int](repeating: 0, count: 257)
        for place in run { places[Int(classes[place]) + 1] += 1 }
        for value in 1..<257 { places[value] += places[value - 1] }
        let (oldScalars, oldClasses, oldChanges) =
            (Array(scalars[run]), Array(classes[run]), Array(changes[run]))
        for old in 0..<run.count {
            let value = Int(oldClasses[old])
            let place = run.lowerBound + places[value]
            places[value] += 1
            (scalars[place], classes[place], changes[place]) =
                (oldScalars[old], oldClasses[old], oldChanges[old])
        }
    }

    // MARK: Composing

    /// Joins each starter with the marks and vowels behind it that are not blocked.
    private mutating func compose(into sink: inout some NormalizationSink & ~Copyable) {
        var starter = -1
        var count = 0
        // The class of the last scalar that was kept behind the starter.
        var lastClass: UInt8?
        for place in scalars.indices {
            let (scalar, own, change) = (scalars[place], classes[place], changes[place])
            let isBlocked = lastClass.map { $0 >= own } ?? false
            if starter >= 0, !isBlocked, let joined = composed(scalars[starter], scalar) {
                scalars[starter] = joined
                changes[starter] += change - 1
                continue
            }
            if own == 0 {
                starter = count
                lastClass = nil
            } else if starter >= 0 {
                lastClass = own
            }
            (scalars[count], changes[count]) = (scalar, change)
            count += 1
        }
        for place in 0..<count { sink.append(scalars[place], change: Int(changes[place])) }
    }

    private func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if let syllable = Hangul.composed(first, second) { return syllable }
        let result = apus_unicode_composed(apus_unicode_normal_of(first), second)
        if result == 0 { return nil }
        if edition == .huggingFace {
            let flags = apus_unicode_normal_of(result).pointee.flags
            if flags & UInt8(APUS_UNICODE_AFTER_9) != 0 { return nil }
        }
        return result
    }
}

/// Hangul syllables, which are composed by arithmetic (The Unicode Standard, section 3.12).
private struct Hangul {
    let leading: UInt32
    let vowel: UInt32
    let trailing: UInt32?

    private static let (firstSyllable, firstLeading): (UInt32, UInt32) = (0xAC00, 0x1100)
    private static let (firstVowel, beforeTrailing): (UInt32, UInt32) = (0x1161, 0x11A7)
    private static let (vowels, trailings): (UInt32, UInt32) = (21, 28)

    /// Takes a syllable apart.
    init(_ syllable: UInt32) {
        let index = syllable - Self.firstSyllable
        leading = Self.firstLeading + index / (Self.vowels * Self.trailings)
        vowel = Self.firstVowel + index / Self.trailings % Self.vowels
        let last = index % Self.trailings
        trailing = last == 0 ? nil : Self.beforeTrailing + last
    }

    static func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if first &- firstLeading < 19, second &- firstVowel < vowels {
            return firstSyllable
                + ((first - firstLeading) * vowels + second - firstVowel) * trailings
        }
        let index = first &- firstSyllable
        if index < 11172, index % trailings == 0, second &- (beforeTrailing + 1) < trailings - 1 {
            return first + second - beforeTrailing
        }
        return nil
    }
}
