import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Tells a long loop that Ctrl-C was pressed (SIGINT) or the process was asked to end (SIGTERM, or SIGHUP when
/// its terminal goes), so that it can save its work. The second time the process ends at once.
package enum InterruptFlag {
    private static let raised = Atomic<Bool>(false)
    private static let catchesHangUp = Atomic<Bool>(false)

    /// Whether the process was asked to end.
    package static var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Catches the signals from now on.
    package static func install() {
        // Touched here: a handler must not be the first to initialize it.
        raised.store(false, ordering: .relaxed)
        signal(SIGINT, handleInterrupt)
        signal(SIGTERM, handleInterrupt)
        // A process that was started by nohup is to outlive its terminal.
        let previous = signal(SIGHUP, handleInterrupt)
        if unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
            signal(SIGHUP, SIG_IGN)
        } else {
            catchesHangUp.store(true, ordering: .relaxed)
        }
    }

    /// Gives the signals their usual effect back.
    package static func remove() {
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
        if catchesHangUp.exchange(false, ordering: .relaxed) { signal(SIGHUP, SIG_DFL) }
    }

    fileprivate static func raise() -> Bool {
        raised.exchange(true, ordering: .relaxed)
    }
}

/// Only what is allowed inside a signal handler: an atomic, `write`, `signal`, `raise`.
private func handleInterrupt(_ number: Int32) {
    if InterruptFlag.raise() {
        let message: StaticString = "\nended at once: nothing more was saved\n"
        _ = write(2, message.utf8Start, message.utf8CodeUnitCount)
        signal(number, SIG_DFL)
        raise(number)
    }
}
