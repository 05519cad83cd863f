import ApusSystem
import ApusText

/// A folder of files that is there while a test runs.
func withFolder<Result>(
    _ files: [String: String], pieces: (name: String, model: SentencePieceModel)? = nil,
    _ body: (String) throws -> Result
) throws -> Result {
    let folder = "/tmp/apus-tests-\(UInt64.random(in: 0 ... .max))"
    try createDirectory(folder)
    defer { try? removeTree(folder) }
    for (name, text) in files {
        try atomicWrite(to: folder + "/" + name) { try $0.write(Array(text.utf8)) }
    }
    if let pieces { try pieces.model.save(to: folder + "/" + pieces.name) }
    return try body(folder)
}

/// A small model: `<unk>`, `<s>`, `</s>`, then pieces of which the first are the best.
func pieces(
    _ texts: [String], method: SentencePieceModel.Method, symbols: [String] = [],
    byteFallback: Bool = false
) -> SentencePieceModel {
    var all: [SentencePieceModel.Piece] = [
        .init("<unk>", score: 0, kind: .unknown), .init("<s>", score: 0, kind: .control),
        .init("</s>", score: 0, kind: .control),
    ]
    all += symbols.map { .init($0, score: 0, kind: .userDefined) }
    for (index, text) in texts.enumerated() {
        all.append(.init(text, score: -Float(index) - 1))
    }
    var model = SentencePieceModel(pieces: all, method: method)
    model.normalizer = SentencePieceNormalizer(userSymbols: symbols)
    model.byteFallback = byteFallback
    return model
}
