import ApusText

/// The first words of a vocabulary by spelling, upper and lower case alike if wanted: of several spellings
/// the first, which is the most frequent, stands for all.
struct FoldedVocabulary {
    private let ignoresCase: Bool
    private var spellings = StringInterner()
    /// The first row of each spelling.
    private var rows: [Int] = []
    /// The spelling of each row.
    private(set) var spellingOfRow: [Int32] = []

    init(_ words: TextStore, limit: Int, ignoringCase: Bool) {
        ignoresCase = ignoringCase
        for row in 0..<min(words.count, max(limit, 0)) {
            let spelling: Int
            if ignoringCase {
                spelling = spellings.intern(words[row].uppercased())
            } else {
                spelling = words.withBytes(of: row) { spellings.intern($0) }
            }
            if spelling == rows.count { rows.append(row) }
            spellingOfRow.append(Int32(truncatingIfNeeded: spelling))
        }
    }

    /// The number of a word's spelling, or nil.
    func spelling(of word: String) -> Int? {
        let word = ignoresCase ? word.uppercased() : word
        return spellings.id(of: word) ?? spellings.id(of: composed(word))
    }

    /// The row that stands for a spelling.
    func row(of spelling: Int) -> Int { rows[spelling] }
}
