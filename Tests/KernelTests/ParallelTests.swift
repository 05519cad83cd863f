import ApusCore
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How often each of `count` tasks was done.
private func timesDone(_ count: Int, threads: Int) -> [Int] {
    var times = [Int](repeating: 0, count: count)
    times.withUnsafeMutableBufferPointer { times in
        nonisolated(unsafe) let times = times
        Parallel.withThreads(threads) {
            Parallel.run(count) { times[$0] += 1 }
        }
    }
    return times
}

@Test(arguments: [1, 2, 3, 8])
func everyTaskIsDoneOnce(_ threads: Int) {
    for count in [0, 1, 2, 3, 100, 10_000] {
        #expect(timesDone(count, threads: threads) == [Int](repeating: 1, count: count))
    }
}

@Test func manyShortRunsLoseNoTask() {
    for round in 0..<20_000 {
        let done = Atomic(0)
        Parallel.withThreads(2 + round % 2) {
            Parallel.run(3, isShort: round % 4 == 0) { done.add($0 + 1, ordering: .relaxed) }
        }
        #expect(done.load(ordering: .relaxed) == 6)
    }
}

@Test func workersWakeUpAfterASleep() {
    for _ in 0..<20 {
        usleep(2000)
        #expect(timesDone(64, threads: 3) == [Int](repeating: 1, count: 64))
    }
}

@Test func aRunInsideATaskIsDoneByThatTask() {
    let done = Atomic(0)
    Parallel.withThreads(3) {
        Parallel.run(10) { outer in
            Parallel.run(10) { inner in
                done.add(outer * 10 + inner, ordering: .relaxed)
            }
        }
    }
    #expect(done.load(ordering: .relaxed) == 99 * 100 / 2)
}

@Test func callersFromSeveralThreadsDoNotMixTheirTasks() async {
    await withTaskGroup(of: Bool.self) { group in
        for caller in 0..<8 {
            group.addTask {
                (0..<500).allSatisfy { round in
                    let count = 1 + (caller + round) % 7
                    return timesDone(count, threads: 3) == [Int](repeating: 1, count: count)
                }
            }
        }
        for await isRight in group { #expect(isRight) }
    }
}

@Test func theNumberOfThreadsIsScoped() {
    let before = Parallel.threadCount
    #expect(before >= 1)
    Parallel.withThreads(5) {
        #expect(Parallel.threadCount == 5)
        Parallel.withThreads(1) { #expect(Parallel.threadCount == 1) }
    }
    #expect(Parallel.threadCount == before)
}

@Test func theActiveInstructionSetRunsHere() {
    #expect(InstructionSet.active.isSupported)
    #expect(InstructionSet.portable.isSupported)
}
