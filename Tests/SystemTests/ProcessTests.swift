import ApusSystem
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct ProcessTests {
    @Test func misspeltNamesFindTheNearest() {
        let options = ["--train", "--text", "--label", "--learning-rate", "--out"]
        #expect(nearestName(to: "--tain", among: options) == "--train")
        #expect(nearestName(to: "--lable", among: options) == "--label")
        #expect(nearestName(to: "--learning", among: options) == "--learning-rate")
        #expect(nearestName(to: "--LABEL", among: options) == "--label")
        #expect(nearestName(to: "--vocabulary", among: options) == nil)
        #expect(nearestName(to: "x", among: ["y"]) == nil)
        #expect(nearestName(to: "", among: ["y"]) == nil)
        #expect(nearestName(to: "ab", among: ["ac", "ad"]) == "ac")
        #expect(nearestName(to: "étiqette", among: ["étiquette", "texte"]) == "étiquette")
    }

    @Test func theClockGoesForward() {
        let start = monotonicSeconds()
        usleep(2000)
        let seconds = monotonicSeconds() - start
        #expect(seconds >= 0.002 && seconds < 60)
    }

    @Test func emptyVariablesCountAsUnset() {
        setenv("APUS_TEST_VARIABLE", "x", 1)
        #expect(environmentVariable("APUS_TEST_VARIABLE") == "x")
        setenv("APUS_TEST_VARIABLE", "", 1)
        #expect(environmentVariable("APUS_TEST_VARIABLE") == nil)
        #expect(environmentVariable("APUS_TEST_VARIABLE_UNSET") == nil)
    }

    @Test func anInterruptRaisesTheFlagOnce() {
        #expect(!InterruptFlag.isRaised)
        InterruptFlag.install()
        #expect(!InterruptFlag.isRaised)
        // To the process: the threads that run tests block signals.
        kill(getpid(), SIGINT)
        for _ in 0..<1000 where !InterruptFlag.isRaised { usleep(1000) }
        #expect(InterruptFlag.isRaised)
        InterruptFlag.remove()
    }

    @Test func aChannelKeepsWhatIsWritten() throws {
        let channel = OutputChannel()
        try channel.write("a")
        try channel.writeLine("b")
        #expect(channel.captured == "ab\n")
        #expect(terminalWidth() > 0)
    }
}
