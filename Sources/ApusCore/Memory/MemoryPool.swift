#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Blocks of memory for tensors and workspaces: 64-byte aligned, kept for reuse when released.
package enum MemoryPool {
    /// A block of at least `byteCount` bytes, aligned to 64, contents undefined.
    package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 64), alignment: 64)
    }

    /// Gives a block back. `byteCount` is what it was allocated with.
    package static func release(_ block: UnsafeMutableRawPointer, byteCount: Int) {
        block.deallocate()
    }
}
