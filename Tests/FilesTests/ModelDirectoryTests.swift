import ApusCore
import ApusFiles
import ApusNN
import ApusSystem
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct ModelDirectoryTests {
    func write(_ folder: String, _ files: [String: String] = ["config.json": "{}", "a": "1"]) throws
    {
        try ModelDirectory.write(to: folder) { inner in
            for (name, text) in files { try put(Array(text.utf8), at: inner + "/" + name) }
        }
    }

    @Test func theSumsAreThoseOfSHA256Sum() throws {
        try withTemporaryFolder { folder in
            try write(folder + "/m")
            let sums = String(decoding: try readFile(folder + "/m/SHA256SUMS"), as: UTF8.self)
            #expect(
                sums == """
                    6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  a
                    44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  config.json

                    """)
            let directory = try ModelDirectory(checking: folder + "/m")
            #expect(try directory.file("a") == folder + "/m/a")
            #expect(
                message { _ = try directory.file("b") } == "\(folder)/m: the model has no b")
        }
    }

    @Test func whatWasChangedIsRefused() throws {
        try withTemporaryFolder { folder in
            let model = folder + "/m"
            try write(model)
            try put([0x32], at: model + "/a")
            #expect(
                message { _ = try ModelDirectory(checking: model) }
                    == "\(model)/a: the file was changed or damaged since the model was saved")
            try removeTree(model + "/a")
            #expect(
                message { _ = try ModelDirectory(checking: model) }
                    == "\(model)/a: no such file or folder")
            try put(Array("nonsense\n".utf8), at: model + "/SHA256SUMS")
            #expect(
                message { _ = try ModelDirectory(checking: model) }
                    == "\(model)/SHA256SUMS:1: not a line of a checksum list")
            try put([], at: model + "/SHA256SUMS")
            #expect(
                message { _ = try ModelDirectory(checking: model) }
                    == "\(model)/SHA256SUMS: the list of checksums is empty")
            let outside = String(repeating: "0", count: 64) + "  ../x\n"
            try put(Array(outside.utf8), at: model + "/SHA256SUMS")
            #expect(
                message { _ = try ModelDirectory(checking: model) }
                    == "\(model)/SHA256SUMS:1: not a line of a checksum list")
            try removeTree(model + "/SHA256SUMS")
            #expect(
                message { _ = try ModelDirectory(checking: model) }
                    == "\(model): there is no model in this folder (no SHA256SUMS)")
        }
    }

    @Test func onlyModelsAreReplaced() throws {
        try withTemporaryFolder { folder in
            let model = folder + "/m"
            try write(model)
            try write(model, ["config.json": "{}", "b": "2"])
            #expect(try listDirectory(model) == ["SHA256SUMS", "b", "config.json"])

            // What somebody put beside the model's files.
            try put([1], at: model + "/notes.txt")
            let refusal = "\(model): the folder holds other files (notes.txt), nothing replaced"
            #expect(message { try ModelDirectory.checkWritable(model) } == refusal)
            #expect(message { try write(model) } == refusal)
            #expect(try readFile(model + "/b") == Array("2".utf8))

            // Somebody's downloads, with sums of their own.
            let downloads = folder + "/downloads"
            try createDirectory(downloads)
            try put([1], at: downloads + "/system.iso")
            try put([2], at: downloads + "/SHA256SUMS")
            #expect(message { try write(downloads) }.contains("the folder holds other files"))
            #expect(message { try ModelDirectory.checkWritable(downloads) }.contains("other files"))
            #expect(try listDirectory(downloads) == ["SHA256SUMS", "system.iso"])
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["a", "SHA256SUMS"])
    func pipesAndDevicesAreRefusedUnread(file: String) throws {
        try withTemporaryFolder { folder in
            let model = folder + "/m"
            try write(model)
            let path = model + "/" + file
            for make in [{ _ = mkfifo(path, 0o600) }, { _ = symlink("/dev/zero", path) }] {
                try removeTree(path)
                make()
                #expect(
                    message { _ = try ModelDirectory(checking: model) }
                        == "\(path): this is a pipe or a device, a regular file is needed")
                #expect(
                    message { try ModelDirectory.checkWritable(model) }.contains("other files")
                        == (file == "SHA256SUMS"))
            }
        }
    }

    @Test func aFileIsNoModel() throws {
        try withTemporaryFolder { folder in
            try put([1], at: folder + "/q.csv")
            let found = #expect(throws: ModelDirectoryError.self) {
                try ModelDirectory(checking: folder + "/q.csv")
            }
            #expect(found == .notFolder(path: folder + "/q.csv"))
            #expect(found?.hint?.contains("the first argument is a model's folder") == true)
        }
    }

    @Test func aPlaceThatCannotBeWrittenIsFoundOutBefore() throws {
        try withTemporaryFolder { folder in
            try ModelDirectory.checkWritable(folder + "/new/deep/model")
            #expect(try listDirectory(folder).isEmpty)
            try put([1], at: folder + "/file")
            #expect(
                message { try ModelDirectory.checkWritable(folder + "/file") }
                    == "\(folder)/file: this is not a folder")
            #expect(
                message { try ModelDirectory.checkWritable(folder + "/file/model") }
                    .hasSuffix("file: this is not a folder"))
        }
    }

    @Test func parametersComeBackOnlyWhenAllFit() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/f"
            let layer = Linear(3, 2)
            try layer.save(to: path)
            let other = Linear(3, 2)
            try other.load(from: path)
            #expect(other.weight.value.floats == layer.weight.value.floats)

            let bias = other.bias?.value.floats
            try writeSafetensors(
                [("weight", .zeros(Shape(2, 3))), ("bias", .zeros(Shape(3)))], to: path)
            #expect(
                message { try other.load(from: path) }
                    == "\(path): tensor \"bias\" is float32 [3], and must be float32 [2]")
            #expect(other.weight.value.floats == layer.weight.value.floats)
            #expect(other.bias?.value.floats == bias)
        }
    }
}
