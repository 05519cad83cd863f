import ApusCore
import Testing

@Test func derivedKeysAreApart() {
    let key = RandomKey(42)
    var keys = [key] + key.split(100)
    keys += (0..<100).map { key.folded(in: $0) }
    keys += ["", "a", "a\0", "b", "dropout", "12345678", "123456789"].map { key.folded(in: $0) }
    keys += [key.folded(in: "a").folded(in: "b"), key.folded(in: "b").folded(in: "a")]
    #expect(Set(keys).count == keys.count)
}

@Test func derivedKeysStayTheSame() {
    let key = RandomKey(42)
    #expect(RandomKey(key.value) == key)
    #expect(key.split(3) == Array(key.split(8)[..<3]))
    #expect(key.folded(in: 7) == key.folded(in: UInt64(7)))
    #expect(key.split(2).map(\.value) == [2_328_898_750_184_109_929, 18_289_713_558_750_990_649])
    #expect(key.folded(in: 7).value == 18_088_235_565_719_553_718)
    #expect(key.folded(in: "dropout").value == 12_947_417_412_126_766_182)
}

@Test(arguments: [1, 2, 3])
func largeFillsDoNotDependOnThreads(_ threads: Int) {
    let key = RandomKey(3)
    let count = 100_001
    let alone = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
        for start in stride(from: 0, to: count, by: 10_000) {
            let part = start..<min(start + 10_000, count)
            key.fillNormal(
                UnsafeMutableBufferPointer(rebasing: buffer[part]), mean: 1, deviation: 2,
                from: UInt64(start))
        }
        filled = count
    }
    let together = Parallel.withThreads(threads) {
        [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            key.fillNormal(buffer, mean: 1, deviation: 2)
            filled = count
        }
    }
    #expect(together == alone)
}
