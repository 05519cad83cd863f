import CApusKernels
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Threads that wait for tasks: they spin a moment, then sleep.
///
/// One job runs at a time. It is announced through the `gate`, one word that holds a round number (odd while
/// a job is open) above the number of workers that are inside:
///
/// - the caller writes the job, then makes the round odd; takes tasks itself until none is left; makes the
///   round even; waits until nobody is inside;
/// - a worker that sees a new odd round adds itself, and looks again at what it added itself to: if the round
///   is odd, the job cannot go away before the worker has left; if not, it leaves without a look.
///
/// So a worker that wakes late neither delays the caller nor touches a job that is over.
///
/// `@unchecked Sendable`: `job`, `workerCount` and `skippedWakes` are written only by the holder of `isBusy`,
/// `job` moreover only while the gate is closed and empty, and read by workers only inside an open gate; the
/// rest is atomic, or made for several threads (mutex, condition).
final class WorkerPool: @unchecked Sendable {
    static let shared = WorkerPool()
    static let maximumThreadCount = 256

    private struct Job {
        var body: (Int) -> Void
        var taskCount: Int
        var helpers: Int
    }

    private static let oneRound = 1 << 16
    private static let insideMask = oneRound - 1
    /// A pause takes some 10 to 50 ns; after this many a worker goes to sleep.
    private static let spinsBeforeSleep = 4000
    /// After this many the caller, waiting for a last task, lets others have its processor.
    private static let spinsBeforeYield = 2000
    /// So many short jobs in a row find the workers asleep before one wakes them after all.
    private static let shortJobsBeforeWaking = 8
    private static let stackSize = 4 << 20

    private let gate = atomicOnItsOwnCacheLine()
    private let nextTask = atomicOnItsOwnCacheLine()
    private let sleeperCount = atomicOnItsOwnCacheLine()
    /// The processor of the last caller that woke workers.
    private let callersProcessor = Atomic<Int>(-1)
    private let isBusy = Atomic<Bool>(false)
    private let job = UnsafeMutablePointer<Job>.allocate(capacity: 1)
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var workerCount = 0
    private var skippedWakes = 0

    private init() {
        job.initialize(to: Job(body: { _ in }, taskCount: 0, helpers: 0))
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    /// Does the tasks 0 ..< `taskCount` with the caller and up to `helpers` workers.
    ///
    /// - Returns: false, with nothing done, when the workers are busy with another job.
    func run(_ taskCount: Int, helpers: Int, isShort: Bool, _ body: (Int) -> Void) -> Bool {
        guard !isBusy.load(ordering: .relaxed),
            !isBusy.exchange(true, ordering: .acquiring)
        else { return false }
        defer { isBusy.store(false, ordering: .releasing) }
        startWorkers(helpers)

        withoutActuallyEscaping(body) { body in
            // Nobody is inside a closed gate with the job in hand, see above.
            job.pointee = Job(body: body, taskCount: taskCount, helpers: helpers)
            nextTask.pointee.store(0, ordering: .relaxed)
            gate.pointee.add(Self.oneRound, ordering: .sequentiallyConsistent)
            if sleeperCount.pointee.load(ordering: .sequentiallyConsistent) > 0 { wake(isShort) }

            takeTasks()
            gate.pointee.add(Self.oneRound, ordering: .acquiringAndReleasing)
            waitUntilEmpty()
            job.pointee.body = { _ in }
        }
        return true
    }

    private func wake(_ isShort: Bool) {
        if isShort, skippedWakes < Self.shortJobsBeforeWaking {
            skippedWakes += 1
            return
        }
        skippedWakes = 0
        noteCallersProcessor()
        pthread_mutex_lock(mutex)
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    private func waitUntilEmpty() {
        var spins = 0
        while gate.pointee.load(ordering: .acquiring) & Self.insideMask != 0 {
            spins += 1
            if spins > Self.spinsBeforeYield { sched_yield() } else { apus_pause() }
        }
    }

    /// Never inlined: what it holds of the job is released before the worker leaves the gate.
    @inline(never)
    private func takeTasks() {
        let body = job.pointee.body
        let taskCount = job.pointee.taskCount
        while true {
            let task = nextTask.pointee.add(1, ordering: .relaxed).oldValue
            if task >= taskCount { return }
            body(task)
        }
    }

    private func work(as worker: Int) -> Never {
        leaveCallersProcessor()
        var lastRound = 0
        while true {
            awaitRound(after: lastRound)
            let seen = gate.pointee.add(1, ordering: .acquiringAndReleasing).oldValue
            lastRound = seen / Self.oneRound
            if lastRound % 2 == 1, worker < job.pointee.helpers { takeTasks() }
            gate.pointee.subtract(1, ordering: .releasing)
        }
    }

    private func awaitRound(after lastRound: Int) {
        for _ in 0..<Self.spinsBeforeSleep {
            if isOpen(after: lastRound) { return }
            apus_pause()
        }
        pthread_mutex_lock(mutex)
        sleeperCount.pointee.add(1, ordering: .sequentiallyConsistent)
        while !isOpen(after: lastRound) { pthread_cond_wait(condition, mutex) }
        sleeperCount.pointee.subtract(1, ordering: .sequentiallyConsistent)
        pthread_mutex_unlock(mutex)
        leaveCallersProcessor()
    }

    private func noteCallersProcessor() {
        callersProcessor.store(Int(apus_current_processor()), ordering: .relaxed)
    }

    private func leaveCallersProcessor() {
        let processor = apus_current_processor()
        if Int(processor) == callersProcessor.load(ordering: .relaxed) {
            apus_leave_processor(processor)
        }
    }

    private func isOpen(after lastRound: Int) -> Bool {
        // Sequentially consistent: either the caller sees the sleeper, or the sleeper sees the open gate.
        let round = gate.pointee.load(ordering: .sequentiallyConsistent) / Self.oneRound
        return round % 2 == 1 && round != lastRound
    }

    /// Starts what is missing up to `wanted` workers; when the system refuses one, fewer have to do.
    private func startWorkers(_ wanted: Int) {
        guard workerCount < min(wanted, Self.maximumThreadCount - 1) else { return }
        noteCallersProcessor()
        // Signals are for the threads of the program, not for the workers.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, Self.stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))

        while workerCount < min(wanted, Self.maximumThreadCount - 1) {
            #if canImport(Darwin)
                var thread: pthread_t?
            #else
                var thread = pthread_t(bitPattern: 0)
            #endif
            // The number travels as a pointer, from 1: a null pointer would be nil.
            let number = UnsafeMutableRawPointer(bitPattern: workerCount + 1)
            let status = pthread_create(
                &thread, &attributes,
                { WorkerPool.shared.work(as: Int(bitPattern: $0) - 1) }, number)
            guard status == 0 else { return }
            workerCount += 1
        }
    }
}

/// An atomic number on cache lines of its own, so that writing it does not slow the readers of others.
private func atomicOnItsOwnCacheLine() -> UnsafeMutablePointer<Atomic<Int>> {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 128, alignment: 128)
    let address = memory.bindMemory(to: Atomic<Int>.self, capacity: 1)
    address.initialize(to: Atomic(0))
    return address
}
