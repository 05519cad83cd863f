import Apus
import Support

// One sentence, three ways to learn pieces of words.
//
// - Byte-pair encoding (Sennrich et al. 2016) joins the most frequent pair of neighbours, again and again. It cuts a new
//   word by the same rules in the same order.
// - WordPiece (Wu et al. 2016) keeps only the pieces, ## in front of those inside a word. It takes the longest piece that
//   fits, from left to right.
// - Unigram (Kudo 2018) gives each piece a probability. Of all ways to cut a word it takes the one whose product is
//   largest:  P(x₁ … xₙ) = p(x₁) · … · p(xₙ).
//
// All three learn from the same lines, the sentences that the demo of this package brings along.
@main struct ThreeWaysToCut {
    static let sentence = "The lecturer sleeps in the library"

    static func main() throws {
        let lines = LanguageSentences.all.first { $0.language == "English" }?.sentences ?? []
        let size = 400

        let bpe = try BPETrainer(
            vocabularySize: size, specialTokens: ["<unk>"], unknownToken: "<unk>"
        )
        .train(onLines: lines, pipeline: .sentencePiece())
        let wordPiece = try WordPieceTrainer(vocabularySize: size)
            .train(onLines: lines, pipeline: .bert())
        let unigram = try UnigramTrainer(vocabularySize: size)
            .train(onLines: lines, pipeline: .sentencePiece())

        for (name, tokenizer) in [("BPE", bpe), ("WordPiece", wordPiece), ("Unigram", unigram)] {
            let tokens = tokenizer.encode(sentence, addingSpecialTokens: false).tokens
            print("\(name)\t\(tokens.joined(separator: " "))")
        }

        // BPE's rules have an order; “sleeps” comes together by these of them.
        guard let rules = bpe.model as? BytePairEncoding else { return }
        for rank in 0..<rules.merges.count {
            let (left, right) = rules.merges[rank]
            let pair = [left, right].map { rules.vocabulary[$0] ?? "" }
            if "▁sleeps".contains(pair.joined()), pair.joined().count > 2 {
                print("rule \(rank + 1): \(pair[0]) + \(pair[1])")
            }
        }

        // Unigram compares products of probabilities, as sums of logarithms.
        guard let model = unigram.model as? Unigram else { return }
        for cut in [["▁s", "l", "eep", "s"], ["▁s", "l", "e", "e", "p", "s"]] {
            let scores = cut.map { model.vocabulary.id(of: $0).map { model.scores[Int($0)] } ?? 0 }
            let sum = scores.reduce(0, +)
            print("ln P(\(cut.joined(separator: " "))) = \(Float(sum).digits(1))")
        }
        check(
            unigram.encode("sleeps").tokens == ["▁s", "l", "eep", "s"],
            "Unigram takes the cut with the larger probability")
    }
}

// Prints:
//     BPE	▁The ▁le ct ur er ▁sle ep s ▁in ▁the ▁l i b r ar y
//     WordPiece	the le ##ct ##ure ##r sle ##ep ##s in the li ##b ##r ##ar ##y
//     Unigram	▁The ▁le c t ur er ▁s l eep s ▁in ▁the ▁li b r a r y
//     rule 298: ▁s + le
//     ln P(▁s l eep s) = -20.4
//     ln P(▁s l e e p s) = -27.1
