import Synchronization

/// Work done on several processors at once.
///
/// The result of a computation must not depend on the number of threads, so work is cut into tasks by the
/// size of the problem alone; the threads only decide who does which task.
package enum Parallel {
    /// How many threads work together: `APUS_THREADS` when set, else the processors that this process may use.
    package static var threadCount: Int {
        scopedThreadCount ?? processThreadCount.load(ordering: .relaxed)
    }

    /// Sets the number of threads for the whole process; meant to be called once, at the start.
    package static func setThreadCount(_ count: Int) {
        guard count >= 1 else {
            fatalError("Parallel.setThreadCount(\(count)): at least one thread has to do the work.")
        }
        processThreadCount.store(count, ordering: .relaxed)
    }

    /// Runs `body` with `count` threads for everything that it calls in this task.
    package static func withThreads<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
        guard count >= 1 else {
            fatalError("Parallel.withThreads(\(count)): at least one thread has to do the work.")
        }
        return try $scopedThreadCount.withValue(count, operation: body)
    }

    /// Calls `body` once with each of 0 ..< `taskCount`, in any order, on the calling thread and on workers.
    ///
    /// Returns when all are done. A call from inside a task, or while another thread's call keeps the workers
    /// busy, does its tasks on the calling thread alone.
    ///
    /// - Parameter isShort: the whole takes only a few microseconds: workers that are awake help, sleeping
    ///   ones are left alone unless such calls keep coming (waking a thread takes longer than the work).
    package static func run(
        _ taskCount: Int, isShort: Bool = false, _ body: (Int) -> Void
    ) {
        let helpers = taskCount < 2 ? 0 : min(threadCount, taskCount) - 1
        if helpers > 0, WorkerPool.shared.run(taskCount, helpers: helpers, isShort: isShort, body) {
            return
        }
        for task in 0..<max(taskCount, 0) { body(task) }
    }

    @TaskLocal private static var scopedThreadCount: Int?

    private static let processThreadCount = Atomic<Int>(initialThreadCount())

    private static func initialThreadCount() -> Int {
        guard let text = environmentValue("APUS_THREADS") else {
            return AvailableProcessors.count()
        }
        guard let count = Int(text), count >= 1, count <= WorkerPool.maximumThreadCount else {
            refuseEnvironment(
                "APUS_THREADS=\(text): a number from 1 to \(WorkerPool.maximumThreadCount) is needed"
            )
        }
        return count
    }
}
