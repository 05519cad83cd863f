import ApusCore
import ApusNN
import ApusText

extension Bags {
    /// All rows of features as bags.
    public init(_ rows: SparseRows) { self.init(rows, at: 0..<rows.count) }

    /// Some rows of features as bags.
    ///
    /// - Parameters:
    ///   - rows: the features of many texts.
    ///   - positions: which of them, in order.
    ///   - weighted: false for features that all have the weight 1, which then is not multiplied with.
    public init(_ rows: SparseRows, at positions: some Collection<Int>, weighted: Bool = true) {
        var total = 0
        let offsets = Tensor.unsafe(shape: Shape(positions.count + 1)) {
            (buffer: UnsafeMutableBufferPointer<Int32>) in
            buffer[0] = 0
            for (bag, position) in positions.enumerated() {
                total += rows[position].count
                buffer[bag + 1] = Int32(total)
            }
        }
        func gathered<S: Scalar>(_ source: [S]) -> Tensor {
            Tensor.unsafe(shape: Shape(total)) { (buffer: UnsafeMutableBufferPointer<S>) in
                source.withUnsafeBufferPointer { source in
                    var end = 0
                    for position in positions {
                        let range = rows[position]
                        for entry in range {
                            buffer[end] = source[entry]
                            end += 1
                        }
                    }
                }
            }
        }
        self.init(
            ids: gathered(rows.ids), offsets: offsets,
            weights: weighted ? gathered(rows.weights) : nil)
    }
}
