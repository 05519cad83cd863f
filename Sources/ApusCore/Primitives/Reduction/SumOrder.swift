import CApusKernels

/// How sums are cut, by their length alone (see `apus_reduce.h`).
enum SumOrder {
    /// Up to so many elements, or rows of a column, are summed in their own precision alone.
    static var chunk: Int { Int(APUS_SUM_CHUNK) }

    /// The elements of a piece of a sum of `count`. The sums of pieces are added in double.
    static func piece(_ count: Int) -> Int { count > chunk ? 1024 : chunk }

    /// The rows of a piece of a column of `count`.
    static func columnPiece(_ count: Int) -> Int {
        count > chunk ? Int(APUS_COLUMN_PIECE) : chunk
    }
}

/// The order in which contiguous elements are summed everywhere: lane l of 16 takes the elements l, l + 16, …; the
/// lanes are added 8 + 8, 4 + 4, 2 + 2, 1 + 1. More than 4096 elements are cut into pieces of 1024, whose sums are added
/// in double.
///
/// - Parameter add: adds the element at an index to a lane.
func laneSum<S: ReferenceScalar>(count: Int, adding add: (inout S, Int) -> Void) -> S {
    var total = 0.0
    let piece = SumOrder.piece(count)
    for start in stride(from: 0, to: count, by: piece) {
        var lanes = Array(repeating: S(0), count: 16)
        for index in start..<min(start + piece, count) { add(&lanes[(index - start) % 16], index) }
        for width in [8, 4, 2, 1] {
            for lane in 0..<width { lanes[lane] += lanes[lane + width] }
        }
        total += Double(lanes[0])
    }
    return S(total)
}

/// The sum of elements in the order of all sums.
package func laneSum<S: ReferenceScalar>(count: Int, _ element: (Int) -> S) -> S {
    laneSum(count: count) { $0 += element($1) }
}

/// ``laneSum(count:_:)`` of products, each fused into its lane.
func laneSumOfProducts<S: ReferenceScalar>(count: Int, _ factors: (Int) -> (S, S)) -> S {
    laneSum(count: count) { lane, index in
        let (a, b) = factors(index)
        lane.addProduct(a, b)
    }
}

/// Σ x·y in the order of all sums, each product fused into its lane.
func laneDot<S: ReferenceScalar>(count: Int, _ x: (Int) -> S, _ y: (Int) -> S) -> S {
    laneSum(count: count) { $0.addProduct(x($1), y($1)) }
}

/// The order in which a column's rows are summed: one after another; of more than 4096, pieces of 64 rows, whose sums
/// are added in double.
///
/// - Parameter add: adds the row at an index to a sum.
func columnSum<S: FloatingScalar>(count: Int, adding add: (inout S, Int) -> Void) -> S {
    var total = 0.0
    let piece = SumOrder.columnPiece(count)
    for start in stride(from: 0, to: count, by: piece) {
        var sum: S = 0
        for index in start..<min(start + piece, count) { add(&sum, index) }
        total += Double(sum)
    }
    return S(total)
}
