import ApusCore
import ApusText
import Testing

private func ppmi() throws -> SparseRows {
    PointwiseMutualInformation().positive(
        try SmallTexts.counts(CooccurrenceWindow(size: 3, weighting: .inverseDistance)))
}

private func product(_ a: Tensor, _ b: Tensor) -> [Float] {
    matmul(a.transposed(), b).scalars(of: Float.self)
}

@Test func singularValuesAreThoseOfNumPy() throws {
    let found = TruncatedSVD(try ppmi(), rank: 8)
    #expect(
        isClose(
            found.singularValues,
            [5.733697, 5.531091, 4.233362, 2.873513, 2.518246, 2.46978, 2.378685, 2.322504],
            within: 1e-5))
}

@Test func theWholeDecompositionGivesTheMatrixBack() throws {
    let matrix = try ppmi()
    let found = TruncatedSVD(matrix, rank: matrix.count)
    let scaled = found.left * Tensor(found.singularValues)
    let back = matmul(scaled, found.right.transposed()).scalars(of: Float.self)
    let wanted = (0..<matrix.count).flatMap { dense(matrix, $0) }
    #expect(isClose(back, wanted, within: 1e-5))
    let unit = (0..<18 * 18).map { $0 % 19 == 0 ? Float(1) : 0 }
    #expect(isClose(product(found.left, found.left), unit, within: 1e-5))
    #expect(isClose(product(found.right, found.right), unit, within: 1e-5))
}

@Test func aMatrixOfLowRankHasZerosBehindItsOwn() {
    // Rows 1·v, 2·v, 3·v of one vector.
    let offsets = [0, 2, 4, 6]
    let rows = SparseRows(
        offsets: offsets, ids: [0, 3, 0, 3, 0, 3], weights: [3, 4, 6, 8, 9, 12], columnCount: 5)
    let found = TruncatedSVD(rows, rank: 3)
    #expect(isClose(found.singularValues, [Float(14).squareRoot() * 5, 0, 0], within: 1e-5))
    #expect(found.left.scalars(of: Float.self).allSatisfy { $0.isFinite })
    let empty = TruncatedSVD(
        SparseRows(offsets: [0, 0, 0], ids: [], weights: [], columnCount: 2), rank: 2)
    #expect(empty.singularValues == [0, 0])
}

@Test func theNumberOfThreadsChangesNoBit() throws {
    var state: UInt64 = 3
    var (offsets, ids, weights) = ([0], [Int32](), [Float]())
    for _ in 0..<9000 {
        for _ in 0..<3 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let id = Int32(state >> 33) % 60
            if ids[(offsets.last ?? 0)...].contains(id) { continue }
            ids.append(id)
            weights.append(Float(state >> 40 & 0xFF) / 256)
        }
        offsets.append(ids.count)
    }
    let matrix = SparseRows(offsets: offsets, ids: ids, weights: weights, columnCount: 60)
    let results = [1, 2, 3].map { threads in
        Parallel.withThreads(threads) { TruncatedSVD(matrix, rank: 4, iterations: 1) }
    }
    for other in results[1...] {
        #expect(other.singularValues == results[0].singularValues)
        #expect(other.left.scalars(of: Float.self) == results[0].left.scalars(of: Float.self))
        #expect(other.right.scalars(of: Float.self) == results[0].right.scalars(of: Float.self))
    }
}

@Test func textsAboutOneSubjectLieNearEachOther() {
    let analysis = LatentSemanticAnalysis(TextStore(SmallTexts.all), dimension: 3)
    #expect(
        isClose(
            analysis.decomposition.singularValues, [1.441294, 1.162234, 0.96661], within: 1e-5))
    let points = analysis.texts
    let lengths = sqrt((points * points).sum(axis: 1, keepingAxis: true))
    let unit = points / lengths
    let cosines = matmul(unit, unit.transposed()).scalars(of: Float.self)
    let expected: [Float] = [
        1, 0.9904, 0.171976, 0.498316, 0.344517, -0.107453,
        0.9904, 1, 0.21286, 0.375205, 0.214121, -0.230502,
        0.171976, 0.21286, 1, -0.048828, -0.045915, 0.10537,
        0.498316, 0.375205, -0.048828, 1, 0.984801, 0.773668,
        0.344517, 0.214121, -0.045915, 0.984801, 1, 0.869406,
        -0.107453, -0.230502, 0.10537, 0.773668, 0.869406, 1,
    ]
    #expect(isClose(cosines, expected, within: 1e-4))
    let again = analysis.transform(TextStore(SmallTexts.all)).scalars(of: Float.self)
    #expect(isClose(again, points.scalars(of: Float.self), within: 1e-5))
}
