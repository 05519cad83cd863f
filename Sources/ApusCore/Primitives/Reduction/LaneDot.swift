/// Σ x·y in the order of all sums (``laneSum(count:_:)``), each product fused into its lane.
func laneDot<S: ReferenceScalar>(
    count: Int, _ x: (Int) -> S, _ y: (Int) -> S
) -> S {
    var total: S = 0
    for chunk in stride(from: 0, to: count, by: 4096) {
        var lanes = Array(repeating: S(0), count: 16)
        for index in chunk..<min(chunk + 4096, count) {
            lanes[(index - chunk) % 16].addProduct(x(index), y(index))
        }
        for width in [8, 4, 2, 1] {
            for lane in 0..<width { lanes[lane] += lanes[lane + width] }
        }
        total += lanes[0]
    }
    return total
}
