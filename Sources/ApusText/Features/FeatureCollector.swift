/// Numbers the n-grams of texts as they come, and counts them: the first half of fitting a
/// ``Vectorizer``.
///
/// Each n-gram is looked up once: its slot holds its number and where it stands in the current
/// text's row.
struct FeatureCollector {
    private let extractor: NGramExtractor
    private var features = FeatureBuffer()
    private var index = HashIndex(capacity: 1 << 12)
    private var names = TextStore()
    private var rows = SparseRows(columnCount: 0)
    private var newFeatures: [Int] = []

    init(_ extractor: NGramExtractor) {
        self.extractor = extractor
    }

    /// Counts the features of a text given by its UTF-8 bytes.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        extractor.extract(text, into: &features)
        index.reserve(more: features.count)
        newFeatures.removeAll(keepingCapacity: true)
        rows.collect(upTo: features.count) { row in
            features.withHashes { hashes in
                index.withSlots { slots, count in
                    for feature in hashes.indices {
                        let hash = hashes[feature]
                        let slot = HashIndex.slot(of: hash, in: UnsafeBufferPointer(slots))
                        if slots[slot].hash == 0 {
                            HashIndex.occupy(slot, of: slots, with: hash, count: &count)
                            newFeatures.append(feature)
                        }
                        row.count(slots[slot].id, at: &slots[slot].position)
                    }
                }
            }
        }
        rows.endRow()
        keepNames()
    }

    private mutating func keepNames() {
        // A local copy: the closure changes `names`, and may not look at `self` meanwhile.
        let features = features
        for feature in newFeatures {
            let tag = features.tag(of: feature)
            features.withBytes(of: feature) { names.append(tag: tag, $0) }
        }
    }

    /// The vocabulary of the features that are frequent enough, and the rows of their counts.
    func finish(
        minimumDocuments: Int, minimumCharacterDocuments: Int, maximumFeatures: Int?
    ) -> (FeatureVocabulary, SparseRows) {
        let (vocabulary, newIDs) = FeatureVocabulary.selecting(
            index: index, names: names, frequencies: rows.columnFrequencies(index.count),
            documentCount: rows.count, minimumDocuments: minimumDocuments,
            minimumCharacterDocuments: minimumCharacterDocuments, maximumFeatures: maximumFeatures)
        return (vocabulary, rows.renumbered(newIDs, columnCount: vocabulary.count))
    }
}
