/// Follows a program's threads through a text with their starts: time grows with the text's length times the program's,
/// whatever the text (Pike's method).
struct PatternSimulation: Sendable {
    let program: PatternProgram
    let alphabet: PatternAlphabet

    /// The leftmost match at or behind `position`.
    ///
    /// - Parameters:
    ///   - first: where the search began, at or before `position`.
    ///   - bits: what the program's fragments say of the text.
    /// - Returns: the match, and how far the text was read.
    func firstMatch(
        in text: UnsafeBufferPointer<UInt8>, from position: Int, searchStart first: Int,
        _ bits: PatternBits?
    ) -> (match: Range<Int>?, read: Int) {
        var threads = PatternThreads(program, alphabet)
        var places: [(place: Int, start: Int)] = []
        var following: [(place: Int, start: Int)] = []
        var arrived = [Int](repeating: -1, count: program.instructions.count)
        var found: Range<Int>?
        var here = PatternPlace(stride: bits?.places ?? 1)
        here.previous = classBefore(position, in: text)
        var index = position
        while true {
            here.current = nil
            var length = 1
            if index < text.count {
                let decoded = decodeScalar(text, at: index)
                here.current = alphabet.classOf(decoded.value)
                length = decoded.length
            }
            here.isSearchStart = index == first
            here.bits = bits?.row(at: index)
            // A later start is less preferred than every thread that is under way.
            if found == nil { places.append((program.start, index)) }
            threads.startStep()
            following.removeAll(keepingCapacity: true)
            for (place, start) in places {
                let isMatch = threads.follow(place, here) { next in
                    guard arrived[next] != index else { return }
                    arrived[next] = index
                    following.append((next, start))
                }
                if isMatch {
                    found = start..<index
                    break
                }
            }
            swap(&places, &following)
            guard let current = here.current, !(found != nil && places.isEmpty) else {
                return (found, index)
            }
            here.previous = current
            index += length
        }
    }

    /// The class of the scalar before `position`; nil at the start.
    func classBefore(_ position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard position > 0 else { return nil }
        let start = scalarStart(in: text, before: position)
        return alphabet.classOf(decodeScalar(text, at: start).value)
    }
}
