import CApusKernels
import Testing

@Test(arguments: supportedInstructionSets)
func columnMaximaAreTheFirstGreatest(isa: apus_isa) throws {
    let kernels = try #require(apus_pooling_kernels_for(isa)).pointee
    var numbers = Numbers(state: 9)
    for (rows, columns) in [(1, 1), (3, 17), (7, 64), (5, 100), (20, 15), (2, 131)] {
        // Few different numbers, so that equal ones meet; a NaN is greater than all.
        var x = numbers.floats(rows * columns, in: 0...3).map { $0.rounded() }
        if x.count > 40 { x[columns + 3] = .nan }
        var maxima = [Float](repeating: 0, count: columns)
        var positions = [Int32](repeating: 0, count: columns)
        unaligned(x) {
            kernels.column_maxima(
                $0, Int64(rows), Int64(columns), Int64(columns), &maxima, &positions)
        }
        for column in 0..<columns {
            let values = (0..<rows).map { x[$0 * columns + column] }
            let first =
                values.firstIndex { $0.isNaN } ?? values.firstIndex(of: values.max() ?? 0) ?? -1
            #expect(Int(positions[column]) == first)
            #expect(bits(maxima[column]) == bits(values[first]))
        }
    }
}
