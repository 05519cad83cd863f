import Apus
import Support

// Byte-pair encoding learns by counting: which two neighbours stand side by side most often? They become one token, and
// the counting begins again (Gage 1994; Sennrich et al. 2016). Here a byte-level tokenizer, GPT-2's kind, learns from
// a nursery rhyme of our own, and a word is watched as it grows together.
@main struct MergesStepByStep {
    static let lines = [
        "the swift flew over the river", "the swifter swift flew faster",
        "the fastest swift of the swifts", "over the river and over the trees",
        "the river runs faster than the swift flies",
    ]

    static func main() throws {
        // 256 bytes come first; each merge adds one token.
        let trainer = BPETrainer(vocabularySize: 256 + 24)
        let tokenizer = try trainer.train(onLines: lines, pipeline: .byteLevel())
        guard let model = tokenizer.model as? BytePairEncoding else { return }

        print("the first merges, the most frequent pair each time (Ġ is a space):")
        for rank in 0..<8 {
            let (left, right) = model.merges[rank]
            let pair = [left, right].map { model.vocabulary[$0] ?? "?" }
            print("  \(rank + 1). \(pair[0]) + \(pair[1]) → \(pair.joined())")
        }

        print("“ swifter” with the first 0, 2, 4, … merges:")
        for count in stride(from: 0, through: 12, by: 2) {
            let tokens = tokens(of: " swifter", with: count, of: model)
            print("  \(count)\t\(tokens.joined(separator: " "))")
        }

        let text = "the swiftest swift"
        let encoding = tokenizer.encode(text)
        print(encoding.tokens.joined(separator: "|"))
        check(tokenizer.decode(encoding.ids) == text, "byte-level tokens give the text back")
        check(
            tokenizer.decode(tokenizer.ids(of: "Стриж 雨燕")) == "Стриж 雨燕",
            "no text is unknown, not even letters that were never seen")
    }

    /// A word cut with the earliest rules alone.
    static func tokens(
        of word: String, with count: Int, of model: BytePairEncoding
    ) -> [String] {
        var merges = MergeTable()
        for rank in 0..<count {
            let (left, right) = model.merges[rank]
            let joined = (model.vocabulary[left] ?? "") + (model.vocabulary[right] ?? "")
            merges.append(left, right, becoming: model.vocabulary.id(of: joined) ?? 0)
        }
        guard let young = try? BytePairEncoding(vocabulary: model.vocabulary, merges: merges) else {
            return []
        }
        return Tokenizer(model: young, preTokenizer: .byteLevel(ByteLevelCut())).encode(word).tokens
    }
}

// Prints:
//     the first merges, the most frequent pair each time (Ġ is a space):
//       1. t + h → th
//       2. e + r → er
//       3. th + e → the
//       4. f + t → ft
//       5. i + ft → ift
//       6. s + w → sw
//       7. v + er → ver
//       8. Ġ + f → Ġf
//     “ swifter” with the first 0, 2, 4, … merges:
//       0	Ġ s w i f t e r
//       2	Ġ s w i f t er
//       4	Ġ s w i ft er
//       6	Ġ sw ift er
//       8	Ġ sw ift er
//       10	Ġswift er
//       12	Ġswift er
//     the|Ġswift|e|st|Ġswift
