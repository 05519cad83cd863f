import ApusCore
import Testing

/// What compiled code cannot do ends the program with a sentence that says what to do instead.
struct CompiledTrapTests {
    @Test func lookingAtAComputedElementIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let step = compiled { (x: Tensor) in
                let total = x.sum()
                return total.scalar > 0 ? x : -x
            }
            _ = step(Tensor([1, 2]))
        }
        #expect(
            text(result).contains(
                "compiled: Tensor.scalar looks at the elements of a tensor [] that differ from call to call"
            ))
        #expect(text(result).contains("choose with select"))
    }

    @Test func printingAnArgumentIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let step = compiled { (x: Tensor) in
                print(x)
                return x * 2
            }
            _ = step(Tensor([1, 2]))
        }
        #expect(text(result).contains("compiled: Tensor.description looks at the elements"))
    }

    @Test func aKeyThatIsNotTheCallsIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let step = compiled { (x: Tensor) in dropout(x, probability: 0.5, key: RandomKey(1)) }
            _ = step(Tensor([1, 2]))
        }
        #expect(
            text(result).contains(
                "compiled: Dropout draws from a key that does not come from the call: it would repeat the same numbers in every call"
            ))
    }

    @Test func idsAreCheckedInEveryCall() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let table = Tensor.zeros([3, 2])
            let step = compiled { (ids: Tensor) in embedding(ids, table: table) }
            _ = step(Tensor(ids: [1, 2]))
            _ = step(Tensor(ids: [1, 9]))
        }
        #expect(
            text(result).contains(
                "Embedding: id 9 at position 1 is no row of a table with 3 rows (0..<3)"))
    }

    @Test func constantsMayBeLookedAt() {
        let rate = Tensor([0.5])
        let step = compiled { (x: Tensor) in rate.scalar > 0 ? x * 2 : x }
        #expect(step(Tensor([1])).floats == [2])
        #expect(step(Tensor([3])).floats == [6])
    }

    private func text(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }
}
