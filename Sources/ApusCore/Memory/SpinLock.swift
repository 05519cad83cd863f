import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A lock for sections of a few instructions.
///
/// Taking and releasing it costs about 6 ns where a `Mutex` costs about 30, which counts in a small tensor
/// operation. A thread that waits long yields its processor, so a preempted holder is not starved.
package struct SpinLock: ~Copyable, Sendable {
    private let taken = Atomic<Bool>(false)

    package init() {}

    @inline(__always)
    package func acquire() {
        if taken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged {
            return
        }
        acquireSlowly()
    }

    @inline(__always)
    package func release() {
        taken.store(false, ordering: .releasing)
    }

    @inline(never)
    private func acquireSlowly() {
        var attempts = 0
        repeat {
            attempts += 1
            if attempts > 100 { sched_yield() }
        } while taken.load(ordering: .relaxed)
            || !taken.compareExchange(expected: false, desired: true, ordering: .acquiring)
                .exchanged
    }
}
