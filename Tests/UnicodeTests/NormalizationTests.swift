import ApusText
import Testing

private func normalized(
    _ text: [UInt8], _ form: NormalizationForm, _ edition: UnicodeEdition = .latest
) -> [UInt8] {
    text.withUnsafeBufferPointer { form.normalized($0, edition: edition) }
}

private func changes(_ text: String, _ form: NormalizationForm) -> [Int] {
    var (text, changes) = (text, [Int]())
    text.withUTF8 { form.forEachScalar(of: $0, edition: .huggingFace) { changes.append($1) } }
    return changes
}

/// The fingerprints are those of `Reference/unicode_goldens.py`: Python's unicodedata2 and Hugging
/// Face tokenizers.
struct NormalizationTests {
    private let plain = Sample.text(Sample.blocks, behind: "\n")
    private let marked = Sample.text(Sample.blocks, behind: "\u{301}\u{316}\n")

    @Test(
        arguments: [
            (NormalizationForm.nfc, 0x8E65_84C6_A082_7DA9, 0x80CD_254B_1705_F671),
            (.nfd, 0x9B49_53BA_B1D4_F387, 0x3DAC_6042_9300_7AA5),
            (.nfkc, 0xE951_0111_ED31_E1B4, 0x0851_4383_F545_0B9F),
            (.nfkd, 0x15D2_85F9_BD4F_3DF7, 0xB244_27AC_CA62_7F4B),
        ] as [(NormalizationForm, UInt64, UInt64)])
    func everyScalarIsNormalizedAsPythonDoes(
        _ form: NormalizationForm, _ plainPrint: UInt64, _ markedPrint: UInt64
    ) {
        #expect(Sample.fingerprint(normalized(plain, form)) == plainPrint)
        let result = normalized(marked, form)
        #expect(Sample.fingerprint(result) == markedPrint)
        #expect(normalized(result, form) == result)
    }

    @Test(
        arguments: [
            (NormalizationForm.nfc, 0x7F14_DA84_31A1_9109), (.nfd, 0x1772_C154_5285_E713),
            (.nfkc, 0x8C9B_1C46_8A16_F4D4), (.nfkd, 0x816F_CD34_5159_D0F8),
        ] as [(NormalizationForm, UInt64)])
    func theOlderEditionIsThatOfHuggingFace(_ form: NormalizationForm, _ print: UInt64) {
        #expect(Sample.fingerprint(normalized(marked, form, .huggingFace)) == print)
    }

    @Test func lettersAndAccentsAreTakenApartAndJoined() {
        func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
        #expect(scalars(NormalizationForm.nfc.normalized("e\u{301}")) == [0xE9])
        #expect(scalars(NormalizationForm.nfd.normalized("é")) == [0x65, 0x301])
        #expect(scalars(NormalizationForm.nfkd.normalized("ﬁ²")) == [0x66, 0x69, 0x32])
        // Hangul, by arithmetic.
        #expect(scalars(NormalizationForm.nfd.normalized("한")) == [0x1112, 0x1161, 0x11AB])
        #expect(scalars(NormalizationForm.nfc.normalized("\u{1112}\u{1161}\u{11AB}")) == [0xD55C])
        #expect(scalars(NormalizationForm.nfc.normalized("하\u{11AB}")) == [0xD55C])
        // A mark that is blocked by another of its class, and one that is not.
        #expect(scalars(NormalizationForm.nfc.normalized("a\u{300}\u{301}")) == [0xE0, 0x301])
        #expect(scalars(NormalizationForm.nfc.normalized("a\u{316}\u{301}")) == [0xE1, 0x316])
    }

    @Test func changesTellWhatBecameOfTheSource() {
        #expect(changes("abc", .nfc) == [0, 0, 0])
        #expect(changes("e\u{301}x", .nfc) == [-1, 0])
        #expect(changes("éx", .nfd) == [0, 1, 0])
        #expect(changes("é", .nfc) == [0])
        #expect(changes("ﬃ", .nfkc) == [0, 1, 1])
        #expect(changes("\u{1112}\u{1161}\u{11AB}", .nfc) == [-2])
        #expect(changes("e\u{323}\u{302}", .nfc) == [-2])
    }

    @Test func normalTextIsSeenToBeSo() {
        func isNormal(_ text: String, _ form: NormalizationForm) -> Bool {
            var text = text
            return text.withUTF8 { form.isClearlyNormal($0) }
        }
        #expect(NormalizationForm.allCases.allSatisfy { isNormal("plain ASCII\n", $0) })
        #expect(isNormal("Füße, Москва, 東京, 서울, ქართული", .nfc))
        #expect(!isNormal("é", .nfd))
        #expect(!isNormal("e\u{301}", .nfc))
        #expect(!isNormal("²", .nfkc))
    }

    @Test func bytesThatAreNotTextBecomeTheReplacementCharacter() {
        #expect(normalized([0x61, 0xFF, 0x62], .nfc) == Array("a\u{FFFD}b".utf8))
        #expect(normalized([0xCC], .nfd) == Array("\u{FFFD}".utf8))
        #expect(normalized([0x65, 0xCC, 0x81, 0xE4], .nfc) == Array("é\u{FFFD}".utf8))
    }

    @Test func aRunOfManyMarksIsOrdered() {
        let marks = String(repeating: "\u{301}\u{316}", count: 2000)
        let ordered =
            "á" + String(repeating: "\u{316}", count: 2000)
            + String(repeating: "\u{301}", count: 1999)
        let result = NormalizationForm.nfc.normalized("a" + marks)
        #expect(Array(result.utf8) == Array(ordered.precomposedA.utf8))
    }
}

extension String {
    /// The text with its first letter as U+00E1, however the source file writes it.
    fileprivate var precomposedA: String {
        "\u{E1}"
            + String(String.UnicodeScalarView(unicodeScalars.drop { $0 == "a" || $0 == "\u{E1}" }))
    }
}
