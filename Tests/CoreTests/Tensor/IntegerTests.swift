import ApusCore
import ApusTesting
import Testing

struct IntegerTests {
    private static let numbers: [Int32] = [
        0, 1, -1, 2, -2, 3, 7, -7, 31, 100, 46_341, -65_536, .max, .min, .max - 1, .min + 1, 12,
    ]

    @Test(arguments: PrimitiveCatalogue.all.filter { $0.samples[0].primitive is Pointwise })
    func integersGoThroughTheKernelsAsThroughTheReference(_ entry: CatalogueEntry) throws {
        let primitive = try #require(entry.samples[0].primitive as? Pointwise)
        guard primitive.formula.program.isIntegral else { return }
        let row = Tensor(Self.numbers, shape: [17])
        let column = row.reshaped(to: [17, 1])
        let masks = Tensor(Self.numbers.map { $0 % 2 == 0 }, shape: [17, 1, 1])
        let single = Tensor(scalar: Int32(5))
        for operands in [[row, column, single], [column, single, row], [row, masks, column]] {
            let inputs = Array(operands.prefix(primitive.formula.arity))
            let fast = run(primitive, inputs)[0]
            #expect(bitMismatch(fast, runReference(primitive, inputs)[0]) == nil)
            for set in InstructionSet.allCases.filter(\.isSupported) {
                let other = Kernels.withInstructionSet(set) { run(primitive, inputs)[0] }
                #expect(bitMismatch(other, fast) == nil)
            }
        }
    }

    @Test(arguments: PrimitiveCatalogue.all.filter { $0.samples[0].primitive is Pointwise })
    func doublesGoThroughTheKernelsAsThroughTheReference(_ entry: CatalogueEntry) throws {
        let primitive = try #require(entry.samples[0].primitive as? Pointwise)
        let numbers: [Double] = [
            0, -0.0, 1, -1, 0.1, -2.5, 1e-300, -1e300, 20, -20, .infinity, -.infinity, .nan, 3, 1e9,
        ]
        let row = Tensor(numbers, shape: [15])
        let masks = Tensor(numbers.map { $0 > 0 }, shape: [15, 1])
        let column = row.reshaped(to: [15, 1])
        for operands in [[row, column, masks, row, column], [row, masks, row, column, row]] {
            #expect(primitive.formula.arity <= operands.count)
            let inputs = Array(operands.prefix(primitive.formula.arity))
            let fast = run(primitive, inputs)[0]
            #expect(bitMismatch(fast, runReference(primitive, inputs)[0]) == nil)
        }
    }

    @Test func integersWrapAroundAndDivideByZeroWithoutEnd() {
        let x = Tensor(ids: [.max, .min, 7, -7])
        #expect((x + 1).integers == [.min, .min + 1, 8, -6])
        #expect((x * x).integers == [1, 0, 49, 49])
        #expect((x / Tensor(ids: [0, -1, 2, 2])).integers == [0, .min, 3, -3])
        #expect(abs(x).integers == [.max, .min, 7, 7])
        #expect(
            pow(Tensor(ids: [2, -1, 0, 3]), Tensor(ids: [31, -3, -1, 20])).integers
                == [.min, -1, 0, -808_182_895])
    }

    @Test func numbersBeyondIntegersBecomeTheNearest() {
        let x = Tensor([1.9, -1.9, 3e9, -3e9, .infinity, -.infinity, .nan, -0.0])
        let expected: [Int32] = [1, -1, .max, .min, .max, .min, 0, 0]
        #expect(x.converted(to: .int32).integers == expected)
        #expect(x.converted(to: .float64).converted(to: .int32).integers == expected)
        #expect(
            x.converted(to: .bool).bools == [true, true, true, true, true, true, true, false])
    }

    @Test func everyTypeBecomesEveryOther() {
        let types = ScalarType.allCases
        for from in types {
            for to in types where to != from {
                let x = Tensor(ids: (0..<70).map { $0 % 5 - 2 }).converted(to: from)
                let inputs = [x]
                let convert = Convert(scalarType: to)
                #expect(
                    bitMismatch(run(convert, inputs)[0], runReference(convert, inputs)[0]) == nil,
                    "\(from) to \(to)")
            }
        }
    }

    @Test func aRangeMeetsItselfAsAColumn() {
        let range = Tensor.range(0..<37)
        let diagonal = range.equal(to: range.reshaped(to: [37, 1]))
        #expect(diagonal.sum().integers == [37])
        #expect(diagonal.sum(axis: 0).integers == [Int32](repeating: 1, count: 37))
    }

    @Test func integersAndTruthValuesAreSummedAndCounted() {
        let x = Tensor([3, -1, 4, 1, -5, 9] as [Int32], shape: [2, 3])
        #expect(x.sum().integers == [11])
        #expect(x.sum(axis: 0).integers == [4, -6, 13])
        #expect(x.sum(axis: 1, keepingAxis: true).shape == [2, 1])
        #expect((x .> 0).sum(axis: 1).integers == [2, 2])
        #expect(Tensor(ids: [.max, 1, -1]).sum().integers == [.max])
        #expect(Tensor(ids: [.max, 1]).sum().integers == [.min])
        #expect(Tensor.zeros([0], .int32).sum().integers == [0])
        #expect(x.cumulativeSum(axis: 1).integers == [3, 2, 6, 1, -4, 5])
        #expect((x .> 0).cumulativeSum(axis: 1, reversed: true).integers == [2, 1, 1, 2, 1, 1])
    }

    @Test func longSumsOfIntegersAreCutWithoutChangingThem() {
        let x = Tensor.range(0..<200_001)
        let expected = Int32(truncatingIfNeeded: 200_000 * 200_001 / 2)
        for threads in [1, 3] {
            Parallel.withThreads(threads) {
                #expect(x.sum().integers == [expected])
                #expect((x .> 99).sum().integers == [199_901])
                let table = x.slice(0..<200_000).reshaped(to: [50_000, 4])
                #expect(table.sum(axis: 0).sum().integers == [expected &- 200_000])
            }
        }
    }

    @Test func integersAndTruthValuesHaveExtremes() {
        let x = Tensor([3, -1, 4, 4, -5, 9] as [Int32], shape: [2, 3])
        #expect(x.max().integers == [9] && x.min().integers == [-5])
        #expect(x.max(axis: 1).integers == [4, 9] && x.argmax(axis: 1).integers == [2, 2])
        #expect(x.min(axis: 0).integers == [3, -5, 4] && x.argmin(axis: 0).integers == [0, 1, 0])
        let mask = x .> 3
        #expect(mask.max(axis: 0).bools == [true, false, true])
        #expect(mask.argmax(axis: 1).integers == [2, 0])
        let long = Tensor.range(0..<5000) .> 4321
        #expect(long.argmax(axis: 0).integers == [4322] && long.argmin(axis: 0).integers == [0])
    }

    @Test func anyAndAllLookAtTruth() {
        let x = Tensor([[0, 0, 1], [2, .nan, -1]])
        #expect(x.any(axis: 1).bools == [true, true] && x.all(axis: 1).bools == [false, true])
        #expect(x.any().bools == [true] && x.all().bools == [false])
        #expect(x.all(axis: 0, keepingAxis: true).shape == [1, 3])
        #expect(Tensor.zeros([2, 0]).any(axis: 1).bools == [false, false])
        #expect(Tensor.zeros([2, 0]).all(axis: 1).bools == [true, true])
    }
}

extension Tensor {
    fileprivate var integers: [Int32] {
        precondition(scalarType == .int32)
        return Array(UnsafeBufferPointer(start: storage.elements(as: Int32.self), count: count))
    }
    fileprivate var bools: [Bool] {
        precondition(scalarType == .bool)
        return Array(UnsafeBufferPointer(start: storage.elements(as: Bool.self), count: count))
    }
}
