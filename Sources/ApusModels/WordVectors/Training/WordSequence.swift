import ApusSystem

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The corpus as numbers of words, kept compactly: frequent words take a byte, others two or three.
///
/// Up to a limit it stays in memory; what goes beyond is written to a temporary file without a name, which the
/// system removes with the process, and read from there as a stream.
///
/// An entry is 2 · number + 1 at a sentence's end, else 2 · number, in groups of seven bits, the lowest first.
package final class WordSequence {
    package private(set) var count = 0
    private let limit: Int
    private var bytes: [UInt8] = []
    private var spill: Int32 = -1
    private var spilled = 0
    /// The last word, kept back until it is known whether its sentence ends.
    private var last: Int?

    /// - Parameter limit: how many bytes may stay in memory.
    package init(limit: Int) { self.limit = max(limit, 1 << 12) }

    deinit { if spill >= 0 { close(spill) } }

    package func append(_ word: Int) throws {
        if let last { try write(last * 2) }
        last = word
    }

    package func endSentence() throws {
        guard let word = last else { return }
        last = nil
        try write(word * 2 + 1)
    }

    private func write(_ entry: Int) throws {
        var rest = entry
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
        count += 1
        if bytes.count >= limit { try spillBytes() }
    }

    private func spillBytes() throws {
        if spill < 0 { spill = try Self.temporaryFile() }
        try bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let written = pwrite(spill, rest.baseAddress, rest.count, off_t(spilled))
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw Self.failure(.write) }
                done += written
                spilled += written
            }
        }
        bytes.removeAll(keepingCapacity: true)
    }

    /// Reads the entries from the beginning.
    package func reader() -> Reader { Reader(self) }

    private static let spillName = "temporary file for the corpus"

    private static func failure(_ action: FileAction) -> FileError {
        errno == ENOSPC
            ? .diskFull(path: spillName) : .system(path: spillName, action: action, code: errno)
    }

    private static func temporaryFile() throws -> Int32 {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/apus-corpus-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw FileError.system(path: folder, action: .create, code: errno)
        }
        unlink(template)
        return descriptor
    }

    /// Goes over the entries once.
    package struct Reader {
        private let sequence: WordSequence
        private var buffer: [UInt8] = []
        private var position = 0
        private var nextSpilled = 0
        private var isInMemory = false

        fileprivate init(_ sequence: WordSequence) { self.sequence = sequence }

        /// Calls `body` with each next entry, its word and whether its sentence ends, until it returns false.
        ///
        /// - Returns: whether there may be more.
        package mutating func read(_ body: (_ word: Int32, _ endsSentence: Bool) -> Bool) throws
            -> Bool
        {
            while true {
                guard position < buffer.count else {
                    guard try refill() else { return false }
                    continue
                }
                var position = self.position
                let goesOn = buffer.withUnsafeBufferPointer { bytes in
                    var goesOn = true
                    while goesOn, position < bytes.count {
                        var byte = UInt32(bytes[position])
                        var entry = byte & 0x7F
                        var shift: UInt32 = 7
                        position += 1
                        while byte >= 0x80 {
                            byte = UInt32(bytes[position])
                            entry |= (byte & 0x7F) << shift
                            shift += 7
                            position += 1
                        }
                        goesOn = body(Int32(bitPattern: entry >> 1), entry & 1 == 1)
                    }
                    return goesOn
                }
                self.position = position
                if !goesOn { return true }
            }
        }

        /// The next part of the file, of whole entries, and at last what is in memory.
        private mutating func refill() throws -> Bool {
            position = 0
            guard nextSpilled < sequence.spilled else {
                guard !isInMemory else { return false }
                isInMemory = true
                buffer = sequence.bytes
                return !buffer.isEmpty
            }
            let wanted = min(1 << 20, sequence.spilled - nextSpilled)
            let offset = off_t(nextSpilled)
            let descriptor = sequence.spill
            buffer = [UInt8](unsafeUninitializedCapacity: wanted) { memory, count in
                repeat {
                    count = pread(descriptor, memory.baseAddress, wanted, offset)
                } while count < 0 && errno == EINTR
                count = max(count, 0)
            }
            guard let end = buffer.lastIndex(where: { $0 < 0x80 }) else {
                throw WordSequence.failure(.read)
            }
            buffer.removeSubrange((end + 1)...)
            nextSpilled += buffer.count
            return true
        }
    }
}
