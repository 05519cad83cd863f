import ApusCore

/// A row of a table and how well it fits a question.
struct ScoredRow: Sendable, Equatable {
    var row: Int32
    var score: Float

    /// Better first: the higher score, of equal ones the earlier row.
    static func isBetter(_ first: ScoredRow, _ second: ScoredRow) -> Bool {
        first.score > second.score || (first.score == second.score && first.row < second.row)
    }
}

/// Finds the rows that fit best, by comparing with all of them.
///
/// The table is gone through in blocks of rows, each against a group of questions as one matrix product, so
/// that a row is read from memory once for 64 questions. Every score is the same chain of multiply-adds
/// whatever it is computed beside: a question's answer does not depend on the others, nor on threads.
///
/// 61,000 × 100, one thread of an EPYC with AVX-512, beside other work: 1.6 ms for one question,
/// 0.3 ms a question in groups of 64.
struct RowSearch {
    /// What makes a row fit.
    enum Score {
        /// cos(row, q), one query a question.
        case cosine
        /// s(p₁)·s(p₂)/(s(n) + 10⁻⁶) with s(q) = (1 + cos(row, q))/2, three queries p₁, p₂, n a question:
        /// 3CosMul (Levy and Goldberg, “Linguistic Regularities in Sparse and Explicit Word
        /// Representations”, 2014).
        case cosineProduct

        var queriesPerQuestion: Int {
            switch self {
            case .cosine: 1
            case .cosineProduct: 3
            }
        }
    }

    private static let rowsPerBlock = 512
    private static let queriesPerGroup = 64

    let values: [Float]
    let inverseNorms: [Float]
    let dimension: Int
    /// How many rows are looked at, from the first.
    let rowCount: Int

    /// The best rows of each question, best first.
    ///
    /// - Parameters:
    ///   - count: how many rows, at most, a question gets.
    ///   - queries: unit vectors, row by row.
    ///   - excludes: whether a row (second) is no answer to a question (first).
    func best(
        _ count: Int, queries: [Float], score: Score = .cosine,
        excludes: (Int, Int32) -> Bool
    ) -> [[ScoredRow]] {
        let perQuestion = score.queriesPerQuestion
        let questions = queries.count / dimension / perQuestion
        let kept = min(count, rowCount)
        guard kept > 0 else { return Array(repeating: [], count: questions) }
        let blocks = (rowCount + Self.rowsPerBlock - 1) / Self.rowsPerBlock
        // What all blocks keep stays below 64 MB.
        let candidates = min(kept, Self.rowsPerBlock) * blocks
        let group = max(1, min(Self.queriesPerGroup / perQuestion, (1 << 23) / candidates))
        var result: [[ScoredRow]] = []
        result.reserveCapacity(questions)
        for first in stride(from: 0, to: questions, by: group) {
            let size = min(group, questions - first)
            let block = QueryBlock(
                queries: queries, from: first * perQuestion, count: size * perQuestion,
                dimension: dimension)
            result += best(kept, of: block, first, size, blocks, score, excludes)
        }
        return result
    }

    /// One group of questions against the whole table.
    private func best(
        _ kept: Int, of queries: QueryBlock, _ first: Int, _ size: Int, _ blocks: Int,
        _ score: Score, _ excludes: (Int, Int32) -> Bool
    ) -> [[ScoredRow]] {
        let keptPerBlock = min(kept, Self.rowsPerBlock)
        let slots = blocks * size
        let rows = UnsafeMutablePointer<ScoredRow>.allocate(capacity: slots * keptPerBlock)
        let counts = UnsafeMutablePointer<Int>.allocate(capacity: slots)
        defer {
            rows.deallocate()
            counts.deallocate()
        }
        values.withUnsafeBufferPointer { values in
            inverseNorms.withUnsafeBufferPointer { norms in
                guard let values = values.baseAddress, let norms = norms.baseAddress else { return }
                Parallel.run(blocks) { block in
                    let start = block * Self.rowsPerBlock
                    let height = min(Self.rowsPerBlock, rowCount - start)
                    withUnsafeTemporaryAllocation(
                        of: Float.self, capacity: height * queries.count
                    ) { scores in
                        guard let scores = scores.baseAddress else { return }
                        queries.multiply(values + start * dimension, rows: height, into: scores)
                        Self.finish(
                            scores, norms + start, height: height, queries: queries.count, score)
                        select(
                            from: scores, norms + start, height: height, questions: size,
                            stride: queries.count, start: start, keptPerBlock,
                            into: rows + block * size * keptPerBlock, counts + block * size
                        ) { excludes(first + $0, $1) }
                    }
                }
            }
        }
        return (0..<size).map { question in
            var all: [ScoredRow] = []
            for block in 0..<blocks {
                let slot = block * size + question
                all += UnsafeBufferPointer(start: rows + slot * keptPerBlock, count: counts[slot])
            }
            all.sort(by: ScoredRow.isBetter)
            return Array(all.prefix(kept))
        }
    }

    /// Products become scores; of three queries' products the first holds the question's score.
    private static func finish(
        _ scores: UnsafeMutablePointer<Float>, _ norms: UnsafePointer<Float>, height: Int,
        queries: Int, _ score: Score
    ) {
        for row in 0..<height {
            let line = scores + row * queries
            let norm = norms[row]
            switch score {
            case .cosine:
                for query in 0..<queries { line[query] *= norm }
            case .cosineProduct:
                for question in 0..<queries / 3 {
                    let parts = line + 3 * question
                    let (p1, p2, n) = (parts[0] * norm, parts[1] * norm, parts[2] * norm)
                    line[question] = (1 + p1) / 2 * ((1 + p2) / 2) / ((1 + n) / 2 + 0.000001)
                }
            }
        }
    }

    /// Keeps the best rows of a block for each question. Rows come in ascending order, so that an equal score
    /// never takes an earlier row's place.
    private func select(
        from scores: UnsafePointer<Float>, _ norms: UnsafePointer<Float>, height: Int,
        questions: Int, stride: Int, start: Int, _ kept: Int,
        into rows: UnsafeMutablePointer<ScoredRow>, _ counts: UnsafeMutablePointer<Int>,
        excludes: (Int, Int32) -> Bool
    ) {
        counts.update(repeating: 0, count: questions)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: questions) { thresholds in
            thresholds.update(repeating: -.infinity)
            // A row without a direction is near nothing.
            for row in 0..<height where norms[row] > 0 {
                let line = scores + row * stride
                for question in 0..<questions where line[question] > thresholds[question] {
                    let number = Int32(truncatingIfNeeded: start + row)
                    if excludes(question, number) { continue }
                    var heap = RowHeap(
                        base: rows + question * kept, capacity: kept, count: counts[question])
                    heap.insert(ScoredRow(row: number, score: line[question]))
                    counts[question] = heap.count
                    if heap.count == kept { thresholds[question] = heap.worst.score }
                }
            }
        }
    }
}

/// The transposed vectors of a group of queries, [dimension, count]: the right side of the product.
private struct QueryBlock {
    let count: Int
    private let dimension: Int
    private let transposed: [Float]

    init(queries: [Float], from first: Int, count: Int, dimension: Int) {
        self.count = count
        self.dimension = dimension
        var transposed = [Float](repeating: 0, count: count * dimension)
        for query in 0..<count {
            for column in 0..<dimension {
                transposed[column * count + query] = queries[(first + query) * dimension + column]
            }
        }
        self.transposed = transposed
    }

    /// [rows, dimension] · [dimension, count] → [rows, count]
    func multiply(
        _ left: UnsafePointer<Float>, rows: Int, into result: UnsafeMutablePointer<Float>
    ) {
        transposed.withUnsafeBufferPointer { right in
            guard let right = right.baseAddress else { return }
            MatMul.multiply(
                rows: rows, columns: count, depth: dimension,
                MatMul.Operand(left, stride: dimension), MatMul.Operand(right, stride: count),
                into: result, resultStride: count)
        }
    }
}

/// The best rows so far, the worst of them on top.
private struct RowHeap {
    let base: UnsafeMutablePointer<ScoredRow>
    let capacity: Int
    private(set) var count: Int

    init(base: UnsafeMutablePointer<ScoredRow>, capacity: Int, count: Int) {
        self.base = base
        self.capacity = capacity
        self.count = count
    }

    var worst: ScoredRow { base[0] }

    /// Adds a row, in the place of the worst one where there is no other.
    mutating func insert(_ row: ScoredRow) {
        if count < capacity {
            base[count] = row
            rise(from: count)
            count += 1
        } else {
            base[0] = row
            sink()
        }
    }

    private func rise(from place: Int) {
        var child = place
        while child > 0 {
            let parent = (child - 1) / 2
            guard ScoredRow.isBetter(base[parent], base[child]) else { return }
            swap(&base[parent], &base[child])
            child = parent
        }
    }

    private func sink() {
        var parent = 0
        while 2 * parent + 1 < count {
            var child = 2 * parent + 1
            if child + 1 < count, ScoredRow.isBetter(base[child], base[child + 1]) { child += 1 }
            guard ScoredRow.isBetter(base[parent], base[child]) else { return }
            swap(&base[parent], &base[child])
            parent = child
        }
    }
}
