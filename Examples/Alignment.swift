import Apus
import Support

// A network learns to spell words backwards. Nobody tells it where to look: for each letter that it writes, additive
// attention (Bahdanau, Cho and Bengio 2015) weighs the letters that it read, and the weights become the alignment.
//
//     score(q, k) = vᵀ·tanh(W·q + U·k)      weights = softmax(scores)      letter = Σ weight · letter read
struct Speller: ModelPart {
    let letters = Embedding(26, 16)
    let places = Embedding(6, 16)
    let look = AdditiveAttention(16, 32, hidden: 32)
    let output = Linear(16, 26)

    var children: Children {
        ["letters": letters, "places": places, "look": look, "output": output]
    }

    /// Words `[batch, 6]` to scores of the letters `[batch, 6, 26]`, and the weights `[batch, 6, 6]`.
    func callAsFunction(_ words: Tensor) -> (scores: Tensor, weights: Tensor) {
        let read = letters(words)
        let batch = words.shape[0]
        // The query is the place that is written; the keys tell letter and place.
        let queries = places.weight.value.broadcast(to: [batch, 6, 16])
        let keys = concatenated([read, queries], axis: 2)
        let (context, weights) = look(queries, keys, values: read)
        return (output(context), weights)
    }
}

@main struct Alignment {
    static func main() {
        let model = seeded(3) { Speller() }
        let optimizer = Adam(model.parameters, learningRate: 0.01)
        var generator = RandomGenerator(RandomKey(4))
        for step in 0...600 {
            let words = (0..<32).map { _ in (0..<6).map { _ in Int32(generator.integer(below: 26)) }
            }
            let (read, write) = (words.joined(), words.map { $0.reversed() }.joined())
            let (scores, _) = model(Tensor(Array(read), shape: [32, 6]))
            let loss = softmaxCrossEntropy(
                logits: scores.reshaped(to: [192, 26]), labels: Tensor(ids: Array(write)))
            optimizer.update(with: loss.backward())
            if step % 200 == 0 { print("step", step, "loss", loss.scalar.digits(3)) }
        }

        let word = Array("swifts".utf8)
        let ids = Tensor(word.map { Int32($0) - 97 }, shape: [1, 6])
        let (scores, weights) = withoutGradients { model(ids) }
        let best = scores.argmax(axis: -1).scalars(of: Int32.self)
        let spelled = best.map { String(UnicodeScalar(UInt8($0 + 97))) }
        print("swifts backwards:", spelled.joined())

        // A row for each letter written, a column for each letter read; the darker, the more weight.
        print("  " + word.map { String(UnicodeScalar($0)) }.joined(separator: " "))
        let shades = ["·", "-", "+", "#"]
        for row in 0..<6 {
            let shown = weights.floats[row * 6..<row * 6 + 6].map { shades[min(Int($0 * 4), 3)] }
            print(spelled[row], shown.joined(separator: " "))
        }
        check(spelled.reversed().joined() == "swifts", "the word is spelled backwards")
    }
}

// Prints:
//     step 0 loss 3.301
//     step 200 loss 0.004
//     step 400 loss 0.001
//     step 600 loss 0.001
//     swifts backwards: stfiws
//       s w i f t s
//     s · · · · · #
//     t · · · · # ·
//     f · · · # · ·
//     i · · # · · ·
//     w · # · · · ·
//     s # · · · · ·
