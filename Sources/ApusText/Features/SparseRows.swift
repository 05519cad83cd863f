/// A matrix with few entries per row (CSR): a row per text, a column per feature.
///
/// Row `r` has the columns `ids[offsets[r]..<offsets[r + 1]]`, each once, with the weights that
/// stand at the same places of `weights`. The columns of a row stand in the order in which the
/// text shows them first.
public struct SparseRows: Sendable, Equatable {
    /// Where each row begins, and, last, where the last one ends: `count + 1` numbers.
    public private(set) var offsets: [Int] = [0]

    /// The columns, row after row.
    public private(set) var ids: [Int32] = []

    /// The weights of the columns.
    public private(set) var weights: [Float] = []

    /// How many columns the matrix has.
    public let columnCount: Int

    /// A matrix without rows.
    public init(columnCount: Int) {
        self.columnCount = columnCount
    }

    /// A matrix of the given entries, which the caller has seen to fit together.
    package init(offsets: [Int], ids: [Int32], weights: [Float], columnCount: Int) {
        self.offsets = offsets
        self.ids = ids
        self.weights = weights
        self.columnCount = columnCount
    }

    /// How many rows there are.
    public var count: Int { offsets.count - 1 }

    /// Where the entries of a row stand.
    public subscript(row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

    /// Takes all rows away and keeps their memory.
    public mutating func removeAll() {
        offsets.removeAll(keepingCapacity: true)
        offsets.append(0)
        ids.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
    }

    /// The rows at the given positions, in the order of the positions.
    public func selecting(_ rows: some Collection<Int>) -> SparseRows {
        var result = SparseRows(columnCount: columnCount)
        result.offsets.reserveCapacity(rows.count + 1)
        for row in rows {
            result.ids.append(contentsOf: ids[self[row]])
            result.weights.append(contentsOf: weights[self[row]])
            result.endRow()
        }
        return result
    }

    /// Multiplies the weights of each column by a factor of its own.
    public mutating func scale(columnsBy factors: [Float]) {
        guard factors.count == columnCount else {
            fatalError("SparseRows.scale: \(factors.count) factors for \(columnCount) columns")
        }
        for entry in ids.indices { weights[entry] *= factors[Int(ids[entry])] }
    }

    /// Divides each row by its Euclidean length (rows of zeros stay as they are).
    public mutating func normalize() {
        for row in 0..<count { normalize(self[row]) }
    }

    /// Scales the weights of a row's columns of either kind to a Euclidean length of their own, so that neither
    /// kind drowns the other.
    ///
    /// - Parameters:
    ///   - kinds: false or true for each column.
    ///   - lengths: the lengths of the columns of kind false and true; rows of zeros stay as they are.
    public mutating func normalize(
        kinds: [Bool], lengths: (Double, Double) = (1, 1)
    ) {
        guard kinds.count == columnCount else {
            fatalError("SparseRows.normalize: \(kinds.count) kinds for \(columnCount) columns")
        }
        for row in 0..<count {
            var (first, second) = (0.0, 0.0)
            for entry in self[row] {
                let square = Double(weights[entry]) * Double(weights[entry])
                if kinds[Int(ids[entry])] { second += square } else { first += square }
            }
            let scales = (
                first > 0 ? lengths.0 / first.squareRoot() : 0,
                second > 0 ? lengths.1 / second.squareRoot() : 0
            )
            for entry in self[row] {
                let scale = kinds[Int(ids[entry])] ? scales.1 : scales.0
                weights[entry] = Float(Double(weights[entry]) * scale)
            }
        }
    }

    @inline(__always)
    private mutating func normalize(_ range: Range<Int>) {
        weights.withUnsafeMutableBufferPointer { weights in
            var squares = 0.0
            for entry in range { squares += Double(weights[entry]) * Double(weights[entry]) }
            guard squares > 0 else { return }
            let scale = 1 / squares.squareRoot()
            for entry in range { weights[entry] = Float(Double(weights[entry]) * scale) }
        }
    }

    // MARK: Collecting a row

    /// Lets `body` append up to `limit` entries to the row that is being collected.
    @inline(__always)
    mutating func collect(upTo limit: Int, _ body: (inout RowOutput) -> Void) {
        let start = ids.count
        // Positions of entries are kept in 32 bits.
        guard start + limit < Int(UInt32.max) else {
            fatalError("SparseRows: more than 2³² entries; vectorize the texts in several parts")
        }
        ids.append(contentsOf: repeatElement(0, count: limit))
        weights.append(contentsOf: repeatElement(0, count: limit))
        let end = ids.withUnsafeMutableBufferPointer { ids in
            weights.withUnsafeMutableBufferPointer { weights in
                guard let ids = ids.baseAddress, let weights = weights.baseAddress else {
                    return start
                }
                var output = RowOutput(
                    ids: ids, weights: weights, start: UInt32(start), end: UInt32(start))
                body(&output)
                return Int(output.end)
            }
        }
        ids.removeLast(ids.count - end)
        weights.removeLast(weights.count - end)
    }

    /// Closes the row.
    mutating func endRow() { offsets.append(ids.count) }

    /// Turns the counts of all rows into weights.
    mutating func weigh(by weighting: FeatureWeighting, inverseFrequencies: [Float]) {
        for row in 0..<count { weigh(self[row], by: weighting, inverseFrequencies) }
    }

    /// Turns the counts of the row that is being collected into weights.
    mutating func weigh(
        rowAt start: Int, by weighting: FeatureWeighting, inverseFrequencies: [Float]
    ) {
        weigh(start..<ids.count, by: weighting, inverseFrequencies)
    }

    private mutating func weigh(
        _ range: Range<Int>, by weighting: FeatureWeighting, _ inverseFrequencies: [Float]
    ) {
        switch weighting.term {
        case .count: break
        case .binary: for entry in range { weights[entry] = 1 }
        case .logarithmic:
            for entry in range { weights[entry] = FeatureWeighting.logarithmic(weights[entry]) }
        }
        if weighting.usesInverseDocumentFrequency {
            for entry in range { weights[entry] *= inverseFrequencies[Int(ids[entry])] }
        }
        if weighting.normalizes { normalize(range) }
    }

    /// The same rows with columns renumbered; those that become negative are left out.
    func renumbered(_ newIDs: [Int32], columnCount: Int) -> SparseRows {
        var result = SparseRows(columnCount: columnCount)
        let kept = ids.withUnsafeBufferPointer { ids in
            newIDs.withUnsafeBufferPointer { newIDs in
                ids.reduce(0) { $0 + (newIDs[Int($1)] >= 0 ? 1 : 0) }
            }
        }
        result.ids.reserveCapacity(kept)
        result.weights.reserveCapacity(kept)
        result.offsets.reserveCapacity(offsets.count)
        for row in 0..<count {
            let range = self[row]
            result.collect(upTo: range.count) { output in
                for entry in range {
                    let id = newIDs[Int(ids[entry])]
                    if id >= 0 { _ = output.append(id, weight: weights[entry]) }
                }
            }
            result.endRow()
        }
        return result
    }

    /// In how many rows each column stands.
    func columnFrequencies(_ columns: Int) -> [Int32] {
        var result = [Int32](repeating: 0, count: columns)
        for id in ids { result[Int(id)] += 1 }
        return result
    }
}

/// Where the entries of a row are written: pointers into arrays that have room enough.
struct RowOutput {
    let ids: UnsafeMutablePointer<Int32>
    let weights: UnsafeMutablePointer<Float>
    let start: UInt32
    var end: UInt32

    /// Appends an entry and says where it stands.
    @inline(__always)
    mutating func append(_ id: Int32, weight: Float) -> UInt32 {
        let position = end
        ids[Int(position)] = id
        weights[Int(position)] = weight
        end += 1
        return position
    }

    /// Counts a column, which may stand in the row already.
    ///
    /// - Parameter position: where the column stood last time; believed only after a look at the
    ///   row, and set to where it stands now.
    @inline(__always)
    mutating func count(_ id: Int32, at position: inout UInt32) {
        if position >= start, position < end, ids[Int(position)] == id {
            weights[Int(position)] += 1
        } else {
            position = append(id, weight: 1)
        }
    }
}
