import ApusSystem
import Testing

@Suite struct SHA256Tests {
    /// The examples of FIPS 180-4 and NIST's "SHA-2 additional" vectors.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func knownTextsHaveTheirKnownHash(_ text: String, _ expected: String) {
        #expect(SHA256.hexadecimalDigest(of: Array(text.utf8)) == expected)
    }

    @Test func aMillionLettersHaveTheirKnownHash() {
        var hash = SHA256()
        for _ in 0..<1000 { hash.update([UInt8](repeating: UInt8(ascii: "a"), count: 1000)) }
        #expect(
            hexadecimal(hash.digest())
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func theHashDoesNotDependOnThePieces() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
        for length in [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 300] {
            let whole = SHA256.hexadecimalDigest(of: Array(bytes[..<length]))
            for step in [1, 13, 64, 65] {
                var hash = SHA256()
                for start in stride(from: 0, to: length, by: step) {
                    hash.update(Array(bytes[start..<min(start + step, length)]))
                    _ = hash.digest()
                }
                #expect(hexadecimal(hash.digest()) == whole)
            }
        }
    }
}
