import ApusSystem
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct DirectoryTests {
    struct Stop: Error {}

    func write(_ folder: String, _ text: String) throws {
        try replaceDirectory(at: folder, owned: { _ in ["config.json", "vocab.txt"] }) {
            temporary in
            try put(text, at: temporary + "/config.json")
            try put(text, at: temporary + "/vocab.txt")
        }
    }

    @Test func aFolderIsReplacedAsAWhole() throws {
        try withTemporaryFolder { folder in
            let model = folder + "/models/first"
            try write(model, "one")
            try write(model, "two")
            #expect(try listDirectory(model) == ["config.json", "vocab.txt"])
            #expect(try readFile(model + "/vocab.txt") == Array("two".utf8))
            #expect(try listDirectory(folder + "/models") == ["first"])
        }
    }

    @Test func anErrorLeavesTheOldFolderAndNothingElse() throws {
        try withTemporaryFolder { folder in
            try write(folder + "/model", "one")
            #expect(throws: Stop.self) {
                try replaceDirectory(
                    at: folder + "/model", owned: { _ in ["config.json", "vocab.txt"] }
                ) { temporary in
                    try put("half", at: temporary + "/config.json")
                    throw Stop()
                }
            }
            #expect(try readFile(folder + "/model/config.json") == Array("one".utf8))
            #expect(try listDirectory(folder) == ["model"])
        }
    }

    @Test func anEmptyFolderIsReplacedAndSomebodysFilesAreNot() throws {
        try withTemporaryFolder { folder in
            try createDirectory(folder + "/empty")
            try write(folder + "/empty", "one")
            try createDirectory(folder + "/letters")
            try put("Dear", at: folder + "/letters/first.txt")
            let path = folder + "/letters"
            #expect(throws: FileError.notReplaceable(path: path, others: ["first.txt"])) {
                try write(path, "one")
            }
            #expect(try listDirectory(path) == ["first.txt"])
            try put("", at: folder + "/file")
            #expect(throws: FileError.notDirectory(path: folder + "/file")) {
                try write(folder + "/file", "one")
            }
        }
    }

    @Test func whatWasAddedToAFolderIsNeverReplaced() throws {
        try withTemporaryFolder { folder in
            let model = folder + "/model"
            try write(model, "one")
            for name in [".git", "notes", "sub", "vocab.txt"] {
                if name == "vocab.txt" { try removeTree(model + "/vocab.txt") }
                try createDirectory(model + "/" + name)
            }
            let expected = FileError.notReplaceable(
                path: model, others: [".git", "notes", "sub", "vocab.txt"])
            #expect(throws: expected) { try write(model, "two") }
            #expect(
                expected.message.hasSuffix("other files (.git, notes, sub, …), nothing replaced"))
            #expect(try readFile(model + "/config.json") == Array("one".utf8))
        }
    }

    @Test func aLinkThatLeadsNowhereIsFoundOutBefore() throws {
        try withTemporaryFolder { folder in
            symlink("nowhere", folder + "/link")
            for path in [folder + "/link", folder + "/link/", folder + "/link/model"] {
                let found = #expect(throws: FileError.self) {
                    try checkReplaceable(at: path, owned: { _ in [] })
                }
                #expect(found?.message.hasSuffix("a link that leads nowhere") == true, "\(path)")
            }
            let names = try listDirectory(folder)
            #expect(names == ["link"])
        }
    }

    @Test func pipesAndDevicesAreNoRegularFiles() throws {
        try withTemporaryFolder { folder in
            try put("text", at: folder + "/file")
            symlink("file", folder + "/link")
            try checkRegularFile(folder + "/link")
            mkfifo(folder + "/pipe", 0o600)
            symlink("/dev/zero", folder + "/zero")
            for path in [folder + "/pipe", folder + "/zero"] {
                #expect(throws: FileError.notRegular(path: path)) { try checkRegularFile(path) }
            }
            #expect(throws: FileError.isDirectory(path: folder)) { try checkRegularFile(folder) }
        }
    }

    @Test func removingATreeDoesNotFollowLinks() throws {
        try withTemporaryFolder { folder in
            try createDirectory(folder + "/kept")
            try put("kept", at: folder + "/kept/file")
            try createDirectory(folder + "/gone/inner")
            symlink(folder + "/kept", folder + "/gone/inner/link")
            symlink("nowhere", folder + "/gone/broken")
            try removeTree(folder + "/gone")
            try removeTree(folder + "/gone")
            #expect(try listDirectory(folder) == ["kept"])
            #expect(fileExists(folder + "/kept/file"))
        }
    }

    @Test func namesComeInTheOrderOfTheirBytes() throws {
        try withTemporaryFolder { folder in
            for name in ["b", "a", "Z", "é", "e\u{301}"] { try put("", at: folder + "/" + name) }
            let names = try listDirectory(folder)
            #expect(
                names.map { Array($0.utf8) }
                    == ["Z", "a", "b", "e\u{301}", "é"].map { Array($0.utf8) })
        }
    }

    @Test func creatingNamesWhatIsInTheWay() throws {
        try withTemporaryFolder { folder in
            try put("", at: folder + "/file")
            #expect(throws: FileError.notDirectory(path: folder + "/file")) {
                try createDirectory(folder + "/file")
            }
            #expect(throws: FileError.notDirectory(path: folder + "/file/inner")) {
                try createDirectory(folder + "/file/inner")
            }
            try createDirectory(folder + "/a/b/c")
            try createDirectory(folder + "/a/b/c/")
            #expect(isDirectory(folder + "/a/b/c"))
        }
    }
}
