import ApusCore
import ApusTesting
import Testing

struct BroadcastTests {
    /// Random shapes that fit: each is the joined one with some axes cut off in front and some set to 1.
    private static let shapes: [(Shape, Shape)] = {
        var generator = RandomGenerator(RandomKey(5))
        return (0..<60).map { _ in
            let joined = (0..<generator.integer(below: 5)).map { _ in
                1 + generator.integer(below: 5)
            }
            func part() -> Shape {
                let kept = joined.dropFirst(generator.integer(below: joined.count + 1))
                return Shape(kept.map { generator.integer(below: 3) == 0 ? 1 : $0 })
            }
            return (part(), part())
        }
    }()

    @Test(arguments: [ScalarType.float32, .float64, .int32])
    func arithmeticBroadcastsLikeANaiveLoop(_ type: ScalarType) {
        for (a, b) in Self.shapes {
            let x = (Tensor.uniform(a, in: 0..<100, key: RandomKey(1))).converted(to: type)
            let y = (Tensor.uniform(b, in: 0..<100, key: RandomKey(2))).converted(to: type)
            let sum = x - y
            #expect(sum.shape == a.broadcast(with: b))
            for index in 0..<sum.count {
                let position = place(index, sum.shape)
                let expected = element(x, position) - element(y, position)
                let rounded = type == .float32 ? Double(Float(expected)) : expected
                #expect(sum.element(at: index) == rounded, "\(a) and \(b) at \(position)")
            }
        }
    }

    @Test func broadcastingRepeatsElementsOfEveryType() {
        for (a, b) in Self.shapes {
            guard let joined = a.broadcast(with: b) else { continue }
            for type in ScalarType.allCases {
                let x = Tensor.uniform(a, in: 0..<3, key: RandomKey(1)).converted(to: type)
                let repeated = x.broadcast(to: joined)
                #expect(repeated.shape == joined)
                for index in 0..<repeated.count {
                    #expect(repeated.element(at: index) == element(x, place(index, joined)))
                }
            }
        }
    }

    @Test func truthValuesCountAsNumbersBesideNumbers() {
        let x = Tensor([1, -2, 3])
        #expect((x * (x .> 0)).floats == [1, 0, 3])
        #expect((x .> 0).select(x, -x).floats == [1, 2, 3])
        #expect(((x .> 0) .& (x .< 2)).scalars(of: Bool.self) == [true, false, false])
        #expect((x .> 0).inverted.scalars(of: Bool.self) == [false, true, false])
        let numbers = Tensor(ids: [4, 7]) * Tensor([true, false], shape: [2])
        #expect(numbers.scalars(of: Int32.self) == [4, 0])
    }

    private func place(_ index: Int, _ shape: Shape) -> [Int] {
        var (rest, position) = (index, Array(shape))
        for axis in shape.indices.reversed() {
            position[axis] = rest % shape[axis]
            rest /= shape[axis]
        }
        return position
    }

    /// The element at a place of the broadcast shape.
    private func element(_ x: Tensor, _ position: [Int]) -> Double {
        var offset = 0
        for (axis, place) in position.suffix(x.rank).enumerated() {
            offset = offset * x.shape[axis] + (x.shape[axis] == 1 ? 0 : place)
        }
        return x.element(at: offset)
    }
}
