import ApusSystem
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs `body` with the path of an empty folder that is removed afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/apus-tests-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template))
    let folder = String(cString: made)
    defer { try? removeTree(folder) }
    try body(folder)
}

/// Writes a file the simplest way.
func put(_ bytes: [UInt8], at path: String) throws {
    try atomicWrite(to: path) { try $0.write(bytes) }
}

func put(_ text: String, at path: String) throws {
    try put(Array(text.utf8), at: path)
}

/// The message of the error that `body` throws.
func message(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch {
        return (error as? any DescribedError)?.message ?? "an error without words: \(error)"
    }
}

/// Gives out at most a few bytes a call, as pipes do.
final class TricklingReader: ByteReader {
    let name = "trickle"
    private let whole: BytesReader
    private let step: Int

    init(_ bytes: [UInt8], step: Int) {
        whole = BytesReader(bytes, name: "trickle")
        self.step = step
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        whole.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(step)))
    }
}

/// Reproducible bytes for tests of many inputs (SplitMix64).
struct TestRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
