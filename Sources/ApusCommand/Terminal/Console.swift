import ApusSystem

/// Where a command writes: results to standard output, everything else to standard error.
package struct Console: Sendable {
    /// Results.
    package let output: OutputChannel
    /// Notes, progress and errors.
    package let errors: OutputChannel
    /// Whether results are for a program (`--json`).
    package let isJSON: Bool

    /// A console.
    package init(output: OutputChannel, errors: OutputChannel, isJSON: Bool) {
        self.output = output
        self.errors = errors
        self.isJSON = isJSON
    }

    /// Writes a text to standard output.
    ///
    /// - Throws: ``FileError``.
    package func write(_ text: String) throws {
        try output.write(text)
    }

    /// Writes a line to standard output.
    ///
    /// - Throws: ``FileError``.
    package func print(_ line: String) throws {
        try output.writeLine(line)
    }

    /// Writes a value as a line of JSON to standard output.
    ///
    /// - Throws: ``FileError``.
    package func print(_ value: JSON) throws {
        try output.writeLine(value.text())
    }

    /// Writes a line to standard error. A standard error that is gone stops no work.
    package func note(_ line: String) {
        try? errors.writeLine(line)
    }

    /// A bar for work that begins now; `total` is nil where nobody knows it.
    package func progress(_ title: String, total: Int?, unit: String) -> ProgressBar {
        ProgressBar(
            title: title, total: total, unit: unit, channel: errors,
            isLive: errors.isTerminal && environmentVariable("TERM") != "dumb")
    }
}
