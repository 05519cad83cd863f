import ApusModels
import ApusSystem
import Testing

/// Files that were cut, or in which bits were turned, are refused with their place or read as something; nothing
/// else happens.
struct DamagedVectorFileTests {
    private static let small = WordVectors(
        words: ["alpha", "beta", "gamma", "δ"], counts: [9, 7, 5, 3],
        vectors: [0.5, -1, 2, 3, 1e-3, 1, 7, 8, 9, 1, 2, 3], dimension: 3,
        subwords: SubwordTable(
            lengths: 3...4, bucketCount: 3, dimension: 3, vectors: [1, 2, 3, 4, 5, 6, 7, 8, 9],
            wordRows: [0.5, -1, 2, 3, 1e-3, 1, 7, 8, 9, 1, 2, 3]))

    private func read(_ bytes: [UInt8], _ path: String) throws {
        try write(bytes, to: path)
        do {
            let vectors = try WordVectors(file: path)
            #expect(vectors.values.count == vectors.count * vectors.dimension)
            #expect(vectors.values.allSatisfy { $0.isFinite })
        } catch let error as any DescribedError {
            let told = error.message
            #expect(told.hasPrefix(path), "\(told)")
        }
    }

    @Test(arguments: WordVectorFormat.allCases)
    func everyCutIsToldOrHarmless(format: WordVectorFormat) throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "whole")
            try Self.small.save(to: path, format: format)
            let bytes = try readFile(path)
            for length in bytes.indices { try read(Array(bytes[..<length]), joinPath(folder, "x")) }
            try read(bytes + [0], joinPath(folder, "x"))
        }
    }

    @Test(arguments: WordVectorFormat.allCases)
    func everyFlippedBitIsToldOrHarmless(format: WordVectorFormat) throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "whole")
            try Self.small.save(to: path, format: format)
            let bytes = try readFile(path)
            for place in bytes.indices {
                for bit in [0, 3, 6, 7] {
                    var changed = bytes
                    changed[place] ^= 1 << bit
                    try read(changed, joinPath(folder, "x"))
                }
                for value: UInt8 in [0, 0xFF] {
                    var changed = bytes
                    changed[place] = value
                    try read(changed, joinPath(folder, "x"))
                }
            }
        }
    }

    /// Sizes that no memory holds, in every 32-bit place of the headings.
    @Test func absurdSizesAskForNoMemory() throws {
        try withTemporaryFolder { folder in
            let path = joinPath(folder, "whole")
            try Self.small.save(to: path, format: .fastText)
            let bytes = try readFile(path)
            for place in stride(from: 4, to: min(bytes.count - 4, 140), by: 4) {
                for value in [Int32.max, .min, -1, 1 << 20, 1 << 30] {
                    var changed = bytes
                    withUnsafeBytes(of: value) {
                        changed.replaceSubrange(place..<place + 4, with: $0)
                    }
                    try read(changed, joinPath(folder, "x"))
                }
            }
            for heading in [
                "2000000000 1000000\n", "99999999999999999999 3\n", "4 1048576\n",
                "1000000000000 4\n",
            ] {
                try read(
                    Array(heading.utf8) + Array("a ".utf8) + Array(repeating: 0, count: 64),
                    joinPath(folder, "x"))
                try read(Array("\(heading)a 1 2 3\n".utf8), joinPath(folder, "x"))
            }
        }
    }
}
