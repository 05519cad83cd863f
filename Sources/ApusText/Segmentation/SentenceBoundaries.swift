import CApusUnicode

/// The property Sentence_Break; the numbers are those of `CApusUnicode`.
enum SentenceBreak: UInt8 {
    case other, carriageReturn, lineFeed, separator, extend, format, space, lower, upper, letter
    case numeric, fullStop, continuation, terminator, close

    @inline(__always)
    init(of scalar: UInt32) {
        let value = UnicodeTables.properties(of: scalar).sentence_break
        self = SentenceBreak(rawValue: value) ?? .other
    }

    var endsParagraph: Bool {
        self == .separator || self == .carriageReturn || self == .lineFeed
    }
    var terminates: Bool { self == .fullStop || self == .terminator }
}

extension Segmentation {
    /// Hands each sentence of UTF-8 text to `body`, with the spaces or the line end behind it.
    /// Together the sentences are the text.
    public static func forEachSentence(
        in text: UnsafeBufferPointer<UInt8>, _ body: (_ range: Range<Int>) -> Void
    ) {
        var state = SentenceState()
        var start = 0
        var position = 0
        while position < text.count {
            let (scalar, length) = decodeScalar(text, at: position)
            let next = SentenceBreak(of: scalar)
            if position > start, state.ends(before: next, at: position, in: text) {
                body(start..<position)
                start = position
                state = SentenceState()
            }
            state.pass(next)
            position += length
        }
        if start < position { body(start..<position) }
    }
}

/// What stands before a place in a sentence, as far as the rules look. Their numbers are those of
/// Unicode Standard Annex 29.
private struct SentenceState {
    /// How far an end of a sentence has gone: terminator, closing marks, spaces.
    private enum Ending { case none, terminated, closed, spaced }

    private var ending = Ending.none
    /// The terminator is a full stop, which may be part of an abbreviation or a number.
    private var isFullStop = false
    /// A letter with case stands before the terminator.
    private var followsCased = false
    /// The scalar right before.
    private var last = SentenceBreak.other
    /// The last scalar that is not attached to one before it.
    private var previous = SentenceBreak.other

    func ends(
        before next: SentenceBreak, at position: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if last.endsParagraph {
            return !(last == .carriageReturn && next == .lineFeed)  // rules 3 and 4
        }
        if next == .extend || next == .format || ending == .none { return false }  // 5, 998
        if isFullStop, ending == .terminated {
            if next == .numeric { return false }  // 6
            if next == .upper, followsCased { return false }  // 7
        }
        if next == .continuation || next.terminates { return false }  // 8a
        if next == .space || next.endsParagraph { return false }  // 9, 10
        if next == .close, ending != .spaced { return false }  // 9
        if isFullStop, Self.lowerFollows(text, from: position) { return false }  // 8
        return true  // 11
    }

    mutating func pass(_ next: SentenceBreak) {
        last = next
        if next == .extend || next == .format { return }
        if next.terminates {
            ending = .terminated
            isFullStop = next == .fullStop
            followsCased = previous == .upper || previous == .lower
        } else if ending != .none, next == .space {
            ending = .spaced
        } else if ending == .terminated || ending == .closed, next == .close {
            ending = .closed
        } else {
            ending = .none
        }
        previous = next
    }

    /// Whether the first scalar that decides is a lower-case letter.
    private static func lowerFollows(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Bool {
        var position = start
        while position < text.count {
            let (scalar, length) = decodeScalar(text, at: position)
            let property = SentenceBreak(of: scalar)
            switch property {
            case .lower: return true
            case .upper, .letter, .separator, .carriageReturn, .lineFeed, .terminator, .fullStop:
                return false
            default: position += length
            }
        }
        return false
    }
}
