import ApusCore
import CApusKernels
import Testing

#if DEBUG
    /// Kernels and reference are compiled without optimization: fewer cases.
    private let isDebug = true
#else
    private let isDebug = false
#endif

/// Whatever the machine can run.
private let instructionSets = InstructionSet.allCases.filter(\.isSupported)

private func randomCase(_ numbers: inout TestNumbers, largest: Int) -> MatMulCase {
    var test = MatMulCase(
        numbers.int(1...largest), numbers.int(1...largest), numbers.int(1...largest),
        leftIsTransposed: numbers.int(0...1) == 1, rightIsTransposed: numbers.int(0...1) == 1,
        gap: numbers.int(0...3), seed: numbers.next())
    test.accumulating = numbers.int(0...1) == 1
    test.withBias = numbers.int(0...1) == 1
    test.activation = numbers.int(0...1) == 1 ? .relu : .none
    return test
}

@Test(arguments: instructionSets)
func everySizeUpTo70GivesTheBitsOfTheDefinition(_ set: InstructionSet) {
    for size in stride(from: 1, through: 70, by: isDebug ? 7 : 1) {
        for transposition in 0..<4 {
            for shape in [(size, 5, 3), (3, size, 7), (5, 6, size), (size, size, 2)] {
                let test = MatMulCase(
                    shape.0, shape.1, shape.2, leftIsTransposed: transposition & 1 == 1,
                    rightIsTransposed: transposition & 2 == 2, gap: size % 3)
                if let difference = firstDifference(test.computed(by: set), test.expected()) {
                    Issue.record("\(set), \(test): \(difference)")
                }
            }
        }
    }
}

@Test(arguments: instructionSets)
func anyMixOfSizesTranspositionsAndFinishesGivesTheBitsOfTheDefinition(_ set: InstructionSet) {
    var numbers = TestNumbers(seed: 7)
    for _ in 0..<(isDebug ? 40 : 1000) {
        let test = randomCase(&numbers, largest: isDebug ? 40 : 70)
        let expected = test.expected()
        if let difference = firstDifference(test.computed(by: set), expected) {
            Issue.record("\(set), \(test): \(difference)")
        }
        if let difference = firstDifference(test.computed(by: set, packed: true), expected) {
            Issue.record("packed, \(set), \(test): \(difference)")
        }
    }
}

@Test(arguments: [1, 2, 3])
func neitherThreadsNorInstructionSetsChangeABitOfLargerProducts(_ threads: Int) {
    // Larger than a stretch of k, than the rows of a task, and than what is copied on the way.
    let shapes =
        isDebug
        ? [(70, 65, 40), (9, 130, 530), (1, 150, 70), (3, 300, 9)]
        : [
            (290, 300, 1100), (3, 700, 1030), (600, 33, 70), (130, 600, 513), (530, 1030, 40),
            (1, 400, 700), (2, 133, 65), (3, 300, 64),
        ]
    for (index, shape) in shapes.enumerated() {
        for transposition in 0..<4 {
            var test = MatMulCase(
                shape.0, shape.1, shape.2, leftIsTransposed: transposition & 1 == 1,
                rightIsTransposed: transposition & 2 == 2, gap: index % 2)
            test.withBias = true
            let expected = test.expected()
            // Without fused multiply-add in hardware each step is a call: leave out what takes seconds.
            for set in instructionSets where set != .portable || isDebug || shape.2 < 100 {
                Parallel.withThreads(threads) {
                    for packed in [false, true] {
                        let computed = test.computed(by: set, packed: packed)
                        if let difference = firstDifference(computed, expected) {
                            Issue.record("packed \(packed), \(set), \(test): \(difference)")
                        }
                    }
                }
            }
        }
    }
}

@Test func aRowDoesNotDependOnTheBatchThatItSitsIn() {
    let whole = MatMulCase(67, 45, 90)
    let rows = whole.computed()
    for row in [0, 11, 12, 66] {
        var alone = MatMulCase(1, 45, 90)
        alone.left = Array(whole.left[row * 90..<(row + 1) * 90])
        alone.right = whole.right
        #expect(firstDifference(alone.computed(), Array(rows[row * 45..<(row + 1) * 45])) == nil)
    }
}

@Test(arguments: instructionSets)
func zeroTimesInfinityIsNotSkipped(_ set: InstructionSet) {
    for transposition in 0..<4 {
        var test = MatMulCase(
            13, 37, 20, leftIsTransposed: transposition & 1 == 1,
            rightIsTransposed: transposition & 2 == 2)
        for index in test.left.indices { test.left[index] = 0 }
        test.right[0] = .infinity
        test.right[test.right.count - 1] = .nan
        let result = test.computed(by: set)
        for row in 0..<13 {
            for column in 0..<37 {
                let touched = column == 0 || column == 36
                #expect(result[row * 37 + column].isNaN == touched)
            }
        }
    }
}

@Test(arguments: instructionSets)
func reluLeavesNotANumberAndCutsNegativeValues(_ set: InstructionSet) {
    var test = MatMulCase(1, 4, 1)
    test.left = [1]
    test.right = [.nan, -2, 3, -.infinity]
    test.activation = .relu
    let result = test.computed(by: set)
    #expect(result[0].isNaN)
    #expect(Array(result[1...]) == [0, 3, 0])
}

@Test(arguments: instructionSets)
func aProductWithoutDepthIsTheBias(_ set: InstructionSet) {
    for accumulating in [false, true] {
        var test = MatMulCase(5, 35, 0, gap: 2)
        test.withBias = true
        test.accumulating = accumulating
        #expect(firstDifference(test.computed(by: set), test.expected()) == nil)
    }
}

@Test func nothingIsWrittenWhereThereAreNoRowsOrColumns() {
    #expect(MatMulCase(0, 5, 3).computed() == [])
    let test = MatMulCase(5, 0, 3, gap: 4)
    #expect(test.computed() == test.old)
}

@Test(arguments: [(1, 4, 3, 5), (7, 33, 20, 9), (40, 5, 6, 7), (3, 70, 66, 80)])
func aBatchEqualsItsProductsOneByOne(_ shape: (Int, Int, Int, Int)) {
    let (count, rows, columns, depth) = shape
    for transposition in 0..<4 {
        for sharesRight in [false, true] {
            let products = (0..<count).map {
                MatMulCase(
                    rows, columns, depth, leftIsTransposed: transposition & 1 == 1,
                    rightIsTransposed: transposition & 2 == 2, seed: UInt64($0 + 1))
            }
            let left = products.flatMap(\.left)
            let right = sharesRight ? products[0].right : products.flatMap(\.right)
            var result = [Float](repeating: .nan, count: count * rows * columns)
            left.withUnsafeBufferPointer { left in
                right.withUnsafeBufferPointer { right in
                    result.withUnsafeMutableBufferPointer { result in
                        MatMul.multiplyBatch(
                            count: count, rows: rows, columns: columns, depth: depth,
                            MatMul.Operand(
                                left.baseAddress!, stride: products[0].leftStride,
                                isTransposed: products[0].leftIsTransposed),
                            step: rows * depth,
                            MatMul.Operand(
                                right.baseAddress!, stride: products[0].rightStride,
                                isTransposed: products[0].rightIsTransposed),
                            step: sharesRight ? 0 : columns * depth,
                            into: result.baseAddress!, resultStride: columns,
                            step: rows * columns)
                    }
                }
            }
            let expected = products.flatMap { product in
                var product = product
                if sharesRight { product.right = products[0].right }
                return product.expected()
            }
            #expect(firstDifference(result, expected) == nil)
        }
    }
}

@Test func theReferenceMultipliesInDoubleToo() {
    let left: [Double] = [1, 2, 3, 4]
    let right: [Double] = [5, 6, 7, 8]
    var result = [Double](repeating: 1, count: 4)
    MatMul.reference(
        rows: 2, columns: 2, depth: 2, MatMul.Operand(left, stride: 2),
        MatMul.Operand(right, stride: 2, isTransposed: true), into: &result, resultStride: 2,
        accumulating: true)
    #expect(result == [18, 24, 40, 54])
}

@Test func theRegisterLoopMeasuresAPeak() {
    #expect(PeakProbe.fmaLoopGFLOPs() > 0)
}
