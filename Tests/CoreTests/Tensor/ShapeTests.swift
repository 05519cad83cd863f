import ApusCore
import Testing

struct ShapeTests {
    @Test func aShapeIsWrittenAsItIsRead() {
        #expect(Shape().description == "[]")
        #expect(Shape(3).description == "[3]")
        #expect(([2, 3] as Shape).description == "[2, 3]")
        #expect(([2, 0, 3] as Shape).description == "[2, 0, 3]")
    }

    @Test func theCountIsTheProductOfTheSizes() {
        #expect(Shape.scalar.count == 1)
        #expect(Shape(7).count == 7)
        #expect(Shape(3, 7).count == 21)
        #expect(([2, 3, 4, 5] as Shape).count == 120)
        #expect(([2, 0, 4] as Shape).count == 0)
        #expect(Shape([1, 2, 3, 4, 1, 1, 1, 2]).count == 48)
    }

    @Test func sizesAreReadOneAfterAnother() {
        let shape: Shape = [2, 3, 5]
        #expect(Array(shape) == [2, 3, 5])
        #expect(shape.map { $0 * 2 } == [4, 6, 10])
        #expect(Array(shape.dropFirst()) == [3, 5])
        #expect(shape.dropLast(2) == [2])
        #expect(shape.indices == 0..<3)
        #expect(shape[1] == 3)
        #expect(Shape(shape) == shape)
        #expect(Array(([0, 4] as Shape)) == [0, 4])
    }

    @Test func equalShapesHaveEqualHashes() {
        #expect(Shape(2, 3) == [2, 3])
        #expect(Shape(2, 3).hashValue == ([2, 3] as Shape).hashValue)
        #expect(([2, 3] as Shape) != [2, 3, 1])
        #expect(([0] as Shape) != [])
        #expect(([2, 3] as Shape) != [3, 2])
    }

    @Test func negativeAxesCountFromTheEnd() {
        let shape: Shape = [2, 3, 5]
        #expect(shape.resolved(axis: -1) == 2)
        #expect(shape.resolved(axis: 0) == 0)
        #expect(shape.resolved(axis: -3) == 0)
        #expect(shape.resolved(axis: 3) == nil)
        #expect(shape.resolved(axis: -4) == nil)
        #expect(Shape.scalar.resolved(axis: 0) == nil)
    }

    @Test func axesAreRemovedAndInserted() {
        let shape: Shape = [2, 3, 5]
        #expect(shape.removing(axis: 1) == [2, 5])
        #expect(shape.removing(axis: 1, keeping: true) == [2, 1, 5])
        #expect(Shape(4).removing(axis: 0) == [])
        #expect(shape.inserting(7, at: 0) == [7, 2, 3, 5])
        #expect(shape.inserting(7, at: 3) == [2, 3, 5, 7])
        #expect(Shape.scalar.inserting(1, at: 0) == [1])
    }

    @Test(
        arguments: [
            ([], [], []), ([3], [], [3]), ([3, 1], [7], [3, 7]), ([1], [0], [0]),
            ([2, 1, 5], [3, 1], [2, 3, 5]),
            ([4, 1], [4, 0], [4, 0]),
        ] as [(Shape, Shape, Shape)])
    func shapesBroadcastByTheRuleOfNumPy(_ a: Shape, _ b: Shape, _ joined: Shape) {
        #expect(a.broadcast(with: b) == joined)
        #expect(b.broadcast(with: a) == joined)
    }

    @Test func shapesThatDoNotFitDoNotBroadcast() {
        #expect(Shape(3).broadcast(with: Shape(4)) == nil)
        #expect(Shape(2, 3).broadcast(with: Shape(2)) == nil)
        #expect(Shape(0).broadcast(with: Shape(2)) == nil)
    }
}
