import Apus
import Support

// Which language is it? Pairs of letters tell, even among neighbours: softmax regression on letter bigrams.
//
//     p(language | x) = softmax(W·x + b)      x has a 1 for each bigram that is there, 0 for the others
@main struct LanguageOfLetters {
    static func bags(_ rows: SparseRows) -> Bags {
        Bags((0..<rows.count).map { Array(rows.ids[rows[$0]]) })
    }

    static func main() {
        let languages = LanguageSentences.all.filter {
            ["Bokmål", "Danish", "Swedish"].contains($0.language)
        }
        let sentences = LabelledTexts(
            languages.flatMap { language, sentences in sentences.map { ($0, language) } })
        let split = stratifiedSplit(
            labels: sentences.labelIDs, holdingOut: 1 / 3.0, key: RandomKey(1))
        let training = sentences.selecting(split.training)
        let heldOut = sentences.selecting(split.heldOut)

        let bigrams = NGramExtractor(words: nil, characters: 2...2)
        let (vectorizer, rows) = Vectorizer.fitting(
            training.texts, bigrams, weighting: .binary, minimumDocuments: 2)
        let model = SoftmaxRegression(features: vectorizer.columnCount, classes: 3)
        print(training.count, "sentences,", vectorizer.columnCount, "bigrams")

        let optimizer = SGD(model.parameters, learningRate: 0.5)
        for step in 0...100 {
            let loss = softmaxCrossEntropy(
                logits: model(bags(rows)), labels: Tensor(ids: training.labelIDs))
            optimizer.update(with: loss.backward())
            if step % 25 == 0 { print(step, loss.scalar.digits(4), separator: "\t") }
        }

        let scores = withoutGradients { model(bags(vectorizer.transform(heldOut.texts))) }
        let right = scores.argmax(axis: 1).equal(to: Tensor(ids: heldOut.labelIDs))
            .scalars(of: Bool.self).count { $0 }
        print(right, "of", heldOut.count, "held-out sentences are right")
        check(right * 20 >= heldOut.count * 19, "at least 95 % of the held-out sentences are right")

        guard case .vocabulary(let vocabulary) = vectorizer.features else { return }
        let weights = model.weight.weight.value.transposed()
        for (number, language) in sentences.labels.names.enumerated() {
            let own = weights.slice(number..<number + 1).floats
            let strongest = own.indices.sorted { own[$0] > own[$1] }.prefix(8)
            print(language, strongest.map { "“\(vocabulary[$0])”" }.joined(separator: " "))
        }
    }
}

// Prints:
//     180 sentences, 434 bigrams
//     0	1.0986
//     25	0.0951
//     50	0.0560
//     75	0.0399
//     100	0.0310
//     89 of 90 held-out sentences are right
//     Bokmål “kk” “ å” “tt” “oe” “le” “ke” “ør” “å ”
//     Danish “ig” “af” “ev” “ej” “nd” “ed” “ud” “d ”
//     Swedish “a ” “ch” “oc” “h ” “na” “ra” “ck” “är”
