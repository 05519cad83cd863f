import ApusCore
import Testing

/// A programmer's mistake ends the program with a sentence on the standard error.
struct TrapTests {
    @Test func aWrongShapeEndsTheProgramWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = matmul(Tensor.zeros([2, 3]), Tensor.zeros([4, 3]))
        }
        #expect(
            text(result).contains(
                "MatMul: [2, 3] and [4, 3]: the left's columns must equal the right's rows"))
    }

    @Test func aWrongIdEndsTheProgramWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = embedding(Tensor(ids: [1, 9]), table: Tensor.zeros([3, 2]))
        }
        #expect(
            text(result).contains(
                "Embedding: id 9 at position 1 is no row of a table with 3 rows (0..<3)"))
    }

    @Test func aLossThatIsNoNumberEndsTheProgramWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = (Tensor([1, 2]).tracked() * 2).backward()
        }
        #expect(text(result).contains("backward: the loss has the shape [2]; take its sum or mean"))
    }

    @Test func negativeSizesEndTheProgramWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor.zeros([6]).reshaped(to: [-2, -3])
        }
        #expect(
            text(result).contains("Reshape: [6] (6 elements) does not divide into [-2, -3]"))
    }

    @Test func tooManyAxesEndTheProgramWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Shape(Array(repeating: 1, count: 9))
        }
        #expect(text(result).contains("Shape: 9 axes; a tensor has at most 8"))
    }

    @Test func gradientsOfInnerTensorsEndTheProgramWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let y = Tensor([1]).tracked() * 2
            _ = y.sum().backward()[y]
        }
        #expect(text(result).contains("ask for its gradient with backward(keeping: [tensor])"))
    }

    @Test func rowsOfDifferentLengthsEndTheProgramWithASentence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor([[1, 2], [3]])
        }
        #expect(text(result).contains("Tensor: row 1 has 1 elements, row 0 has 2"))
    }

    private func text(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }
}
