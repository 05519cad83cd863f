import ApusSystem
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct FileTests {
    struct Stop: Error {}

    @Test func whatIsWrittenIsReadBack() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/file"
            let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try atomicWrite(to: path) { writer in
                try writer.write(Array(bytes[..<3]))
                try writer.write(Array(bytes[3...]))
                #expect(writer.count == bytes.count)
            }
            #expect(try readFile(path) == bytes)
            #expect(try fileSize(path) == bytes.count)
            #expect(try listDirectory(folder) == ["file"])
        }
    }

    @Test func anErrorLeavesTheOldFileAndNothingElse() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/file"
            try put("old", at: path)
            #expect(throws: Stop.self) {
                try atomicWrite(to: path) { writer in
                    try writer.write("new")
                    throw Stop()
                }
            }
            #expect(try readFile(path) == Array("old".utf8))
            #expect(try listDirectory(folder) == ["file"])
        }
    }

    @Test func aNewFileHasTheModeOfAnyNewFile() throws {
        try withTemporaryFolder { folder in
            try put("", at: folder + "/ours")
            let other = open(folder + "/theirs", O_CREAT | O_WRONLY, 0o666)
            close(other)
            var ours = stat()
            var theirs = stat()
            stat(folder + "/ours", &ours)
            stat(folder + "/theirs", &theirs)
            #expect(ours.st_mode == theirs.st_mode)
        }
    }

    @Test func aLinkIsFollowedWhenWriting() throws {
        try withTemporaryFolder { folder in
            try createDirectory(folder + "/inner/deep")
            try put("old", at: folder + "/inner/file")
            symlink("inner/file", folder + "/link")
            try put("new", at: folder + "/link")
            #expect(try readFile(folder + "/inner/file") == Array("new".utf8))
            #expect(try listDirectory(folder) == ["inner", "link"])
        }
    }

    @Test func devicesAreWrittenAndNotReplaced() throws {
        try put("nothing", at: "/dev/null")
        #expect(try readFile("/dev/null") == [])
        #expect(try listDirectory("/dev").contains("null"))
    }

    #if os(Linux)
        @Test func aFullDiskIsToldAsOne() {
            let full = FileError.diskFull(path: "/dev/full")
            #expect(throws: full) { try put("x", at: "/dev/full") }
            #expect(throws: full) {
                try put([UInt8](repeating: 1, count: 1 << 20), at: "/dev/full")
            }
        }
    #endif

    @Test func whatAKilledWriterLeftIsRemovedByTheNextOne() throws {
        try withTemporaryFolder { folder in
            let left = open(folder + "/.apus-1-1.partial", O_CREAT | O_WRONLY, 0o666)
            close(left)
            try createDirectory(folder + "/.apus-1-2.partial/inner")
            try atomicWrite(to: folder + "/file") { _ in
                // The one that is being written is locked, and no other writer's business.
                try put("", at: folder + "/second")
            }
            #expect(try listDirectory(folder) == ["file", "second"])
        }
    }

    @Test func errorsNameTheFileAndTheRemedy() throws {
        try withTemporaryFolder { folder in
            try put("", at: folder + "/train.csv")
            try createDirectory(folder + "/data")
            func failure(_ path: String) -> FileError? {
                do { _ = try readFile(path) } catch { return error as? FileError }
                return nil
            }
            let near = failure(folder + "/tran.csv")
            #expect(near?.message == "\(folder)/tran.csv: no such file or folder")
            #expect(near?.hint == "did you mean \(folder)/train.csv?")
            #expect(
                failure(folder + "/dta/x.csv")?.hint
                    == "there is no folder \(folder)/dta; did you mean \(folder)/data?")
            #expect(failure(folder) == .isDirectory(path: folder))
            #expect(failure("") == .invalidPath(path: ""))
            #expect(failure("a\0b") == .invalidPath(path: "a\0b"))
            #expect(
                failure(folder + "/train.csv/x") == .notDirectory(path: "\(folder)/train.csv/x"))
            #expect(throws: FileError.isDirectory(path: folder + "/data")) {
                try put("", at: folder + "/data")
            }
            let missing = message { try put("", at: folder + "/no/file") }
            #expect(missing == "\(folder)/no/file: no such file or folder")
            #expect(printable("a\nb\u{2028}\u{1b}é") == "a\\u{a}b\\u{2028}\\u{1b}é")
        }
    }

    @Test func aFileThatMayNotBeWrittenStaysAsItIs() throws {
        // Root may write everything.
        guard getuid() != 0 else { return }
        try withTemporaryFolder { folder in
            let path = folder + "/file"
            try put("old", at: path)
            chmod(path, 0o400)
            #expect(throws: FileError.permissionDenied(path: path, action: .write)) {
                try put("new", at: path)
            }
        }
    }

    @Test func mappedFilesShowTheBytes() throws {
        try withTemporaryFolder { folder in
            try put("abc", at: folder + "/file")
            try put("", at: folder + "/empty")
            #expect(try MappedFile(folder + "/file").withUnsafeBytes { Array($0) } == [97, 98, 99])
            #expect(try MappedFile(folder + "/empty").withUnsafeBytes { $0.count } == 0)
            #expect(try MappedFile("/dev/null").withUnsafeBytes { $0.count } == 0)
            #expect(throws: FileError.isDirectory(path: folder)) { _ = try MappedFile(folder) }
        }
    }

    @Test func pathsComeApartAndTogether() {
        #expect(lastComponent(of: "data/train.csv/") == "train.csv")
        #expect(parentDirectory(of: "data//train.csv") == "data")
        #expect(parentDirectory(of: "train.csv") == ".")
        #expect(parentDirectory(of: "/train.csv") == "/")
        #expect(joinPath("/", "a") == "/a")
        #expect(joinPath("a", "b") == "a/b")
    }

    @Test func readingStopsAtTheLimit() throws {
        #expect(throws: FileError.fileTooLong(path: "text", limit: 2)) {
            _ = try BytesReader("abc", name: "text").readToEnd(limit: 2)
        }
        #expect(try BytesReader("abc", name: "text").readToEnd(limit: 3).count == 3)
    }
}
