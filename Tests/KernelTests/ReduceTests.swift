import CApusKernels
import Testing

/// The order of every sum, as apus_reduce.h states it; `plus` adds element i to a lane.
func orderedSum(_ count: Int, plus: (_ sum: Float, _ index: Int?) -> Float) -> Float {
    var total = 0.0
    let piece = count > 4096 ? 1024 : 4096
    for start in stride(from: 0, to: count, by: piece) {
        let end = min(start + piece, count)
        var lanes = [Float](repeating: 0, count: 16)
        for first in stride(from: start, to: end, by: 16) {
            for lane in 0..<16 {
                lanes[lane] = plus(lanes[lane], first + lane < end ? first + lane : nil)
            }
        }
        for distance in [8, 4, 2, 1] {
            for lane in 0..<distance { lanes[lane] += lanes[lane + distance] }
        }
        total += Double(lanes[0])
    }
    return Float(total)
}

/// The order of a column: row after row; of more than 4096, pieces of 64 rows, added in double.
func columnSum(_ x: [Float], onto old: Float = 0) -> Float {
    if x.count <= 4096 { return x.reduce(old, +) }
    var total = Double(old)
    for start in stride(from: 0, to: x.count, by: 64) {
        total += Double(x[start..<min(start + 64, x.count)].reduce(0, +))
    }
    return Float(total)
}

func orderedSum(_ x: [Float]) -> Float {
    orderedSum(x.count) { sum, index in sum + (index.map { x[$0] } ?? 0) }
}

func orderedDot(_ x: [Float], _ y: [Float]) -> Float {
    orderedSum(x.count) { sum, index in
        sum.addingProduct(index.map { x[$0] } ?? 0, index.map { y[$0] } ?? 0)
    }
}

private let lengths = Array(0...100) + [255, 256, 1000, 4095, 4096, 4097, 8192, 16_384, 20_011]

@Test(arguments: supportedInstructionSets)
func sumsKeepTheirOrderToTheBit(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    var numbers = Numbers(state: 4)
    let values = numbers.floats(20_011)
    let others = numbers.floats(20_011, in: -1e3...1e3)
    for count in lengths {
        let x = Array(values.prefix(count))
        let y = Array(others.prefix(count))
        unaligned(x) { p in
            unaligned(y) { q in
                #expect(bits(kernels.sum(p, Int64(count))) == bits(orderedSum(x)))
                #expect(bits(kernels.sum_of_squares(p, Int64(count))) == bits(orderedDot(x, x)))
                #expect(bits(kernels.dot(p, q, Int64(count))) == bits(orderedDot(x, y)))
            }
        }
    }
}

@Test(arguments: supportedInstructionSets)
func sumsOfEdgeValuesKeepTheirBits(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    #expect(bits(kernels.sum([], 0)) == bits(0))
    #expect(bits(kernels.sum([Float](repeating: -0.0, count: 21), 21)) == bits(0))
    // A product that underflows to −0 in a lane.
    let tiny: [Float] = [1e-30, 0, 0, 1e-30]
    #expect(
        bits(kernels.dot(tiny, tiny.map { -$0 }, 4)) == bits(orderedDot(tiny, tiny.map { -$0 })))
    let finite = edgeValues.filter { $0.isFinite && abs($0) < 1e30 }
    #expect(bits(kernels.sum(finite, Int64(finite.count))) == bits(orderedSum(finite)))
    #expect(kernels.sum(edgeValues, Int64(edgeValues.count)).isNaN)
}

@Test(arguments: supportedInstructionSets)
func extremesFindNaNFirstAndTheFirstOfEquals(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    var numbers = Numbers(state: 5)
    for count in lengths {
        var x = numbers.floats(count).map { $0.rounded() }
        func check() {
            let n = Int64(count)
            let nan = x.firstIndex { $0.isNaN }
            let most = x.max { $0.isNaN ? false : $0 < $1 }
            let least = x.min { $1.isNaN ? true : $0 < $1 }
            unaligned(x) { p in
                if let nan {
                    #expect(kernels.maximum(p, n).isNaN && kernels.minimum(p, n).isNaN)
                    #expect(kernels.argmax(p, n) == nan && kernels.argmin(p, n) == nan)
                } else if let most, let least {
                    #expect(bits(kernels.maximum(p, n)) == bits(most + 0))
                    #expect(bits(kernels.minimum(p, n)) == bits(least + 0))
                    #expect(kernels.argmax(p, n) == x.firstIndex(of: most)!)
                    #expect(kernels.argmin(p, n) == x.firstIndex(of: least)!)
                } else {
                    #expect(kernels.maximum(p, n) == -.infinity && kernels.argmax(p, n) == -1)
                    #expect(kernels.minimum(p, n) == .infinity && kernels.argmin(p, n) == -1)
                }
            }
        }
        check()
        x = x.map { -abs($0) - 1 }  // all below zero: what fills up the last lanes must not win
        check()
        if count > 0 {
            x[count - 1] = .nan
            check()
            x[count / 2] = -.nan
            check()
        }
    }
    let zeros: [Float] = [-0.0, 0, -0.0]
    #expect(bits(kernels.maximum(zeros, 3)) == bits(0) && kernels.argmax(zeros, 3) == 0)
    #expect(bits(kernels.minimum(zeros, 3)) == bits(0) && kernels.argmin(zeros, 3) == 0)
    let infinite = [Float](repeating: -.infinity, count: 19)
    #expect(kernels.maximum(infinite, 19) == -.infinity && kernels.argmax(infinite, 19) == 0)
}

@Test(arguments: supportedInstructionSets)
func theFirstNumberThatIsNotFiniteIsFound(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    for count in [1, 15, 16, 63, 64, 65, 200] {
        var x = [Float](repeating: .greatestFiniteMagnitude, count: count)
        #expect(unaligned(x) { kernels.first_not_finite($0, Int64(count)) } == -1)
        for index in stride(from: count - 1, through: 0, by: -1) {
            x[index] = [.nan, .infinity, -.infinity][index % 3]
            #expect(unaligned(x) { kernels.first_not_finite($0, Int64(count)) } == index)
        }
    }
    #expect(kernels.first_not_finite([], 0) == -1)
}

@Test(arguments: supportedInstructionSets)
func rowsAndColumnsAreReducedInTheirOrder(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    var numbers = Numbers(state: 6)
    for (rows, n) in [
        (1, 1), (3, 5), (4, 16), (9, 17), (21, 33), (8, 100), (2, 4100), (5, 4096), (17, 2),
        (4096, 3), (4097, 19), (5000, 300),
    ] {
        let x = numbers.floats(rows * n)
        let old = numbers.floats(n)
        var sums = [Float](repeating: 0, count: rows)
        var maxima = sums
        var minima = sums
        var most = [Int32](repeating: 0, count: rows)
        var least = most
        var columns = [Float](repeating: 99, count: n)
        var onto = old
        unaligned(x) { p in
            kernels.row_sums(p, Int64(rows), Int64(n), &sums)
            kernels.row_maxima(p, Int64(rows), Int64(n), &maxima)
            kernels.row_minima(p, Int64(rows), Int64(n), &minima)
            kernels.row_argmax(p, Int64(rows), Int64(n), &most)
            kernels.row_argmin(p, Int64(rows), Int64(n), &least)
            kernels.column_sums(p, Int64(rows), Int64(n), &columns, 0)
            kernels.column_sums(p, Int64(rows), Int64(n), &onto, 1)
        }
        for row in 0..<rows {
            let values = Array(x[row * n..<(row + 1) * n])
            #expect(bits(sums[row]) == bits(orderedSum(values)))
            #expect(maxima[row] == values.max()! && minima[row] == values.min()!)
            #expect(values.firstIndex(of: values.max()!)! == most[row])
            #expect(values.firstIndex(of: values.min()!)! == least[row])
        }
        for column in 0..<n {
            let values = (0..<rows).map { x[$0 * n + column] }
            #expect(bits(columns[column]) == bits(columnSum(values)))
            #expect(bits(onto[column]) == bits(columnSum(values, onto: old[column])))
        }
    }
}

@Test(arguments: supportedInstructionSets)
func vectorsAreScaledAddedAndTransposed(isa: apus_isa) {
    let kernels = reduceKernels(isa)
    var numbers = Numbers(state: 7)
    for (rows, n) in [(1, 1), (1, 40), (40, 1), (16, 16), (17, 15), (33, 64), (3, 50), (70, 31)] {
        let x = numbers.floats(rows * n)
        let row = numbers.floats(n)
        var result = [Float](repeating: 0, count: rows * n)
        kernels.transpose(x, Int64(n), Int64(rows), Int64(n), &result, Int64(rows))
        #expect(
            difference(result, (0..<rows * n).map { x[$0 % rows * n + $0 / rows] }) == nil)
        kernels.add_row(x, row, Int64(rows), Int64(n), &result)
        #expect(difference(result, x.indices.map { x[$0] + row[$0 % n] }) == nil)
        let sums = result
        kernels.axpy(0.3, x, Int64(rows * n), &result)
        #expect(difference(result, x.indices.map { sums[$0].addingProduct(0.3, x[$0]) }) == nil)
        kernels.scale(-0.7, x, Int64(rows * n), &result)
        #expect(difference(result, x.map { $0 * -0.7 }) == nil)
    }
}
