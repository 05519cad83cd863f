import ApusText
import Testing

/// The numbers are those of `Reference/unicode_goldens.py`, unless a comment says otherwise.
struct UnicodeTablesTests {
    @Test func theTablesSayWhichVersionTheyHold() {
        #expect(UnicodeTables.version == (18, 0))
    }

    @Test func everyCategoryIsThatOfPython() {
        let codes = GeneralCategory.allCases.map { Array($0.code.utf8) }
        var text: [UInt8] = []
        for scalar in UInt32(0)..<0x110000 {
            text += codes[Int(UnicodeTables.category(of: scalar).rawValue)]
        }
        #expect(Sample.fingerprint(text) == 0x867A_2E5E_9599_6DE4)
    }

    @Test func everyCombiningClassIsThatOfPython() {
        var text: [UInt8] = []
        for scalar in Sample.scalars {
            let own = UnicodeTables.combiningClass(of: scalar)
            if own > 0 { text += Array("\(own) ".utf8) }
        }
        #expect(Sample.fingerprint(text) == 0x92DF_CFEB_9244_82E0)
    }

    @Test func caseMappingsAreThoseOfPython() {
        let text = Sample.text(Sample.cased, behind: "\n")
        text.withUnsafeBufferPointer { text in
            let lower = Sample.fingerprint(CaseMapping.lower.mapped(text))
            #expect(lower == 0xC21E_14DE_992B_F4C2)
            let folded = Sample.fingerprint(CaseMapping.folding.mapped(text))
            #expect(folded == 0x3635_DBE5_4AF3_0E0F)
        }
    }

    @Test func caseFoldingMakesTextsEqual() {
        #expect(CaseMapping.folding.mapped("STRASSE") == CaseMapping.folding.mapped("straße"))
        #expect(CaseMapping.folding.mapped("ΣΊΣΥΦΟΣ") == CaseMapping.folding.mapped("σίσυφος"))
        #expect(CaseMapping.lower.mapped("ÅngSTRÖM İ") == "ångström i\u{307}")
        let long = String(repeating: "Swift ", count: 20)
        #expect(
            CaseMapping.lower.mapped(long + "É") == String(repeating: "swift ", count: 20) + "é")
    }

    @Test func accentsAreStripped() {
        #expect(
            strippingAccents("Crème brûlée, Ångström, Việt Nam")
                == "Creme brulee, Angstrom, Viet Nam")
        #expect(strippingAccents("łøß 한국") == "łøß 한국")
    }

    /// 25 scalars; those of ASCII take a way of their own.
    @Test func whiteSpaceIsThatOfTheStandardLibrary() {
        let ours = Sample.scalars.filter(UnicodeTables.isWhitespace)
        #expect(ours.count == 25)
        #expect(ours.allSatisfy { Unicode.Scalar($0)?.properties.isWhitespace ?? false })
    }

    @Test func scriptsHaveTwoNames() throws {
        let han = try #require(UnicodeScript(named: "han"))
        #expect(UnicodeTables.script(of: 0x6F22) == han)
        #expect(han.code == "Hani")
        #expect(UnicodeScript(named: "Latn") == UnicodeTables.script(of: 0x61))
        #expect(UnicodeScript(named: "Old_Italic") == UnicodeScript(named: "ital"))
        #expect(UnicodeScript(named: "Elvish") == nil)
        #expect(UnicodeTables.script(of: 0x378).name == "Unknown")
        #expect(UnicodeTables.script(of: 0x301).name == "Inherited")
    }

    @Test func numbersThatAreNoScalarsAreUnassigned() {
        for scalar in [0x110000, UInt32.max] {
            #expect(UnicodeTables.category(of: scalar) == .unassigned)
            #expect(UnicodeTables.lowercased(scalar) == scalar)
            #expect(!UnicodeTables.isWhitespace(scalar))
        }
        #expect(UnicodeTables.category(of: 0xD800) == .surrogate)
    }

    @Test func emojiAreKnown() {
        #expect(UnicodeTables.isEmojiPresentation(0x1F44D))
        #expect(UnicodeTables.isEmoji(0x23) && !UnicodeTables.isEmojiPresentation(0x23))
        #expect(UnicodeTables.isPictographic(0x2764))
    }

    @Test func whatHuggingFaceTakesScalarsForIsAsMeasured() {
        func count(_ holds: (UInt32) -> Bool) -> Int { Sample.scalars.count(where: holds) }
        #expect(count(HuggingFaceUnicode.isPunctuation) == 726)
        #expect(count(HuggingFaceUnicode.isNumeric) == 1924)
        #expect(count(HuggingFaceUnicode.isMark) == 2097)
        #expect(count(HuggingFaceUnicode.isNonspacingMark) == 1567)
        #expect(count(HuggingFaceUnicode.isControl) == 137_681)
        #expect(count(HuggingFaceUnicode.isWord) == 144_667)
    }
}
