import ApusSystem
import Testing

@Suite struct FormattingTests {
    @Test func numbersHaveFixedDigits() {
        #expect(fixed(0.97314, digits: 4) == "0.9731")
        #expect(fixed(-2.5, digits: 2) == "-2.50")
        #expect(fixed(0.999, digits: 2) == "1.00")
        #expect(fixed(-0.001, digits: 2) == "0.00")
        #expect(fixed(7.5, digits: 0) == "8")
        #expect(fixed(1e300, digits: 2) == "1e+300")
        #expect(fixed(.nan, digits: 2) == "nan")
        #expect(fixed(-.infinity, digits: 2) == "-inf")
    }

    @Test func thousandsAreSeparated() {
        #expect(grouped(0) == "0")
        #expect(grouped(999) == "999")
        #expect(grouped(-1000) == "-1,000")
        #expect(grouped(1_234_567) == "1,234,567")
        #expect(grouped(.min) == "-9,223,372,036,854,775,808")
    }

    @Test func spansOfTimeAreReadable() {
        #expect(duration(0.4) == "0:00")
        #expect(duration(67) == "1:07")
        #expect(duration(3 * 3600 + 130) == "3:02:10")
        #expect(duration(-1) == "0:00")
        #expect(duration(.infinity) == "277777:46:40")
    }
}
