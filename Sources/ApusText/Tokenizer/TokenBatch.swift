import ApusCore

/// Several texts as tensors, all of one length: what a network takes.
public struct TokenBatch: Sendable {
    /// The ids, int32. Shape [batch, time].
    public let ids: Tensor
    /// 1 for tokens, 0 for padding, int32. Shape [batch, time].
    public let mask: Tensor
    /// The segment of each token, int32. Shape [batch, time].
    public let typeIDs: Tensor
    /// How many tokens of each text are no padding, int32. Shape [batch].
    public let lengths: Tensor

    /// Encodings of one length.
    init(_ encodings: [Encoding]) {
        let shape: Shape = [encodings.count, encodings.first?.count ?? 0]
        ids = Tensor(encodings.flatMap(\.ids), shape: shape)
        mask = Tensor(encodings.flatMap(\.attentionMask), shape: shape)
        typeIDs = Tensor(encodings.flatMap(\.typeIDs), shape: shape)
        lengths = Tensor(
            ids: encodings.map { encoding in
                Int32(encoding.attentionMask.reduce(0) { $0 + Int($1) })
            })
    }
}

extension Tokenizer {
    /// Encodes texts, in parallel; filled up only when ``padding`` says so.
    public func encodings(
        of texts: [String], addingSpecialTokens: Bool = true,
        takingSpecialTokensAsText: Bool? = nil
    ) -> [Encoding] {
        var encodings = inParallel(texts) {
            encode(
                $0, addingSpecialTokens: addingSpecialTokens,
                takingSpecialTokensAsText: takingSpecialTokensAsText)
        }
        if let padding { pad(&encodings, padding) }
        return encodings
    }

    /// The ids of texts, in parallel.
    public func ids(
        of texts: [String], addingSpecialTokens: Bool = true,
        takingSpecialTokensAsText: Bool? = nil
    ) -> [[Int32]] {
        inParallel(texts) {
            ids(
                of: $0, addingSpecialTokens: addingSpecialTokens,
                takingSpecialTokensAsText: takingSpecialTokensAsText)
        }
    }

    /// Encodes texts as tensors, in parallel.
    ///
    /// They are filled up as ``padding`` says; without it, to the longest, with id 0, which the mask hides.
    public func encode(
        _ texts: [String], addingSpecialTokens: Bool = true,
        takingSpecialTokensAsText: Bool? = nil
    ) -> TokenBatch {
        var encodings = encodings(
            of: texts, addingSpecialTokens: addingSpecialTokens,
            takingSpecialTokensAsText: takingSpecialTokensAsText)
        pad(&encodings, padding ?? Padding(SpecialToken(vocabulary[0] ?? "", id: 0)))
        return TokenBatch(encodings)
    }

    private func pad(_ encodings: inout [Encoding], _ padding: Padding) {
        let longest = encodings.reduce(0) { max($0, $1.count) }
        let target = max(padding.target(for: longest), longest)
        for index in encodings.indices { encodings[index].pad(to: target, padding) }
    }

    /// Texts are handed out in runs of about the same number of bytes.
    private func inParallel<Result: Sendable>(
        _ texts: [String], _ body: @Sendable (String) -> Result
    ) -> [Result] {
        let runs = Self.runs(texts)
        return [Result](unsafeUninitializedCapacity: texts.count) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            // Each task writes other places.
            nonisolated(unsafe) let results = base
            Parallel.run(runs.count) { run in
                for index in runs[run] { (results + index).initialize(to: body(texts[index])) }
            }
            count = texts.count
        }
    }

    private static func runs(_ texts: [String]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        var size = 0
        for (index, text) in texts.enumerated() {
            size += text.utf8.count + 64
            if size >= 1 << 15 || index == texts.count - 1 {
                runs.append(start..<index + 1)
                start = index + 1
                size = 0
            }
        }
        return runs
    }
}
