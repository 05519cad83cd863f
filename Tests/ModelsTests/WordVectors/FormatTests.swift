import ApusModels
import ApusSystem
import ApusText
import Testing

struct WordVectorFormatTests {
    private func expectSame(
        _ found: WordVectors, _ wanted: WordVectors,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.words == wanted.words, sourceLocation: sourceLocation)
        #expect(
            found.values.map(\.bitPattern) == wanted.values.map(\.bitPattern),
            sourceLocation: sourceLocation)
        #expect(found.dimension == wanted.dimension, sourceLocation: sourceLocation)
    }

    @Test(arguments: WordVectorFormat.allCases)
    func everyFormatGivesBackTheVectorsToTheBit(format: WordVectorFormat) throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "vectors")
            let vectors = SampleVectors.withSubwords()
            try vectors.save(to: path, format: format)
            let read = try WordVectors(file: path)
            expectSame(read, vectors)
            if format == .fastText || format == .safetensors {
                #expect(read.counts == vectors.counts)
                #expect(read.contexts == vectors.contexts)
                #expect(read.subwords?.vectors == vectors.subwords?.vectors)
                #expect(read.vector(of: "unseen") == vectors.vector(of: "unseen"))
                let again = joinPath(folder, "again")
                try read.save(to: again, format: format)
                #expect(try readFile(again) == readFile(path))
            }
            expectSame(try WordVectors(file: path, limit: 5), vectors.first(5))
        }
    }

    @Test func wordsMayBeAnyBytes() throws {
        try withTemporaryFolder { folder in
            var words = TextStore()
            for bytes: [UInt8] in [
                [0xFF, 0xFE], [0xC3], Array("é".utf8), Array("e\u{301}".utf8), [1],
            ] {
                bytes.withUnsafeBufferPointer { words.append($0) }
            }
            let vectors = WordVectors(
                words: words,
                vectors: [1, -2, 0.1, 1e-30, 3e38, .leastNonzeroMagnitude, -0.0, 5, 7, 0.3],
                dimension: 2)
            for format in [WordVectorFormat.word2vecText, .word2vecBinary, .gloVe, .fastText] {
                let path = joinPath(folder, format.rawValue)
                try vectors.save(to: path, format: format)
                expectSame(try WordVectors(file: path), vectors)
            }
            #expect(throws: WordVectorError.self) {
                try vectors.save(to: joinPath(folder, "x"), format: .safetensors)
            }
        }
    }

    @Test func spacesInWordsAreKeptWhereTheFormatCanTellThem() throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "x")
            let vectors = WordVectors(
                words: ["new york", "a", ". . ."], vectors: [1, 2, 3, 4, 5, 6], dimension: 2)
            for format in [WordVectorFormat.word2vecText, .safetensors] {
                try vectors.save(to: path, format: format)
                expectSame(try WordVectors(file: path), vectors)
            }
            for format in [WordVectorFormat.word2vecBinary, .fastText] {
                #expect(throws: WordVectorError.self) { try vectors.save(to: path, format: format) }
            }
        }
    }

    /// What other programs write: trailing spaces, CRLF, tabs, empty lines at the end, repeated words.
    @Test(arguments: [
        "3 2\na 1 2 \nb 3 4 \nc 5 6 \n", "3 2\r\na 1 2\r\nb 3 4\r\nc 5 6\r\n",
        "  3   2 \na 1 2\nb 3 4\nc 5 6",
        "a\t1\t2\nb\t3\t4\nc\t5\t6\n\n\n", "a 1.0 2e0\nb +3 0.4e1\nc 5 600.E-2",
        "a 1 2\nb 3 4\na 9 9\nc 5 6\n",
        "4 2\na 1 2\nb 3 4\nb 7 7\nc 5 6\nrest is not read",
    ])
    func theQuirksOfTextFilesAreUnderstood(text: String) throws {
        try withTemporaryFolder {
            let path = joinPath($0, "x.txt")
            try write(Array(text.utf8), to: path)
            expectSame(
                try WordVectors(file: path),
                WordVectors(words: ["a", "b", "c"], vectors: [1, 2, 3, 4, 5, 6], dimension: 2))
        }
    }

    @Test func binaryRowsMayEndWithALineFeedOrNot() throws {
        try withTemporaryFolder { folder in
            func floats(_ values: [Float]) -> [UInt8] {
                values.flatMap { value in withUnsafeBytes(of: value) { Array($0) } }
            }
            for feed in [[], [UInt8(ascii: "\n")]] {
                let path = joinPath(folder, "x\(feed.count)")
                try write(
                    Array("2 2\nab ".utf8) + floats([1, -2]) + feed + Array("c ".utf8)
                        + floats([0.5, 4]) + feed,
                    to: path)
                expectSame(
                    try WordVectors(file: path),
                    WordVectors(words: ["ab", "c"], vectors: [1, -2, 0.5, 4], dimension: 2))
            }
        }
    }

    @Test(
        arguments: [
            ("1.17549435e-38", .leastNormalMagnitude), ("1e-45", .leastNonzeroMagnitude),
            ("3.4028235e38", 3.4028235e38),
            ("0.1", 0.1), ("16777217", 16_777_216), ("16777219", 16_777_220),
            ("8388609.5", 8_388_610),
            ("1.00000005960464477539062500000001", 1.0000001),
            ("123456789012345678901234567890", 1.2345679e29),
            ("-.5", -0.5), ("5.", 5), ("00000000000000000000000000001", 1), ("0e999999999", 0),
            ("1e-999999999", 0),
        ] as [(String, Float)])
    func numbersAreRoundedCorrectly(text: String, expected: Float) throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "x")
            try write(Array("w 1 \(text)\n".utf8), to: path)
            #expect(try WordVectors(file: path).values[1].bitPattern == expected.bitPattern)
        }
    }

    @Test(arguments: [
        ("", "no file of word vectors"), ("hello world\n", "no file of word vectors"),
        ("3 2\na 1 2\nb 3 4\n", ":4: 3 words are promised, and the file ends after 2"),
        ("3 2\na 1 2\nb 3\nc 5 6\n", ":3: 1 numbers, 2 are needed"),
        ("a 1 2\nb 3 x\n", ":2: “x” is no finite number"),
        ("a 1 2\nb nan 1\n", ":2: “nan” is no finite number"),
        ("a 1 2\nb 1e39 1\n", ":2: “1e39” is no finite number"),
        ("1 0\na\n", ":1: vectors of 0 numbers"),
        ("1 99999999999\na 1\n", ":1: vectors of 99999999999 numbers"),
        ("9999999999999 300\na", ":2: 0 numbers, 300 are needed"),
        ("a 1 2\n\nb 3 4\n", ":2: an empty line between rows"),
        ("PK\u{3}\u{4}xxxx", "zip archive"),
    ])
    func brokenTextIsRefusedWithItsPlace(text: String, message: String) throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "x")
            try write(Array(text.utf8), to: path)
            let error = #expect(throws: (any Error).self) { try WordVectors(file: path) }
            let told = (error as? any DescribedError)?.message ?? ""
            #expect(told.contains(message), "\(told)")
            #expect(told.hasPrefix(path))
        }
    }

    @Test func quantizedFastTextIsRefusedClearly() throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "x.ftz")
            let whole = joinPath(folder, "x.bin")
            try SampleVectors.withSubwords().save(to: whole, format: .fastText)
            var bytes = try readFile(whole)
            // The number of pruned n-grams stands behind heading, arguments, and 20 bytes of sizes.
            for place in 84..<92 { bytes[place] = 0 }
            try write(bytes, to: path)
            let error = #expect(throws: WordVectorError.self) { try WordVectors(file: path) }
            #expect(error?.message.contains("quantized") == true)
        }
    }
}
