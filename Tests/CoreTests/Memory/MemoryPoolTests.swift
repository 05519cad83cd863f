import ApusCore
import Testing

/// The pool counts for the whole process, so each test has one of its own.
struct MemoryPoolTests {
    @Test func blocksAreAlignedAndReused() async {
        await #expect(processExitsWith: .success) {
            var sizes = Array(0...70) + [1000, 1024, 1025, 4097, 70_001, 1_000_000, 5_000_000]
            sizes.reverse()
            for size in sizes {
                let block = MemoryPool.allocate(byteCount: size)
                precondition(Int(bitPattern: block) % 64 == 0)
                block.initializeMemory(as: UInt8.self, repeating: 1, count: size)
                MemoryPool.release(block, byteCount: size)
                let again = MemoryPool.allocate(byteCount: size)
                precondition(again == block, "the released block is the next one of its size")
                let other = MemoryPool.allocate(byteCount: size)
                precondition(other != block)
                MemoryPool.release(other, byteCount: size)
                MemoryPool.release(again, byteCount: size)
            }
        }
    }

    @Test func sizeClassesWasteAnEighthAtMost() async {
        await #expect(processExitsWith: .success) {
            for size in stride(from: 1, through: 300_000, by: 37) {
                let before = MemoryPool.bytesInUse
                let block = MemoryPool.allocate(byteCount: size)
                let used = MemoryPool.bytesInUse - before
                precondition(used >= size)
                precondition(used <= max(size + size / 8, size + 64))
                MemoryPool.release(block, byteCount: size)
                precondition(MemoryPool.bytesInUse == before)
            }
        }
    }

    @Test func thePeakIsTheMostThatWasInUseAtOnce() async {
        await #expect(processExitsWith: .success) {
            MemoryPool.resetPeak()
            let start = MemoryPool.bytesInUse
            precondition(MemoryPool.peakBytes == start)
            do {
                let x = Tensor.zeros([1024])
                let y = Tensor.zeros([1024])
                precondition(
                    MemoryPool.bytesInUse >= start + x.storage.byteCount + y.storage.byteCount)
                withExtendedLifetime((x, y)) {}
            }
            precondition(MemoryPool.bytesInUse == start)
            precondition(MemoryPool.peakBytes == start + 2 * 4096)
            MemoryPool.resetPeak()
            precondition(MemoryPool.peakBytes == start)
        }
    }

    @Test func trimmingGivesKeptBlocksBack() async {
        await #expect(processExitsWith: .success) {
            // More than the pool keeps beside its peak, in many sizes.
            for size in stride(from: 1 << 20, to: 40 << 20, by: 1 << 20) {
                MemoryPool.release(MemoryPool.allocate(byteCount: size), byteCount: size)
            }
            MemoryPool.trim()
            precondition(MemoryPool.bytesInUse == 0)
            _ = Tensor.zeros([100]) + 1
        }
    }

    @Test func millionsOfSmallStepsNeedNoMoreMemoryThanOne() async {
        await #expect(processExitsWith: .success) {
            #if DEBUG
                let steps = 3000
            #else
                let steps = 300_000
            #endif
            let x = Tensor([1, 2, 3])
            let weight = Tensor([0.1, 0.2, 0.3])
            func step() -> Float {
                let w = weight.tracked()
                let loss = square(w * x - 1).mean()
                return loss.backward()[w].floats[0]
            }
            _ = step()
            MemoryPool.resetPeak()
            let before = MemoryPool.bytesInUse
            _ = step()
            let peak = MemoryPool.peakBytes
            for _ in 0..<steps { _ = step() }
            precondition(MemoryPool.bytesInUse == before)
            precondition(MemoryPool.peakBytes == peak)
        }
    }

    @Test func threadsShareThePool() async {
        await #expect(processExitsWith: .success) {
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<4 {
                    group.addTask {
                        for round in 0..<2000 {
                            let size = (round % 50 + 1) * 40
                            let value = UInt8(task)
                            let block = MemoryPool.allocate(byteCount: size)
                            block.initializeMemory(as: UInt8.self, repeating: value, count: size)
                            let bytes = UnsafeRawBufferPointer(start: block, count: size)
                            precondition(bytes.allSatisfy { $0 == value })
                            MemoryPool.release(block, byteCount: size)
                        }
                    }
                }
            }
            precondition(MemoryPool.bytesInUse == 0)
        }
    }
}
