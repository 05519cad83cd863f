import ApusCore
import ApusNN
import Testing

/// A name belongs to one parameter.
struct ParameterNameTests {
    private struct Pair: ModelPart {
        let first: any ModelPart
        let second: any ModelPart
        var names = ("w", "w")
        var children: Children { [names.0: first, names.1: second] }
    }

    private static func parameter() -> Parameter { Parameter(Tensor([1])) }

    @Test func equalNamesAreRefusedAtOnce() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Pair(first: Self.parameter(), second: Self.parameter()).parameters
        }
        #expect(text(result).contains("Pair: two parameters are named \"w\""))
    }

    @Test func equalNamesDeepInsideAreRefusedToo() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let inner = Pair(
                first: Self.parameter(), second: Self.parameter(), names: ("a.b", "c"))
            _ = Pair(first: inner, second: [[Self.parameter()]], names: ("x", "x.a.b")).parameters
            _ =
                Pair(
                    first: [inner], second: Self.parameter(), names: ("x", "x.0.a.b")
                ).parameterCount
        }
        #expect(text(result).contains("Pair: two parameters are named \"x.0.a.b\""))
    }

    @Test func oneParameterUnderSeveralNamesIsShared() {
        let shared = Self.parameter()
        let tied = Pair(first: shared, second: shared, names: ("embedding", "output"))
        #expect(tied.parameters.map(\.name) == ["embedding"])
        #expect(tied.parametersWithAllNames[0].names == ["embedding", "output"])
        #expect(Pair(first: shared, second: shared).parameters.map(\.name) == ["w"])
        let layers = [Linear(2, 2), Linear(2, 2)]
        #expect(layers.parameters.map(\.name) == ["0.weight", "0.bias", "1.weight", "1.bias"])
    }

    private func text(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }
}
