/// The pipelines that go from bytes to ids in one pass, word by word: BERT's, and those of byte-level BPE.
///
/// What it gives is exactly what the stages one after another give; texts with added tokens take those.
struct QuickPipeline: Sendable {
    private enum Kind: Sendable {
        case bert(BertNormalizer, WordPiece)
        case rawBytes(BytePairEncoding, KnownPattern, form: NormalizationForm?, addsSpace: Bool)
    }

    private let kind: Kind

    /// The quick way for these parts; nil when they are others.
    init?(model: any TokenModel, normalizer: Normalizer?, preTokenizer: PreTokenizer?) {
        if case .bert(let settings) = normalizer, case .bert = preTokenizer,
            let model = model as? WordPiece
        {
            kind = .bert(settings, model)
            return
        }
        guard let model = model as? BytePairEncoding, model.takesRawBytes,
            let (pattern, addsSpace) = Self.rawBytePattern(preTokenizer)
        else { return nil }
        switch normalizer {
        case nil: kind = .rawBytes(model, pattern, form: nil, addsSpace: addsSpace)
        case .unicode(let form):
            kind = .rawBytes(model, pattern, form: form, addsSpace: addsSpace)
        default: return nil
        }
    }

    /// The pattern of a byte-level pre-tokenizer, its own or that of a split before it.
    private static func rawBytePattern(
        _ preTokenizer: PreTokenizer?
    ) -> (KnownPattern, addsSpace: Bool)? {
        switch preTokenizer {
        case .byteLevel(let settings) where settings.usesPattern:
            return (.gpt2, settings.addsPrefixSpace)
        case .sequence(let parts) where parts.count == 2:
            guard case .split(.regex(let pattern), .isolated, inverted: false) = parts[0],
                case .byteLevel(let settings) = parts[1],
                !settings.usesPattern, !settings.addsPrefixSpace, let known = pattern.known
            else { return nil }
            switch known {
            case .gpt2, .cl100k, .o200k: return (known, false)
            default: return nil
            }
        default: return nil
        }
    }

    /// Whether a text can take the quick way.
    func takes(_ text: UnsafeBufferPointer<UInt8>, _ added: AddedVocabulary) -> Bool {
        guard case .rawBytes(_, _, let form, _) = kind else {
            return !added.mayOccur(in: text, isNormal: false)
        }
        if let form, !form.isClearlyNormal(text, edition: .huggingFace) { return false }
        return !added.mayOccur(in: text, isNormal: true)
    }

    /// Ids alone.
    func appendIDs(
        of text: UnsafeBufferPointer<UInt8>, to ids: inout [Int32], _ scratch: EncodingScratch
    ) {
        var sink = scratch.ids
        sink.removeAll()
        cut(text, &sink, scratch)
        ids.append(contentsOf: UnsafeBufferPointer(start: sink.ids, count: sink.count))
        scratch.ids = sink
    }

    /// Ids with their places.
    func encode(
        _ text: UnsafeBufferPointer<UInt8>, _ encoding: inout Encoding, _ scratch: EncodingScratch
    ) {
        var sink = SpanSink()
        sink.ids.reserveCapacity(text.count / 3 + 8)
        sink.spans.reserveCapacity(text.count / 3 + 8)
        cut(text, &sink, scratch)
        encoding.ids = sink.ids
        encoding.byteSpans = sink.spans
        if asciiEnd(text, from: 0) == text.count {
            encoding.scalarSpans = sink.spans
        } else {
            var counter = ScalarCounter(text)
            encoding.scalarSpans = sink.spans.map { span in
                let start = counter.scalar(at: Int(span.start))
                return ByteSpan(start, counter.scalar(at: Int(span.end)))
            }
        }
    }

    private func cut<Sink: PieceSink>(
        _ text: UnsafeBufferPointer<UInt8>, _ sink: inout Sink, _ scratch: EncodingScratch
    ) {
        switch kind {
        case .bert(let settings, let model):
            BertScanner.table.withUnsafeBufferPointer { classes in
                guard let classes = classes.baseAddress else { return }
                run(
                    text,
                    BertScanner(
                        text: text, separatesIdeographs: settings.separatesIdeographs,
                        cleansText: settings.cleansText, classes: classes),
                    BertSolver(normalizer: settings, model: model), &sink, scratch)
            }
        case .rawBytes(let model, let pattern, _, let addsSpace):
            if addsSpace, let first = text.first, first != UInt8(ascii: " ") {
                withSpace(before: text) { spaced in
                    var shifted = ShiftedSink(sink: sink, firstLength: scalarLength(leading: first))
                    cut(spaced, model, pattern, &shifted, scratch)
                    sink = shifted.sink
                }
            } else {
                cut(text, model, pattern, &sink, scratch)
            }
        }
    }

    private func cut<Sink: PieceSink>(
        _ text: UnsafeBufferPointer<UInt8>, _ model: BytePairEncoding, _ pattern: KnownPattern,
        _ sink: inout Sink, _ scratch: EncodingScratch
    ) {
        let reader = KindReader(text)
        let solver = RawByteSolver(model: model)
        switch pattern {
        case .cl100k(let digits, let takesFinalSpacesWhole):
            let scanner = CL100KScanner(
                reader: reader, digits: digits, takesFinalSpacesWhole: takesFinalSpacesWhole)
            run(text, PatternWords(scanner: scanner, count: text.count), solver, &sink, scratch)
        case .o200k:
            let scanner = O200KScanner(reader: reader)
            run(text, PatternWords(scanner: scanner, count: text.count), solver, &sink, scratch)
        default:
            let scanner = GPT2Scanner(reader: reader)
            run(text, PatternWords(scanner: scanner, count: text.count), solver, &sink, scratch)
        }
    }

    private func withSpace(
        before text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        let spaced = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count + 1)
        defer { spaced.deallocate() }
        spaced[0] = UInt8(ascii: " ")
        _ = UnsafeMutableBufferPointer(rebasing: spaced[1...]).initialize(from: text)
        body(UnsafeBufferPointer(spaced))
    }
}

/// Takes pieces of a text that got a space in front: the space has the place of the first scalar.
private struct ShiftedSink<Sink: PieceSink>: PieceSink {
    var sink: Sink
    let firstLength: Int

    @inline(__always)
    mutating func add(_ id: Int32, length: Int, at start: Int) {
        let end = start + length
        let from = max(start - 1, 0)
        sink.add(id, length: (end == 1 ? firstLength : end - 1) - from, at: from)
    }

    @inline(__always)
    mutating func add(_ pieces: UnsafeBufferPointer<Piece>, at start: Int) {
        for piece in pieces {
            add(piece.id, length: Int(piece.end - piece.start), at: start + Int(piece.start))
        }
    }
}
