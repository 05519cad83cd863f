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
    let folder = String(cString: try #require(mkdtemp(&template)))
    defer { try? removeTree(folder) }
    try body(folder)
}

/// Writes a file the simplest way.
func put(_ bytes: [UInt8], at path: String) throws {
    try atomicWrite(to: path) { try $0.write(bytes) }
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
