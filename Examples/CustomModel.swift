import Apus
import Support

// A model of one's own is a struct with layers in it. Two ways to train it: a loop written by hand, and the
// library's loop, which can also judge, save and resume. Both take the same steps, to the last bit.
struct BagOfWords: Layer {
    let embedding: EmbeddingBag
    let dropout = Dropout(0.3)
    let output: Linear

    var children: Children { ["embedding": embedding, "output": output] }

    init(words: Int, classes: Int) {
        embedding = EmbeddingBag(words, 16)
        output = Linear(16, classes)
    }

    func callAsFunction(_ bags: Bags) -> Tensor { output(dropout(embedding(bags))) }
}

/// Sentences as bags of the numbers of their words, 16 in a batch.
struct Sentences: BatchSource {
    let words: [[Int32]]
    let labels: [Int32]
    var order: Batches.Epoch

    var batchCount: Int { order.count }
    var exampleCount: Int { words.count }

    mutating func startEpoch(_ epoch: Int) {
        order = Batches(count: words.count, size: 16, key: RandomKey(1)).epoch(epoch)
    }

    func batch(at index: Int) -> (bags: Bags, labels: Tensor) {
        (Bags(order[index].map { words[$0] }), Tensor(ids: order[index].map { labels[$0] }))
    }
}
