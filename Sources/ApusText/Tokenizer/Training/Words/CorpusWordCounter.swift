import ApusCore
import ApusSystem
import Synchronization

/// How the files of a training are read.
public struct CorpusReading: Sendable {
    /// About how many bytes the table of distinct words may take. When it takes more, after each
    /// ``roundSize`` bytes of text the rarest words are dropped until half of it is free: those that occurred once,
    /// then those that occurred at most twice, and so on; the next time at least as many. A dropped word that comes
    /// again is counted from 1.
    public var memory: Int
    /// A word (of a pipeline without a cut: a line) of more bytes is left out: it is no word.
    public static let longestWord = 1 << 20
    /// Whether a line keeps the feed at its end, so that line ends become tokens.
    public var keepsLineEnds: Bool
    /// How many bytes of text are cut at a time.
    package var roundSize = 1 << 24

    /// A table of at most 1 GiB, lines without their ends; or other settings.
    public init(memory: Int = 1 << 30, keepsLineEnds: Bool = false) {
        self.memory = memory
        self.keepsLineEnds = keepsLineEnds
    }
}

/// Counts the pre-tokens of text, on all threads. Which thread counts a line does not matter: counts are added.
struct CorpusWordCounter: ~Copyable {
    /// What a thread works with.
    final class Table: @unchecked Sendable {
        // Whoever works with a table has taken it out of the pool.
        var counts = WordCounts()
        /// Words of bytes that are not yet written in GPT-2's alphabet.
        var rawCounts = WordCounts()
        var mended: [UInt8] = []
    }

    private let cutter: Tokenizer
    private let reading: CorpusReading
    private var counts = WordCounts()
    private var rawCounts = WordCounts()
    private var round: [UInt8] = []
    private var bytesRead = 0
    private var threshold = 0
    private let tables = TablePool()

    final class TablePool: Sendable {
        private let idle = Mutex<[Table]>([])
        func take() -> Table { idle.withLock { $0.popLast() } ?? Table() }
        func give(_ table: Table) { idle.withLock { $0.append(table) } }
        func takeAll() -> [Table] {
            idle.withLock { tables in
                defer { tables = [] }
                return tables
            }
        }
    }

    init(_ pipeline: TrainingPipeline, _ reading: CorpusReading) {
        self.reading = reading
        cutter = Tokenizer(
            model: WordLevel(vocabulary: TokenVocabulary()), normalizer: pipeline.normalizer,
            preTokenizer: pipeline.preTokenizer)
    }

    /// Counts the lines of a file.
    ///
    /// - Throws: ``FileError``.
    mutating func count(
        file: String, progress: (TokenizerTrainingStage) -> Void
    ) throws {
        let source = try openText(file)
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { chunk.deallocate() }
        while true {
            let count = try source.read(into: chunk)
            if count == 0 { break }
            bytesRead += count
            round.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
            if round.count >= reading.roundSize { try closeRound(of: file, progress) }
        }
        // A file's last line ends with the file.
        if let last = round.last, last != UInt8(ascii: "\n"), !reading.keepsLineEnds {
            round.append(UInt8(ascii: "\n"))
        }
        countRound(round.count, progress)
    }

    /// Counts a line.
    mutating func count(line: String, progress: (TokenizerTrainingStage) -> Void) {
        let table = tables.take()
        var line = line
        line.withUTF8 { cut($0, table) }
        tables.give(table)
        bytesRead += line.utf8.count
    }

    /// All words; those of GPT-2's alphabet are written in it.
    consuming func finished() -> WordCounts {
        collect()
        var scratch: [UInt8] = []
        for index in 0..<rawCounts.count {
            let frequency = rawCounts.frequency(index)
            ByteCharacters.withEncoded(rawCounts.word(index), &scratch) {
                counts.add($0, count: frequency)
            }
        }
        return counts
    }

    /// Counts the whole lines that were read and keeps the beginning of the next.
    private mutating func closeRound(
        of file: String, _ progress: (TokenizerTrainingStage) -> Void
    ) throws {
        guard let feed = round.lastIndex(of: UInt8(ascii: "\n")) else {
            if round.count < 1 << 30 { return }
            throw FileError.lineTooLong(path: file, line: 1, limit: 1 << 30)
        }
        countRound(feed + 1, progress)
    }

    private mutating func countRound(
        _ end: Int, _ progress: (TokenizerTrainingStage) -> Void
    ) {
        round.withUnsafeBufferPointer { round in
            let tasks = Self.tasks(UnsafeBufferPointer(rebasing: round[..<end]))
            Parallel.run(tasks.count) { task in
                let table = tables.take()
                cutLines(UnsafeBufferPointer(rebasing: round[tasks[task]]), table)
                tables.give(table)
            }
        }
        round.removeSubrange(..<end)
        collect()
        drop(progress)
        progress(.counting(bytes: bytesRead))
    }

    /// Whole lines, about 64 KiB each.
    private static func tasks(_ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var tasks: [Range<Int>] = []
        var start = 0
        while start < text.count {
            var end = min(start + 1 << 16, text.count)
            while end < text.count, text[end - 1] != UInt8(ascii: "\n") { end += 1 }
            tasks.append(start..<end)
            start = end
        }
        return tasks
    }

    private func cutLines(_ text: UnsafeBufferPointer<UInt8>, _ table: Table) {
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
            let next = min(end + 1, text.count)
            if reading.keepsLineEnds {
                end = next
            } else if end > start, text[end - 1] == UInt8(ascii: "\r") {
                end -= 1
            }
            cut(UnsafeBufferPointer(rebasing: text[start..<end]), table)
            start = next
        }
    }

    private func cut(_ line: UnsafeBufferPointer<UInt8>, _ table: Table) {
        guard !line.isEmpty else { return }
        guard isValid(line) else {
            // What is not UTF-8 becomes U+FFFD.
            table.mended = Array(String(decoding: line, as: UTF8.self).utf8)
            return table.mended.withUnsafeBufferPointer { cutValid($0, table) }
        }
        cutValid(line, table)
    }

    private func cutValid(_ line: UnsafeBufferPointer<UInt8>, _ table: Table) {
        cutter.forEachWord(of: line) { word, isRaw in
            guard word.count <= CorpusReading.longestWord else { return }
            if isRaw { table.rawCounts.add(word) } else { table.counts.add(word) }
        }
    }

    private func isValid(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = 0
        while position < line.count {
            if line[position] < 0x80 {
                position += 1
                continue
            }
            let (scalar, length) = decodeScalar(line, at: position)
            if scalar == 0xFFFD, length == 1 { return false }
            position += length
        }
        return true
    }

    /// Adds up what the threads counted.
    private mutating func collect() {
        for table in tables.takeAll() {
            counts.add(table.counts)
            table.counts.removeAll()
            rawCounts.add(table.rawCounts)
            table.rawCounts.removeAll()
            tables.give(table)
        }
    }

    private mutating func drop(_ progress: (TokenizerTrainingStage) -> Void) {
        guard counts.contentSize + rawCounts.contentSize > reading.memory else { return }
        let before = counts.count + rawCounts.count
        repeat {
            threshold += 1
            counts.removeWords(occurringAtMost: threshold)
            rawCounts.removeWords(occurringAtMost: threshold)
        } while counts.contentSize + rawCounts.contentSize > reading.memory / 2
        let dropped = before - counts.count - rawCounts.count
        progress(.dropping(words: dropped, occurringAtMost: threshold))
    }
}
