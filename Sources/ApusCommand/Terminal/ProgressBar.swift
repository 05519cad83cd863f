import ApusSystem
import Synchronization

/// Shows how far some work has come: a bar that is drawn over itself on a terminal, now and then a plain line in a pipe.
///
///     let bar = console.progress("reading", total: size, unit: "bytes")
///     while let batch = try next() {
///         bar.update(completed: position)
///     }
///     bar.finish()
package final class ProgressBar: Sendable {
    private struct State {
        var line: ProgressLine
        var lastShown: Double
        var isDrawn = false
    }
    private let state: Mutex<State>
    private let channel: OutputChannel
    private let isLive: Bool
    private let started: Double
    private let clock: @Sendable () -> Double

    /// A person sees ten changes a second as motion; a log needs a line every ten seconds.
    private var interval: Double { isLive ? 0.1 : 10 }

    package init(
        title: String, total: Int?, unit: String, channel: OutputChannel, isLive: Bool,
        clock: @escaping @Sendable () -> Double = monotonicSeconds
    ) {
        self.channel = channel
        self.isLive = isLive
        self.clock = clock
        started = clock()
        let line = ProgressLine(title: title, unit: unit, completed: 0, total: total, seconds: 0)
        state = Mutex(State(line: line, lastShown: started))
    }

    /// Tells how much is done, under another title if there is one; cheap enough for every step.
    package func update(completed: Int, title: String? = nil, note: String = "") {
        let now = clock()
        state.withLock { state in
            if let title { state.line.title = title }
            state.line.completed = completed
            state.line.note = note
            state.line.seconds = now - started
            guard now - state.lastShown >= interval else { return }
            state.lastShown = now
            show(&state)
        }
    }

    /// Writes a line of text that stays, above the bar.
    package func print(_ text: String) {
        state.withLock { state in
            erase(&state)
            try? channel.writeLine(text)
            if isLive { show(&state) }
        }
    }

    /// Takes the bar away, and writes a last line about the whole unless `quietly`.
    package func finish(quietly: Bool = false) {
        let now = clock()
        state.withLock { state in
            erase(&state)
            state.line.seconds = now - started
            if !quietly { try? channel.writeLine(state.line.summary) }
        }
    }

    private func show(_ state: inout State) {
        if isLive {
            // The last column stays free: some terminals wrap when it is written.
            try? channel.write("\r" + state.line.bar(width: terminalWidth() - 1) + "\u{1B}[K")
            state.isDrawn = true
        } else {
            try? channel.writeLine(state.line.plain)
        }
    }

    private func erase(_ state: inout State) {
        if state.isDrawn { try? channel.write("\r\u{1B}[K") }
        state.isDrawn = false
    }
}
