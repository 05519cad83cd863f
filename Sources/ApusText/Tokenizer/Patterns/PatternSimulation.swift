/// Follows a program's threads through a text with their starts: time grows with the text's length times the program's,
/// whatever the text (Pike's method).
struct PatternSimulation: Sendable {
    let program: PatternProgram
    let alphabet: PatternAlphabet

    /// The leftmost match at or behind `position`.
    func firstMatch(in text: UnsafeBufferPointer<UInt8>, from position: Int) -> Range<Int>? {
        var threads = PatternThreads(program, alphabet)
        var places: [(place: Int, start: Int)] = []
        var following: [(place: Int, start: Int)] = []
        var arrived = [Int](repeating: -1, count: program.instructions.count)
        var found: Range<Int>?
        var previous = classBefore(position, in: text)
        var index = position
        while true {
            var current: Int?
            var length = 1
            if index < text.count {
                let decoded = decodeScalar(text, at: index)
                current = alphabet.classOf(decoded.value)
                length = decoded.length
            }
            // A later start is less preferred than every thread that is under way.
            if found == nil { places.append((program.start, index)) }
            threads.startStep()
            following.removeAll(keepingCapacity: true)
            for (place, start) in places {
                let isMatch = threads.follow(place, current: current, previous: previous) { next in
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
            guard let current, !(found != nil && places.isEmpty) else { return found }
            previous = current
            index += length
        }
    }

    /// The class of the scalar before `position`; nil at the start.
    func classBefore(_ position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard position > 0 else { return nil }
        var start = position - 1
        while start > 0, position - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
        return alphabet.classOf(decodeScalar(text, at: start).value)
    }
}
