/// Patterns with a scanner written by hand, found by their exact source.
enum KnownPattern: Sendable, Equatable {
    case gpt2
    case cl100k(digits: Int, takesFinalSpacesWhole: Bool)
    case o200k
    case clip(ignoresCase: Bool)
    case run(kinds: UInt8, limit: Int)

    /// GPT-2's pattern as Hugging Face's ByteLevel has it.
    static let gpt2Source =
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

    /// The pattern with this source, if it is one of them.
    init?(_ source: String, _ dialect: PatternDialect) {
        let bytes = Array(source.utf8)
        guard
            let known = Self.table.first(where: { row in
                (row.dialect == nil || row.dialect == dialect) && Array(row.source.utf8) == bytes
            })
        else { return nil }
        self = known.pattern
    }

    private static let table: [(source: String, dialect: PatternDialect?, pattern: KnownPattern)] =
        [
            (gpt2Source, nil, .gpt2),
            (
                #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#,
                .tiktoken, .gpt2
            ),
            (
                #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#, nil,
                .gpt2
            ),
            (cl100k(#"\p{N}{1,3}"#), nil, .cl100k(digits: 3, takesFinalSpacesWhole: false)),
            (cl100k(#"\p{N}"#), nil, .cl100k(digits: 1, takesFinalSpacesWhole: false)),
            (cl100k(#"\p{N}{1,2}"#), nil, .cl100k(digits: 2, takesFinalSpacesWhole: false)),
            (
                #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"#
                    + #"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#,
                .tiktoken, .cl100k(digits: 3, takesFinalSpacesWhole: true)
            ),
            (o200kSource, nil, .o200k),
            (clipSource, nil, .clip(ignoresCase: false)),
            (#"\s+"#, nil, .run(kinds: ScalarKind.whitespace, limit: .max)),
            (#"\s"#, nil, .run(kinds: ScalarKind.whitespace, limit: 1)),
            (#"\p{N}"#, nil, .run(kinds: ScalarKind.number, limit: 1)),
            (#"\p{N}+"#, nil, .run(kinds: ScalarKind.number, limit: .max)),
            (#"\p{N}{1,3}"#, nil, .run(kinds: ScalarKind.number, limit: 3)),
            (#"\p{L}+"#, nil, .run(kinds: ScalarKind.letter, limit: .max)),
        ]

    private static func cl100k(_ digits: String) -> String {
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + digits
            + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }

    private static let o200kSource: String = {
        let contraction = #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#
        let opening = #"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#
        let closing = #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#
        return #"[^\r\n\p{L}\p{N}]?"# + opening + "*" + closing + "+" + contraction
            + #"|[^\r\n\p{L}\p{N}]?"# + opening + "+" + closing + "*" + contraction
            + #"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }()

    private static let clipSource = #"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#
}
