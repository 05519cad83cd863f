import ApusCore
import ApusData
import Testing

private let labels: [Int32] =
    [Int32](repeating: 0, count: 100) + [Int32](repeating: 1, count: 31) + [2]
    + [Int32](repeating: 4, count: 2)

@Test func everyLabelHasItsShareOnBothSides() {
    let (training, heldOut) = stratifiedSplit(
        labels: labels, holdingOut: 0.1, key: RandomKey(1))
    #expect((training + heldOut).sorted() == Array(0..<labels.count))
    #expect(training == training.sorted() && heldOut == heldOut.sorted())
    #expect(heldOut.count { labels[$0] == 0 } == 10)
    #expect(heldOut.count { labels[$0] == 1 } == 3)
    #expect(heldOut.count { labels[$0] == 2 } == 0)
    #expect(heldOut.count == 13)

    let again = stratifiedSplit(labels: labels, holdingOut: 0.1, key: RandomKey(1))
    #expect(again == (training, heldOut))
    let other = stratifiedSplit(labels: labels, holdingOut: 0.1, key: RandomKey(2))
    #expect(other.heldOut != heldOut)
}

@Test func theLastTextOfALabelStaysInTraining() {
    let (training, heldOut) = stratifiedSplit(labels: labels, holdingOut: 1, key: RandomKey(3))
    #expect(Set(training.map { labels[$0] }) == [0, 1, 2, 4])
    #expect(training.count == 4 && heldOut.count == labels.count - 4)
    #expect(stratifiedSplit(labels: labels, holdingOut: 0, key: RandomKey(3)).heldOut.isEmpty)
    #expect(stratifiedSplit(labels: [], holdingOut: 0.5, key: RandomKey(3)).training.isEmpty)
}

@Test func sharesOfManySmallLabelsAddUp() {
    let many = (0..<77).flatMap { label in [Int32](repeating: label, count: 7) }
    let (_, heldOut) = stratifiedSplit(labels: many, holdingOut: 0.1, key: RandomKey(0))
    #expect(heldOut.count == 54)
    for label in Int32(0)..<77 { #expect(heldOut.count { many[$0] == label } <= 1) }
}

@Test func foldsAreEquallyLargeInAllAndForEachLabel() {
    let folds = stratifiedFolds(labels: labels, count: 5, key: RandomKey(9))
    #expect(folds.flatMap(\.self).sorted() == Array(0..<labels.count))
    #expect(Set(folds.map(\.count)).isSubset(of: [26, 27]))
    for label in [Int32(0), 1, 2, 4] {
        let counts = folds.map { fold in fold.count { labels[$0] == label } }
        #expect(counts.max()! - counts.min()! <= 1)
    }
    let rest = positions(outside: folds[2], of: labels.count)
    #expect((rest + folds[2]).sorted() == Array(0..<labels.count))
    #expect(folds == stratifiedFolds(labels: labels, count: 5, key: RandomKey(9)))
}

@Test func anEpochShowsEachPositionOnce() {
    let batches = Batches(count: 103, size: 10, key: RandomKey(5))
    #expect(batches.batchesPerEpoch == 11)
    for epoch in 0..<3 {
        let shown = batches.epoch(epoch)
        #expect(shown.count == 11)
        #expect(shown.map(\.count) == [Int](repeating: 10, count: 10) + [3])
        #expect(shown.flatMap(\.self).sorted() == Array(0..<103))
        #expect(shown.flatMap(\.self) == batches.order(ofEpoch: epoch))
    }
    #expect(batches.order(ofEpoch: 0) != batches.order(ofEpoch: 1))
    #expect(Batches(count: 0, size: 3, key: nil).epoch(0).isEmpty)
    #expect(
        Batches(count: 5, size: 2, key: nil).epoch(7).map(Array.init) == [[0, 1], [2, 3], [4]])
}

@Test func aResumedRunSeesWhatItWouldHaveSeen() {
    let whole = Batches(count: 1_000, size: 7, key: RandomKey(5).folded(in: "batches"))
    let resumed = Batches(count: 1_000, size: 7, key: RandomKey(5).folded(in: "batches"))
    #expect(
        resumed.epoch(3).dropFirst(17).map(Array.init)
            == whole.epoch(3).map(Array.init)[17...].map(\.self))
}
