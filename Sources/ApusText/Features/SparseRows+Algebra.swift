/// Rows that are made entry by entry.
struct SparseRowsBuilder {
    private var offsets: [Int] = [0]
    private var ids: [Int32] = []
    private var weights: [Float] = []
    private let rowCount: Int
    private let columnCount: Int

    init(rowCount: Int, columnCount: Int) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        offsets.reserveCapacity(rowCount + 1)
    }

    /// Adds an entry; rows come in ascending order.
    @inline(__always)
    mutating func append(row: Int, column: Int32, value: Float) {
        while offsets.count <= row { offsets.append(ids.count) }
        ids.append(column)
        weights.append(value)
    }

    consuming func finish() -> SparseRows {
        while offsets.count <= rowCount { offsets.append(ids.count) }
        return SparseRows(
            offsets: offsets, ids: ids, weights: weights, columnCount: columnCount)
    }
}

extension SparseRows {
    /// The sum of the weights in each row.
    public func rowSums() -> [Double] {
        (0..<count).map { row in self[row].reduce(0.0) { $0 + Double(weights[$1]) } }
    }

    /// The sum of the weights in each column.
    public func columnSums() -> [Double] {
        var sums = [Double](repeating: 0, count: columnCount)
        for entry in ids.indices { sums[Int(ids[entry])] += Double(weights[entry]) }
        return sums
    }

    /// The weight in a row and column, 0 where there is no entry.
    public subscript(row: Int, column: Int) -> Float {
        self[row].first { Int(ids[$0]) == column }.map { weights[$0] } ?? 0
    }

    /// Columns as rows. The entries of a new row stand in ascending order.
    public func transposed() -> SparseRows {
        var offsets = [Int](repeating: 0, count: columnCount + 1)
        for id in ids { offsets[Int(id) + 1] += 1 }
        for column in 0..<columnCount { offsets[column + 1] += offsets[column] }
        var places = offsets
        var newIDs = [Int32](repeating: 0, count: ids.count)
        var newWeights = [Float](repeating: 0, count: ids.count)
        places.withUnsafeMutableBufferPointer { places in
            newIDs.withUnsafeMutableBufferPointer { newIDs in
                newWeights.withUnsafeMutableBufferPointer { newWeights in
                    for row in 0..<count {
                        for entry in self[row] {
                            let column = Int(ids[entry])
                            newIDs[places[column]] = Int32(truncatingIfNeeded: row)
                            newWeights[places[column]] = weights[entry]
                            places[column] += 1
                        }
                    }
                }
            }
        }
        return SparseRows(
            offsets: offsets, ids: newIDs, weights: newWeights, columnCount: count)
    }

    /// The sum of two matrices of one size whose rows are in ascending order.
    func adding(_ other: SparseRows) -> SparseRows {
        guard count == other.count, columnCount == other.columnCount else {
            fatalError(
                "SparseRows: [\(count), \(columnCount)] and [\(other.count), \(other.columnCount)]: "
                    + "only matrices of one size can be added")
        }
        var sum = SparseRowsBuilder(rowCount: count, columnCount: columnCount)
        for row in 0..<count {
            var (mine, its) = (self[row], other[row])
            while let first = mine.first, let second = its.first {
                let (column, otherColumn) = (ids[first], other.ids[second])
                if column == otherColumn {
                    let value = weights[first] + other.weights[second]
                    sum.append(row: row, column: column, value: value)
                    (mine, its) = (mine.dropFirst(), its.dropFirst())
                } else if column < otherColumn {
                    sum.append(row: row, column: column, value: weights[first])
                    mine = mine.dropFirst()
                } else {
                    sum.append(row: row, column: otherColumn, value: other.weights[second])
                    its = its.dropFirst()
                }
            }
            for entry in mine { sum.append(row: row, column: ids[entry], value: weights[entry]) }
            for entry in its {
                sum.append(row: row, column: other.ids[entry], value: other.weights[entry])
            }
        }
        return sum.finish()
    }

    /// The rows with each weight replaced by `body` of its row, column and weight; entries that
    /// become 0 are left out.
    func mapped(_ body: (_ row: Int, _ column: Int, _ weight: Float) -> Float) -> SparseRows {
        var result = SparseRowsBuilder(rowCount: count, columnCount: columnCount)
        for row in 0..<count {
            for entry in self[row] {
                let value = body(row, Int(ids[entry]), weights[entry])
                if value != 0 { result.append(row: row, column: ids[entry], value: value) }
            }
        }
        return result.finish()
    }
}
