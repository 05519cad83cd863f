import ApusCore
import ApusTesting
import Testing

struct TensorTests {
    @Test func numbersComeBackAsTheyWereGiven() {
        #expect(Tensor(1.5).shape == [])
        #expect(Tensor(1.5).scalar == 1.5)
        #expect(Tensor([1, 2, 3]).floats == [1, 2, 3])
        let matrix = Tensor([[1, 2, 3], [4, 5, 6]])
        #expect(matrix.shape == [2, 3])
        #expect(matrix.floats == [1, 2, 3, 4, 5, 6])
        #expect(Tensor(ids: [3, 1]).scalars(of: Int32.self) == [3, 1])
        #expect(Tensor([1.0, 2.0] as [Double], shape: [1, 2]).scalars(of: Double.self) == [1, 2])
        #expect(Tensor([true, false], shape: [2]).scalars(of: Bool.self) == [true, false])
        #expect(Tensor([[Float]]()).shape == [0, 0])
        #expect(Tensor([Float]()).floats == [])
    }

    @Test func filledTensorsHoldTheirValueInEveryType() {
        for type in ScalarType.allCases {
            #expect(Tensor.zeros([3], type).scalarType == type)
            #expect((0..<3).allSatisfy { Tensor.zeros([3], type).element(at: $0) == 0 })
            #expect((0..<3).allSatisfy { Tensor.ones([3], type).element(at: $0) == 1 })
        }
        #expect(Tensor(repeating: Float(7), shape: [2, 2]).floats == [7, 7, 7, 7])
        #expect(Tensor.zeros([2, 0]).count == 0)
    }

    @Test func aFunctionMayFillATensor() {
        let squares = Tensor.unsafe(shape: [4]) { (buffer: UnsafeMutableBufferPointer<Float>) in
            for index in buffer.indices { buffer[index] = Float(index * index) }
        }
        #expect(squares.floats == [0, 1, 4, 9])
    }

    @Test func theScalarIsReadFromEveryType() {
        #expect(Tensor([2.5] as [Double], shape: [1, 1]).scalar == 2.5)
        #expect(Tensor(ids: [4]).scalar == 4)
        #expect(Tensor([true], shape: []).scalar == 1)
    }

    @Test func bytesAreThoseOfTheElements() {
        let bytes = Tensor(ids: [1, 256]).withBytes { Array($0) }
        #expect(bytes == [1, 0, 0, 0, 0, 1, 0, 0])
        #expect(Tensor([Float]()).withBytes { $0.count } == 0)
    }

    @Test func theDescriptionIsTheElementsInBrackets() {
        #expect(Tensor(2).description == "2.0")
        #expect(Tensor([[1, 2], [3, 4]]).description == "[[1.0, 2.0],\n [3.0, 4.0]]")
        #expect(Tensor(ids: [1, -2]).description == "[1, -2]")
        #expect(Tensor([true], shape: [1, 1]).description == "[[true]]")
        #expect(Tensor.zeros([0]).description == "[]")
        #expect(Tensor.zeros([2, 0]).description == "[[],\n []]")
        let cube = Tensor(ids: Array(0..<8)).reshaped(to: [2, 2, 2])
        #expect(cube.description == "[[[0, 1],\n  [2, 3]],\n [[4, 5],\n  [6, 7]]]")
    }

    @Test func longAxesAreShortened() {
        #expect(
            Tensor(ids: Array(0..<13)).description == "[0, 1, 2, 3, 4, …, 8, 9, 10, 11, 12]")
        #expect(!Tensor(ids: Array(0..<12)).description.contains("…"))
    }

    @Test func dropoutKeepsTheExpectationAndFollowsFromItsKey() {
        let ones = Tensor.ones([10_000])
        let dropped = dropout(ones, probability: 0.25, key: RandomKey(1))
        #expect(dropped.floats.allSatisfy { $0 == 0 || $0 == 1 / 0.75 })
        #expect(abs(dropped.mean().scalar - 1) < 0.02)
        #expect(sameBits(dropped, dropout(ones, probability: 0.25, key: RandomKey(1))))
        #expect(!sameBits(dropped, dropout(ones, probability: 0.25, key: RandomKey(2))))
        #expect(dropout(ones, probability: 0, key: RandomKey(1)).floats == ones.floats)
        let x = Tensor.ones([8]).tracked()
        let y = dropout(x, probability: 0.5, key: RandomKey(3))
        #expect(sameBits(y.sum().backward()[x], y.detached()))
    }
}
