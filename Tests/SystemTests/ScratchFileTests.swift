import ApusSystem
import Testing

@Test func aScratchFileGivesBackWhatWasWrittenAndLeavesNoName() throws {
    let folder = "/tmp/apus-scratch-\(UInt64.random(in: 0 ... .max))"
    try createDirectory(folder)
    defer { try? removeTree(folder) }
    var file = try ScratchFile(in: folder)
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try bytes.withUnsafeBytes { try file.write($0) }
    try bytes.withUnsafeBytes { try file.write($0) }
    #expect(file.count == 400_000)
    #expect(try listDirectory(folder) == [])
    try file.flush()
    var part = [UInt8](repeating: 0, count: 1000)
    try part.withUnsafeMutableBytes { try file.read(into: $0, at: 199_500) }
    #expect(part == Array(bytes.suffix(500) + bytes.prefix(500)))
}

@Test func aScratchFileEndsWhereItEnds() throws {
    var file = try ScratchFile(in: "/tmp")
    try [UInt8](repeating: 1, count: 10).withUnsafeBytes { try file.write($0) }
    try file.flush()
    var part = [UInt8](repeating: 0, count: 8)
    var failed = false
    do {
        try part.withUnsafeMutableBytes { try file.read(into: $0, at: 5) }
    } catch { failed = error is FileError }
    #expect(failed)
    #expect(throws: FileError.self) { _ = try ScratchFile(in: "/no/such/folder") }
}
