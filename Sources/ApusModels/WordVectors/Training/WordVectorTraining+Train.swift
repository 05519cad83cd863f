import ApusCore
import ApusSystem
import ApusText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension WordVectorTraining {
    /// Trains vectors for the words of a corpus.
    ///
    /// The text is read twice: once to count its words, once to number them.
    ///
    /// - Parameter progress: called a few times a second; what it throws ends the training.
    /// - Throws: ``WordVectorTrainingError``, what reading throws, what `progress` throws.
    public func train(
        on corpus: Corpus, progress: (WordVectorProgress) throws -> Void = { _ in }
    ) throws -> WordVectors {
        try validate()
        let vocabulary = try CorpusVocabulary(
            of: corpus, minimumCount: minimumCount, limit: vocabularyLimit)
        guard vocabulary.count > 0 else {
            throw WordVectorTrainingError.noWords(corpus: corpus.name, minimumCount: minimumCount)
        }
        guard vocabulary.count + (subwords?.buckets ?? 0) < Int(Int32.max) / 4 else {
            throw WordVectorTrainingError.tooManyWords(
                corpus: corpus.name, count: vocabulary.count)
        }
        let bytes = 4 * dimension * (2 * vocabulary.count + (subwords?.buckets ?? 0))
        guard bytes < physicalMemory else {
            throw WordVectorTrainingError.tooLarge(gigabytes: bytes / 1_000_000_000)
        }
        let sequence = WordSequence(limit: memoryLimit)
        try corpus.forEachWord { word in
            if let id = vocabulary.index.id(of: word) { try sequence.append(id) }
        } endSentence: {
            try sequence.endSentence()
        }
        return try train(sequence, vocabulary, progress)
    }

    private func train(
        _ sequence: WordSequence, _ vocabulary: CorpusVocabulary,
        _ progress: (WordVectorProgress) throws -> Void
    ) throws -> WordVectors {
        let key = RandomKey(seed)
        // word2vec's beginning: small random inputs, outputs of zero.
        var inputs = randomRows(vocabulary.count, key.folded(in: "words"))
        var ngrams = subwords.map { randomRows($0.buckets, key.folded(in: "n-grams")) } ?? []
        let rows = subwords.map { subwordRows(of: vocabulary, $0) }
        let engine = BlockTrainer(self, vocabulary, rows)
        try inputs.withUnsafeMutableBufferPointer { inputs in
            try ngrams.withUnsafeMutableBufferPointer { ngrams in
                let planner = BlockPlanner(
                    self, sequence: sequence, counts: vocabulary.counts, inputs: rows,
                    inputRowCount: vocabulary.count + (subwords?.buckets ?? 0),
                    windowsAtOnce: windowsInBlock, key: key)
                try engine.run(
                    planner, inputs: inputs, ngrams: ngrams,
                    totalWords: sequence.count * epochs, progress)
            }
        }
        guard inputs.allSatisfy(\.isFinite), ngrams.allSatisfy(\.isFinite) else {
            throw WordVectorTrainingError.diverged(rate: rate)
        }
        let contexts = objective == .hierarchicalSoftmax ? nil : engine.outputRows()
        let arguments = fastTextArguments(words: sequence.count)
        guard let subwords else {
            return WordVectors(
                index: vocabulary.index, counts: vocabulary.counts, vectors: inputs,
                dimension: dimension, subwords: nil, contexts: contexts,
                fastTextArguments: arguments)
        }
        let table = SubwordTable(
            lengths: subwords.lengths, bucketCount: subwords.buckets, dimension: dimension,
            vectors: ngrams, wordRows: inputs)
        return WordVectors(
            index: vocabulary.index, counts: vocabulary.counts,
            vectors: table.finishedVectors(of: vocabulary.index.strings), dimension: dimension,
            subwords: table, contexts: contexts, fastTextArguments: arguments)
    }

    /// The settings as a fastText file holds them.
    private func fastTextArguments(words: Int) -> FastTextArguments {
        var arguments = FastTextArguments()
        arguments.model = architecture == .cbow ? .cbow : .skipGram
        arguments.loss =
            objective == .hierarchicalSoftmax ? .hierarchicalSoftmax : .negativeSampling
        arguments.window = Int32(window)
        arguments.epochs = Int32(epochs)
        arguments.minimumCount = Int32(clamping: minimumCount)
        if case .negativeSampling(let negatives) = objective {
            arguments.negatives = Int32(negatives)
        }
        arguments.sampling = subsampling
        arguments.tokenCount = Int64(words)
        return arguments
    }

    /// Rows of uniform numbers between ±1/(2·dimension), in memory that asks for huge pages.
    private func randomRows(_ count: Int, _ key: RandomKey) -> [Float] {
        let bound = 0.5 / Float(dimension)
        return [Float](unsafeUninitializedCapacity: count * dimension) { memory, filled in
            adviseHugePages(UnsafeMutableRawBufferPointer(memory))
            key.fillUniform(memory, in: -bound..<bound)
            filled = count * dimension
        }
    }

    private func subwordRows(
        of vocabulary: CorpusVocabulary, _ subwords: Subwords
    ) -> SubwordRows {
        var starts: [Int32] = [0]
        var rows: [Int32] = []
        for word in 0..<vocabulary.count {
            rows.append(Int32(word))
            vocabulary.index.strings.withBytes(of: word) { bytes in
                SubwordTable.forEachBucket(
                    of: bytes, lengths: subwords.lengths, bucketCount: subwords.buckets
                ) { rows.append(Int32(vocabulary.count + $0)) }
            }
            starts.append(Int32(rows.count))
        }
        return SubwordRows(starts: starts, rows: rows)
    }
}

/// Rows are read in random order: with pages of 2 MiB that misses the address cache less often.
private func adviseHugePages(_ memory: UnsafeMutableRawBufferPointer) {
    #if os(Linux)
        let page = 2 << 20
        guard let base = memory.baseAddress else { return }
        let start = (UInt(bitPattern: base) + UInt(page) - 1) / UInt(page) * UInt(page)
        let end = (UInt(bitPattern: base) + UInt(memory.count)) / UInt(page) * UInt(page)
        if start < end {
            let hugePages: Int32 = 14  // MADV_HUGEPAGE
            madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), hugePages)
        }
    #endif
}
