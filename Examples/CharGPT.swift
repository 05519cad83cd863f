import Apus
import Support

// A GPT that learns to write Shakespeare, character by character: nanoGPT's setting for a CPU (Karpathy 2022). Four
// layers of four heads, width 128, see 64 characters and guess the next at every place.
//
//     x = tokens[text] + positions      x ← x + attention(norm(x))      x ← x + linear(gelu(linear(norm(x))))
//
// The data lies in ../shared/data/lm_tinyshakespeare beside the checkout.
struct GPT: Layer {
    let tokens: Embedding
    let positions: Embedding
    let layers: TransformerEncoder

    var children: Children { ["tokens": tokens, "positions": positions, "layers": layers] }

    init(characters: Int) {
        let settings = TransformerSettings(
            width: 128, heads: 4, activation: .gelu, dropout: 0, normalizesFirst: true,
            hasBias: false)
        tokens = Embedding(characters, 128, initializer: .normal(0.02))
        positions = Embedding(CharGPT.block, 128, initializer: .normal(0.02))
        layers = TransformerEncoder(4, settings)
        // GPT-2's first values: small, and smaller where a layer adds to the stream of states.
        for named in layers.parameters where named.parameter.shape.rank == 2 {
            let adds = ["out_proj.weight", "linear2.weight"].contains { named.name.hasSuffix($0) }
            let initializer = Initializer.normal(adds ? 0.02 / Float(8).squareRoot() : 0.02)
            named.parameter.assign(
                initializer.tensor(named.parameter.shape, key: RandomSource.current.nextKey()))
        }
    }

    /// Characters `[batch, time]` to the scores of the next ones, `[batch · time, characters]`.
    func callAsFunction(_ text: Tensor) -> Tensor {
        let x = tokens(text) + positions.weight.value.slice(0..<text.shape[1])
        let states = layers(x, mask: .causal)
        return linear(states, weight: tokens.weight.value)
            .reshaped(to: [text.count, tokens.weight.shape[0]])
    }
}

@main struct CharGPT {
    static let block = 64
    static let batch = 12
    static let steps = 2000

    static func main() throws {
        guard let play = try Play(folder: sharedData("lm_tinyshakespeare")) else {
            return print("skipped: ../shared/data/lm_tinyshakespeare is not beside the checkout")
        }
        let model = seeded(1) { GPT(characters: play.characters.count) }
        let optimizer = AdamW(
            model.parameters.withoutDecayOfVectors(), betas: (0.9, 0.99), weightDecay: 0.1)
        let schedule = LearningRateSchedule(.cosine, totalSteps: steps, warmUpSteps: 100)

        // Written down at the first call, then replayed.
        let learn = compiled { (text: Tensor, next: Tensor) in
            let loss = softmaxCrossEntropy(logits: model(text), labels: next)
            optimizer.update(with: loss.backward().clipped(toNorm: 1))
            return loss
        }

        print("step", "loss", separator: "\t")
        for step in 0..<steps {
            let (text, next) = play.windows(RandomKey(2).folded(in: step))
            optimizer.learningRate = 1e-4 + 9e-4 * schedule.factor(at: step)
            let loss = learn(text, next)
            if step % 500 == 499 { print(step + 1, loss.scalar.digits(3), separator: "\t") }
        }

        let validation = withoutGradients { play.validationLoss(model) }
        print("validation", validation.digits(4), "nats a character")
        check(validation <= 1.895, "the validation loss is at most 1.895")
        print(withoutGradients { play.continued("ROMEO:", by: 200, model) })
    }
}

/// The plays as numbers of characters.
struct Play {
    let characters: [UInt8]
    let training, validation: [Int32]

    init?(folder: String) throws {
        guard (try? openForReading("\(folder)/dev.txt")) != nil else { return nil }
        let texts = try ["train.txt.gz", "dev.txt", "test.txt"].map {
            try readFile("\(folder)/\($0)")
        }
        characters = Set(texts.joined()).sorted()
        var number: [UInt8: Int32] = [:]
        for (index, character) in characters.enumerated() { number[character] = Int32(index) }
        training = texts[0].map { number[$0, default: 0] }
        validation = (texts[1] + texts[2]).map { number[$0, default: 0] }
    }

    /// A batch of places drawn at random: the characters there `[batch, time]`, and the ones that follow.
    func windows(_ key: RandomKey) -> (text: Tensor, next: Tensor) {
        var generator = RandomGenerator(key)
        let starts = (0..<CharGPT.batch).map { _ in
            generator.integer(below: training.count - CharGPT.block)
        }
        return windows(of: training, at: starts)
    }

    private func windows(of text: [Int32], at starts: [Int]) -> (text: Tensor, next: Tensor) {
        func ids(_ offset: Int) -> [Int32] {
            starts.flatMap { text[$0 + offset..<$0 + offset + CharGPT.block] }
        }
        return (
            Tensor(ids(0), shape: [starts.count, CharGPT.block]), Tensor(ids: ids(1))
        )
    }

    /// The mean over every whole block of the validation text, each character predicted once.
    func validationLoss(_ model: GPT) -> Float {
        let starts = (0..<(validation.count - 1) / CharGPT.block).map { $0 * CharGPT.block }
        var sum: Float = 0
        for first in stride(from: 0, to: starts.count, by: 100) {
            let part = Array(starts[first..<min(first + 100, starts.count)])
            let (text, next) = windows(of: validation, at: part)
            let loss = softmaxCrossEntropy(logits: model(text), labels: next)
            sum += loss.scalar * Float(part.count)
        }
        return sum / Float(starts.count)
    }

    /// What the model writes behind a beginning.
    func continued(_ beginning: String, by count: Int, _ model: GPT) -> String {
        var text = beginning.utf8.map { Int32(characters.firstIndex(of: $0) ?? 0) }
        var generator = RandomGenerator(RandomKey(3))
        for _ in 0..<count {
            let seen = Array(text.suffix(CharGPT.block))
            let scores = model(Tensor(seen, shape: [1, seen.count]))
            let last = softmax(scores.slice(seen.count - 1..<seen.count) / 0.8).floats
            // Drawn with the model's probabilities, sharpened a little.
            var left = generator.uniform()
            let drawn = last.firstIndex { probability in
                left -= probability
                return left < 0
            }
            text.append(Int32(drawn ?? last.count - 1))
        }
        return String(decoding: text.map { characters[Int($0)] }, as: UTF8.self)
    }
}

// Prints:
//     step	loss
//     500	2.284
//     1000	2.118
//     1500	1.758
//     2000	1.734
//     validation 1.8681 nats a character
//     ROMEO:
//     And sheepind sprieon this prean as me,
//     Thou know to the the sooth, you and elst beant,
//     Now storring his spay, stree not now,
//     And brom the shee sunstices, 'tis upor the a mas,
//     That as collage fraint,
