import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Tells a long loop that Ctrl-C was pressed (SIGINT) or the process was asked to end (SIGTERM), so that it can save
/// its work. The second time the process ends at once.
package enum InterruptFlag {
    private static let raised = Atomic<Bool>(false)

    /// Whether the process was asked to end.
    package static var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Catches the signals from now on.
    package static func install() {
        // Touched here: a handler must not be the first to initialize it.
        raised.store(false, ordering: .relaxed)
        signal(SIGINT, handleInterrupt)
        signal(SIGTERM, handleInterrupt)
    }

    /// Gives the signals their usual effect back.
    package static func remove() {
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
    }

    fileprivate static func raise() -> Bool {
        raised.exchange(true, ordering: .relaxed)
    }
}

/// Only what is allowed inside a signal handler: an atomic, `signal`, `raise`.
private func handleInterrupt(_ number: Int32) {
    if InterruptFlag.raise() {
        signal(number, SIG_DFL)
        raise(number)
    }
}
