import ApusCore
import ApusNN
import ApusTesting
import Testing

struct ParameterTests {
    @Test func aSharedParameterIsListedOnceUnderItsFirstName() {
        let embedding = Embedding(5, 3)
        struct Tied: ModelPart {
            let embedding: Embedding
            let output: Linear
            var children: Children { ["embedding": embedding, "output": output] }
        }
        let model = Tied(embedding: embedding, output: Linear(weight: embedding.weight))
        #expect(model.parameters.map(\.name) == ["embedding.weight"])
        #expect(model.parameterCount == 15)
        // Both uses add to the one gradient.
        let states = model.embedding(Tensor(ids: [1]))
        let gradient = model.output(states).sum().backward()[embedding.weight]
        #expect(gradient.shape == [5, 3])
        let row = embedding.weight.value.slice(1..<2).floats
        #expect(Array(gradient.floats[..<3]) == row)
        #expect(Array(gradient.floats[3..<6]) != row)
    }

    @Test func aLeftOutPartHasNoName() {
        struct Part: ModelPart {
            var extra: Linear?
            var children: Children { ["extra": extra] }
        }
        #expect(Part().parameters.isEmpty)
        #expect(Part(extra: Linear(1, 1)).parameters.map(\.name) == ["extra.weight", "extra.bias"])
    }

    @Test func whoHoldsTheOldValuesKeepsThem() {
        let parameter = Parameter(Tensor([1, 2, 3]))
        let held = parameter.value
        let loss = (parameter.value * 2).sum()
        parameter.update(isPartial: false) { old, new in
            for index in 0..<3 { new.floats[index] = old.floats[index] * 10 }
        }
        #expect(held.floats == [1, 2, 3])
        #expect(loss.scalar == 12)
        #expect(parameter.value.floats == [10, 20, 30])
    }

    @Test func valuesThatNobodyHoldsAreChangedInPlace() {
        let parameter = Parameter(Tensor([1, 2, 3]))
        let before = parameter.value.storage.pointer
        parameter.update(isPartial: false) { old, new in
            for index in 0..<3 { new.floats[index] = old.floats[index] + 1 }
        }
        #expect(parameter.value.storage.pointer == before)
        #expect(parameter.value.floats == [2, 3, 4])
    }

    @Test func aPartialUpdateKeepsTheRest() {
        let parameter = Parameter(Tensor([1, 2, 3]))
        let held = parameter.value
        parameter.update(isPartial: true) { _, new in new.floats[1] = 7 }
        #expect(parameter.value.floats == [1, 7, 3])
        #expect(held.floats == [1, 2, 3])
    }

    @Test func aReshapedViewKeepsTheOldValuesToo() {
        let parameter = Parameter(Tensor([1, 2, 3, 4]))
        let view = parameter.value.detached().reshaped(to: [2, 2])
        parameter.update(isPartial: true) { _, new in new.floats[0] = 9 }
        #expect(view.floats == [1, 2, 3, 4])
        let source = Tensor([1, 2])
        let other = Parameter(source.reshaped(to: [1, 2]))
        other.update(isPartial: true) { _, new in new.floats[0] = 9 }
        #expect(source.floats == [1, 2])
        #expect(other.value.floats == [9, 2])
    }

    @Test func assignedValuesAreThere() {
        let parameter = Parameter(Tensor([1, 2]))
        parameter.assign(Tensor([3, 4]))
        #expect(parameter.value.floats == [3, 4])
        #expect(parameter.value.isTracked)
    }

    @Test func readersNeverSeeAHalfWrittenParameter() async {
        let parameter = Parameter(Tensor.zeros([512]))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for step in 1...200 {
                    parameter.update(isPartial: false) { _, new in
                        for index in 0..<512 { new.floats[index] = Float(step) }
                    }
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<200 {
                        let values = parameter.value.floats
                        #expect(values.count == 512)
                        #expect(values.allSatisfy { $0 == values[0] })
                    }
                }
            }
        }
        #expect(parameter.value.floats[0] == 200)
    }

    @Test func parametersOfAWrongTypeEndTheProgramWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Parameter(Tensor(ids: [1]))
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("Parameter: the elements are int32; only floats can be learned"))
    }
}
