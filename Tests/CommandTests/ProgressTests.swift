import ApusCommand
import ApusSystem
import Synchronization
import Testing

@Suite struct ProgressTests {
    let half = ProgressLine(
        title: "epoch 1", unit: "texts", completed: 13_000, total: 26_000, seconds: 2,
        note: "loss 0.231")

    @Test func theBarFillsTheWidthAndNoMore() {
        #expect(
            half.bar(width: 120)
                == "epoch 1  [===============>              ]"
                + "   50%  13,000/26,000 texts  6,500/s  0:02 left  loss 0.231")
        for width in 0..<150 { #expect(half.bar(width: width).count <= width) }
    }

    @Test func plainLinesTellTheSame() {
        #expect(half.plain == "epoch 1: 13,000/26,000 texts, 6,500/s, 0:02 left, loss 0.231")
        #expect(half.summary == "epoch 1: 13,000 texts in 0:02, 6,500/s, loss 0.231")
    }

    @Test func strangeNumbersStillMakeALine() {
        for (completed, total) in [(0, 0), (0, nil), (5, nil), (7, 5), (0, 9), (9, 9)]
            as [(Int, Int?)]
        {
            for seconds in [0, 1e-9, 1e9] {
                let line = ProgressLine(
                    title: "t", unit: "u", completed: completed, total: total, seconds: seconds)
                #expect(!line.bar(width: 60).isEmpty && line.bar(width: 60).count <= 60)
                #expect(!line.plain.isEmpty)
            }
        }
    }

    /// Work that takes `seconds` and tells of its progress each second.
    func log(isLive: Bool, seconds: Int) -> String {
        final class Time: Sendable {
            let now = Mutex(0.0)
        }
        let time = Time()
        let channel = OutputChannel()
        let bar = ProgressBar(
            title: "work", total: seconds, unit: "steps", channel: channel, isLive: isLive,
            clock: { time.now.withLock { $0 } })
        for second in 1...seconds {
            time.now.withLock { $0 = Double(second) }
            bar.update(completed: second)
        }
        bar.finish()
        return channel.captured
    }

    @Test func aPipeGetsALineEveryTenSecondsAndOneAtTheEnd() {
        #expect(
            log(isLive: false, seconds: 25) == """
                work: 10/25 steps, 1.0/s, 0:15 left
                work: 20/25 steps, 1.0/s, 0:05 left
                work: 25 steps in 0:25, 1.0/s

                """)
        #expect(log(isLive: false, seconds: 3) == "work: 3 steps in 0:03, 1.0/s\n")
    }

    @Test func aTerminalGetsABarThatIsErasedAtTheEnd() {
        let text = log(isLive: true, seconds: 3)
        #expect(text.split(separator: "\r").count == 4)
        #expect(text.hasSuffix("\r\u{1B}[Kwork: 3 steps in 0:03, 1.0/s\n"))
    }
}
