import ApusSystem
import Testing

/// "swifts sleep\n" and "on the wing\n", each compressed by Python's gzip with modification time 0.
private let firstMember: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x2B, 0x2E,
    0xCF, 0x4C, 0x2B, 0x29, 0x56, 0x28, 0xCE, 0x49, 0x4D, 0x2D, 0xE0, 0x02,
    0x00, 0x3E, 0xA4, 0xAF, 0xB3, 0x0D, 0x00, 0x00, 0x00,
]
private let secondMember: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0xCB, 0xCF,
    0x53, 0x28, 0xC9, 0x48, 0x55, 0x28, 0xCF, 0xCC, 0x4B, 0xE7, 0x02, 0x00,
    0x59, 0xB2, 0x73, 0x99, 0x0C, 0x00, 0x00, 0x00,
]

@Suite struct GzipTests {
    func unpacked(_ bytes: [UInt8], step: Int = .max) throws -> String {
        let reader = try GzipReader(TricklingReader(bytes, step: step))
        return String(decoding: try reader.readToEnd(), as: UTF8.self)
    }

    @Test func membersFollowEachOtherHoweverFewBytesArriveAtOnce() throws {
        for step in [1, 2, 7, 100_000] {
            #expect(try unpacked(firstMember, step: step) == "swifts sleep\n")
            #expect(
                try unpacked(firstMember + secondMember, step: step)
                    == "swifts sleep\non the wing\n")
        }
    }

    @Test func everyTruncationIsAnError() throws {
        let whole = firstMember + secondMember
        for count in 0..<whole.count where count != firstMember.count {
            let text = message { _ = try unpacked(Array(whole.prefix(count))) }
            #expect(text == "trickle: the compressed data ends early, after byte \(count)")
        }
    }

    @Test func everyFlippedBitIsAnErrorOrTheSameText() throws {
        for bit in 0..<(firstMember.count * 8) {
            var broken = firstMember
            broken[bit / 8] ^= 1 << (bit % 8)
            let text = try? unpacked(broken)
            #expect(text == nil || text == "swifts sleep\n")
        }
    }

    @Test func whatFollowsTheLastMemberIsNamedWithItsPlace() {
        let text = message { _ = try unpacked(firstMember + Array("more".utf8)) }
        #expect(
            text == "trickle: what follows the compressed data at byte 33 is not gzip")
    }

    @Test func zeroBytesBehindAMemberArePassedOver() throws {
        let zeros = [UInt8](repeating: 0, count: 70_000)
        for step in [1, 7, 100_000] {
            for count in [1, 2, 512, zeros.count] where step > 1 || count < 1000 {
                let padding = zeros.prefix(count)
                #expect(try unpacked(firstMember + padding, step: step) == "swifts sleep\n")
                #expect(
                    try unpacked(firstMember + padding + secondMember + padding, step: step)
                        == "swifts sleep\non the wing\n")
                let place = firstMember.count + count
                for garbage in [Array("m".utf8), Array("more".utf8), [0x1F, 0x8C, 8]] {
                    let text = message {
                        _ = try unpacked(firstMember + padding + garbage, step: step)
                    }
                    #expect(
                        text == "trickle: what follows the compressed data at byte \(place) is "
                            + "not gzip")
                }
            }
        }
        // A member that ends early is not filled up by zeros.
        #expect(throws: FileError.self) { try unpacked(firstMember.dropLast(9) + zeros) }
        #expect(throws: FileError.self) { try unpacked(Array(zeros)) }
    }

    @Test func brokenContentIsNamedWithItsPlace() {
        var broken = firstMember
        broken[firstMember.count - 6] ^= 1
        let text = message { _ = try unpacked(broken) }
        #expect(text.hasPrefix("trickle: broken compressed data near byte "))
        #expect(text.hasSuffix("(incorrect data check)"))
    }

    @Test func withoutZlibTheRemedyIsNamed() {
        #expect(throws: FileError.zlibMissing(path: "trickle")) {
            _ = try GzipReader(TricklingReader(firstMember, step: 1), zlib: nil)
        }
        #expect(FileError.zlibMissing(path: "a.gz").hint?.contains("gunzip a.gz") == true)
    }

    @Test func filesAreRecognizedByTheirFirstBytesAndNotByTheirName() throws {
        try withTemporaryFolder { folder in
            try put(firstMember, at: folder + "/compressed.txt")
            try put("plain\n", at: folder + "/plain.gz")
            try put([0x1F], at: folder + "/one")
            try put([], at: folder + "/empty.gz")
            #expect(try readFile(folder + "/compressed.txt") == Array("swifts sleep\n".utf8))
            #expect(try readFile(folder + "/plain.gz") == Array("plain\n".utf8))
            #expect(try readFile(folder + "/one") == [0x1F])
            #expect(try readFile(folder + "/empty.gz") == [])
        }
    }
}
