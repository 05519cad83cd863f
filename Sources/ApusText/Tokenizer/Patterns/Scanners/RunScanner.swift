/// Runs of one kind of scalar, or pieces of them: `\s+`, `\p{N}{1,3}`, `\d`.
struct RunScanner: PatternScanner {
    let reader: KindReader
    let kinds: UInt8
    /// The most scalars of a match; `Int.max` for no bound.
    let limit: Int

    @inline(__always)
    func match(from position: Int) -> (start: Int, end: Int) {
        var start = position
        while start < reader.count {
            let (kind, length) = reader.kind(at: start)
            if kind & kinds != 0 {
                return (start, reader.endOfRun(kinds, from: start + length, atMost: limit - 1))
            }
            start += length
        }
        return (start, -1)
    }
}
