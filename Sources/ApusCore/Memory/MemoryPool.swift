import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Blocks of memory for tensors and workspaces: 64-byte aligned, kept for reuse when released.
///
/// A training step asks for the same sizes again and again; taking them from a list costs a few nanoseconds,
/// while the system's allocator would also fault the pages in anew. Sizes are rounded up to classes: multiples
/// of 64 to 1 KiB, then eight steps a doubling (at most 12.5 % waste).
package enum MemoryPool {
    /// A block of at least `byteCount` bytes, aligned to 64, contents undefined.
    package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        let (sizeClass, classBytes) = sizeClass(for: byteCount)
        lock.acquire()
        state.allocations += 1
        state.bytesInUse += classBytes
        if state.bytesInUse > state.peak {
            state.peak = state.bytesInUse
        }
        if let block = freeLists[sizeClass] {
            freeLists[sizeClass] = block.load(as: UnsafeMutableRawPointer?.self)
            state.bytesKept -= classBytes
            lock.release()
            return block
        }
        state.systemAllocations += 1
        lock.release()
        return systemBlock(byteCount: classBytes)
    }

    /// Gives a block back. `byteCount` is what it was allocated with.
    package static func release(_ block: UnsafeMutableRawPointer, byteCount: Int) {
        let (sizeClass, classBytes) = sizeClass(for: byteCount)
        lock.acquire()
        state.bytesInUse -= classBytes
        block.storeBytes(of: freeLists[sizeClass], as: UnsafeMutableRawPointer?.self)
        freeLists[sizeClass] = block
        state.bytesKept += classBytes
        // Sizes that vary (texts of every length) would fill the lists with blocks nobody asks for again.
        let excess = state.bytesKept > state.peak + 64 << 20
        lock.release()
        if excess { trim() }
    }

    /// The bytes that live tensors and workspaces hold now; tensors of up to 128 bytes hold none of the pool's.
    package static var bytesInUse: Int {
        lock.acquire()
        defer { lock.release() }
        return state.bytesInUse
    }

    /// The most bytes that were in use at once since the last ``resetPeak()``.
    package static var peakBytes: Int {
        lock.acquire()
        defer { lock.release() }
        return state.peak
    }

    /// How many blocks were asked for so far, for tensors and as workspaces: to see whether a computation asks for any.
    package static var allocationCount: Int {
        lock.acquire()
        defer { lock.release() }
        return state.allocations
    }

    /// How many blocks were taken from the system so far, because none of the size had been released before.
    package static var systemAllocationCount: Int {
        lock.acquire()
        defer { lock.release() }
        return state.systemAllocations
    }

    /// Starts the peak counter anew, at what is in use now.
    package static func resetPeak() {
        lock.acquire()
        defer { lock.release() }
        state.peak = state.bytesInUse
    }

    /// Returns every kept block to the system.
    package static func trim() {
        for sizeClass in 0..<classCount {
            lock.acquire()
            var block = freeLists[sizeClass]
            freeLists[sizeClass] = nil
            let classBytes = bytes(ofClass: sizeClass)
            var length = 0
            var counted = block
            while let next = counted {
                counted = next.load(as: UnsafeMutableRawPointer?.self)
                length += 1
            }
            state.bytesKept -= length * classBytes
            lock.release()
            while let next = block {
                block = next.load(as: UnsafeMutableRawPointer?.self)
                free(next)
            }
        }
    }

    // MARK: Size classes

    private static let smallClasses = 16  // 64, 128, … 1024
    private static let classCount = smallClasses + 8 * 40

    @inline(__always)
    private static func sizeClass(for byteCount: Int) -> (index: Int, bytes: Int) {
        if byteCount <= 1024 {
            let index = max(byteCount - 1, 0) >> 6
            return (index, (index + 1) << 6)
        }
        // 2^power < byteCount ≤ 2^(power + 1), cut into eight.
        let power = Int.bitWidth - 1 - (byteCount - 1).leadingZeroBitCount
        let step = 1 << (power - 3)
        let part = (byteCount - 1 - 1 << power) / step
        return (smallClasses + (power - 10) * 8 + part, 1 << power + (part + 1) * step)
    }

    private static func bytes(ofClass index: Int) -> Int {
        if index < smallClasses { return (index + 1) << 6 }
        let power = (index - smallClasses) / 8 + 10
        return 1 << power + ((index - smallClasses) % 8 + 1) * (1 << (power - 3))
    }

    // MARK: State

    /// Set up by the compiler, not at first use: a check at every use would cost as much as the rest.
    private struct State {
        var bytesInUse = 0
        var bytesKept = 0
        var allocations = 0
        var systemAllocations = 0
        var peak = 0
        /// By size class the first of its free blocks, each of which begins with the address of the next.
        var free: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    }

    private static let lock = SpinLock()

    /// Guarded by `lock`.
    nonisolated(unsafe) private static var state = State()

    /// The lists of free blocks; they live as long as the process. Asked for with the lock held.
    @inline(__always)
    private static var freeLists: UnsafeMutablePointer<UnsafeMutableRawPointer?> {
        state.free ?? makeFreeLists()
    }

    @inline(never)
    private static func makeFreeLists() -> UnsafeMutablePointer<UnsafeMutableRawPointer?> {
        let lists = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: classCount)
        lists.initialize(repeating: nil, count: classCount)
        state.free = lists
        return lists
    }

    private static func systemBlock(byteCount: Int) -> UnsafeMutableRawPointer {
        // Blocks of several pages of 2 MiB start on such a page and ask for them: fewer misses of the
        // address cache when a kernel streams through.
        let hugePage = 2 << 20
        var block: UnsafeMutableRawPointer?
        let status = posix_memalign(&block, byteCount >= hugePage ? hugePage : 64, byteCount)
        guard status == 0, let block else {
            let others = bytesInUse - byteCount
            fatalError(
                "Apus: no memory for \(byteCount) bytes more; tensors hold \(others) already")
        }
        #if os(Linux)
            if byteCount >= hugePage { madvise(block, byteCount, 14 /* MADV_HUGEPAGE */) }
        #endif
        return block
    }
}
