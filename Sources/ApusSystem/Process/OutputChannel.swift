import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A stream of text to a person or a program, safe to use from several threads; texts are never torn apart.
///
/// Standard output is buffered, on a terminal up to the end of each text, and has to be flushed at the end. Its failures are
/// thrown, ``FileError/outputClosed(path:)`` when its reader has gone, for which ``ignoreBrokenPipes()``
/// has to be called once.
package final class OutputChannel: Sendable {
    /// The process's standard output.
    package static let standardOutput = OutputChannel(
        descriptor: STDOUT_FILENO, name: "standard output", isImmediate: false)
    /// The process's standard error.
    package static let standardError = OutputChannel(
        descriptor: STDERR_FILENO, name: "standard error", isImmediate: true)

    /// A file, or what is kept in memory.
    private struct Sink: ~Copyable {
        var file: FileWriter?
        var kept: [UInt8] = []
    }
    private let sink: Mutex<Sink>
    private let isImmediate: Bool
    /// Whether a person sits at the other end.
    package let isTerminal: Bool

    private init(descriptor: Int32, name: String, isImmediate: Bool) {
        let writer = FileWriter(descriptor: descriptor, name: name, closes: false)
        sink = Mutex(Sink(file: writer))
        isTerminal = isatty(descriptor) == 1
        self.isImmediate = isImmediate || isTerminal
    }

    /// A channel that keeps what is written, for ``captured``.
    package init() {
        sink = Mutex(Sink(file: nil))
        isImmediate = false
        isTerminal = false
    }

    /// What was written to a channel that keeps it.
    package var captured: String {
        sink.withLock { String(decoding: $0.kept, as: UTF8.self) }
    }

    /// Writes bytes.
    ///
    /// - Throws: ``FileError``.
    package func write(_ bytes: [UInt8]) throws {
        try sink.withLock { sink in
            if sink.file == nil { return sink.kept += bytes }
            try sink.file?.write(bytes)
            if isImmediate { try sink.file?.flush() }
        }
    }

    /// Writes a text.
    ///
    /// - Throws: ``FileError``.
    package func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    /// Writes a text and a line break.
    ///
    /// - Throws: ``FileError``.
    package func writeLine(_ text: String) throws {
        try write(text + "\n")
    }

    /// Hands everything written to the system.
    ///
    /// - Throws: ``FileError``.
    package func flush() throws {
        try sink.withLock { try $0.file?.flush() }
    }
}

/// Makes writing to a pipe that nobody reads an error that is thrown, instead of the end of the process.
package func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
}
