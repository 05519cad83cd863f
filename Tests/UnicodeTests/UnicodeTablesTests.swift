import CApusUnicode
import Testing

struct UnicodeTablesTests {
    @Test func theTablesSayWhichVersionTheyHold() {
        #expect(apus_unicode_version >= 1600)
    }
}
