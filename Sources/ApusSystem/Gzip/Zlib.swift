#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The three functions of zlib that decompress, found at run time: the package links no library.
package struct Zlib: Sendable {
    // The raw pointers are to a `Stream`, which keeps its address from start to end: zlib checks that.
    typealias Start =
        @convention(c) (UnsafeMutableRawPointer, Int32, UnsafePointer<CChar>, Int32) -> Int32
    typealias Step = @convention(c) (UnsafeMutableRawPointer, Int32) -> Int32
    typealias Call = @convention(c) (UnsafeMutableRawPointer) -> Int32

    let inflateInit2: Start
    let inflate: Step
    let inflateReset: Call
    let inflateEnd: Call

    static let ok: Int32 = 0
    static let streamEnd: Int32 = 1
    static let dataError: Int32 = -3
    static let bufferError: Int32 = -5
    /// The largest window (15), and 16 for "gzip's header, nothing else".
    static let gzipWindow: Int32 = 15 + 16

    /// The library, or nil where there is none.
    package static let shared = Zlib()

    private init?() {
        let names = ["libz.so.1", "libz.so", "libz.dylib", "/usr/lib/libz.dylib"]
        for name in names {
            guard let library = dlopen(name, RTLD_NOW),
                let start = dlsym(library, "inflateInit2_"),
                let step = dlsym(library, "inflate"),
                let reset = dlsym(library, "inflateReset"),
                let end = dlsym(library, "inflateEnd")
            else { continue }
            inflateInit2 = unsafeBitCast(start, to: Start.self)
            inflate = unsafeBitCast(step, to: Step.self)
            inflateReset = unsafeBitCast(reset, to: Call.self)
            inflateEnd = unsafeBitCast(end, to: Call.self)
            return
        }
        return nil
    }

    /// zlib's `z_stream`, field by field (zlib.h); zlib itself compares its size at the start.
    struct Stream {
        var nextInput: UnsafeRawPointer?
        var availableInput: UInt32 = 0
        var totalInput: UInt = 0
        var nextOutput: UnsafeMutableRawPointer?
        var availableOutput: UInt32 = 0
        var totalOutput: UInt = 0
        var message: UnsafePointer<CChar>?
        var state: OpaquePointer?
        var allocate: OpaquePointer?
        var free: OpaquePointer?
        var opaque: OpaquePointer?
        var dataType: Int32 = 0
        var checksum: UInt = 0
        var reserved: UInt = 0
    }
}
