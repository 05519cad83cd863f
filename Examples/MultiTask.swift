import Apus
import Support

// Tasks that need the same features learn them together (Caruana 1997). Four questions about a point with ten
// coordinates hang on the same two hidden features. Three of them have 500 examples; the fourth has 15, too few to
// find the features alone.
//
//     h = tanh(W·x)      answer of task t = v_t·h      loss = Σ over tasks of the mean squared error
struct SharedEncoder: ModelPart {
    let encoder = Sequential(Linear(10, 16), Activation(tanh))
    let heads: [Linear]

    var children: Children { ["encoder": encoder, "heads": heads] }

    init(tasks: Int) { heads = (0..<tasks).map { _ in Linear(16, 1) } }

    func answers(_ points: Tensor, task: Int) -> Tensor { heads[task](encoder(points)) }
}

@main struct MultiTask {
    /// The truth: two features, and how much of each a task's answer takes.
    static let features = Tensor.normal([2, 10], key: RandomKey(1))
    static let shares = Tensor([[1, 1], [1, -1], [2, 0.5], [-1, 2]])

    static func truth(_ points: Tensor, task: Int) -> Tensor {
        let hidden = tanh(matmul(points, features, transposingRight: true))
        return matmul(hidden, shares.slice(task..<task + 1), transposingRight: true)
    }

    static func main() {
        let exampleCounts = [500, 500, 500, 15]
        let points = exampleCounts.enumerated().map { task, count in
            Tensor.normal([count, 10], key: RandomKey(2).folded(in: task))
        }
        let testPoints = Tensor.normal([1000, 10], key: RandomKey(3))

        func testError(learning tasks: [Int]) -> Float {
            let model = seeded(4) { SharedEncoder(tasks: 4) }
            let optimizer = Adam(model.parameters, learningRate: 0.01)
            for _ in 0..<1000 {
                var loss = Tensor(0)
                for task in tasks {
                    loss += meanSquaredError(
                        model.answers(points[task], task: task), truth(points[task], task: task))
                }
                optimizer.update(with: loss.backward())
            }
            return withoutGradients {
                meanSquaredError(model.answers(testPoints, task: 3), truth(testPoints, task: 3))
            }.scalar
        }

        let alone = testError(learning: [3])
        let together = testError(learning: [0, 1, 2, 3])
        print("the fourth task's error on new points")
        print("learned alone:          ", alone.digits(3))
        print("learned with the others:", together.digits(3))
        check(together < alone / 2, "the other tasks at least halve the error")
    }
}

// Prints:
//     the fourth task's error on new points
//     learned alone:           1.624
//     learned with the others: 0.162
