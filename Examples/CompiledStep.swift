// The same training twice: step by step as it is written, and compiled. The losses have the same bits, and of the
// kernels of an eager step fewer remain.
import Apus

let points = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
let labels = Tensor([[0], [1], [1], [0]])

func makeStep() -> (Tensor, Tensor) -> Tensor {
    let network = seeded(0) { Sequential(Linear(2, 8), Activation(tanh), Linear(8, 1)) }
    let optimizer = SGD(network.parameters, learningRate: 0.5)
    return { x, y in
        let loss = binaryCrossEntropy(logits: network(x), targets: y)
        optimizer.update(with: loss.backward())
        return loss
    }
}

let eager = makeStep()
let step = compiled(makeStep())

var differences = 0
for number in 1...2000 {
    let (a, b) = (eager(points, labels).floats[0], step(points, labels).floats[0])
    if a.bitPattern != b.bitPattern { differences += 1 }
    if number == 1 || number == 2000 { print("step \(number): loss \(b)") }
}
print("losses that differ in a bit: \(differences)")

if let graph = step.graph(for: points, labels) { print(graph) }

// Prints:
//     step 1: loss 0.71312207
//     step 2000: loss 0.0019591178
//     losses that differ in a bit: 0
//     node  kernel                        from                               shape   bytes  FLOPs
//        3  Linear                        input 0, parameter 0, parameter 1  [4, 8]    128    160
//        4  Tanh                          3                                  [4, 8]    128     32
//        7  Linear                        4, parameter 2, parameter 3        [4, 1]     16     68
//        9  BinaryCrossEntropy            7, input 1                         [4, 1]     16      4
//       10  Mean                          9                                  []          4      4
//       11  BinaryCrossEntropyDerivative  7, input 1                         [4, 1]     16     20
//       12  MatMul                        11, parameter 2                    [4, 8]    128     64
//       13  MatMul                        11, 4                              [1, 8]     32     64
//       14  Sum                           11                                 [1]         4      4
//       15  TanhDerivative                4, 12                              [4, 8]    128     96
//       16  MatMul                        15, input 0                        [8, 2]     64    128
//       17  Sum                           15                                 [8]        32     32
//       18  PrepareStep                                                      [0]         0      0
//       19  Update                        16, parameter 0                    [8, 2]      0      0
//       20  Update                        17, parameter 1                    [8]         0      0
//       21  Update                        13, parameter 2                    [1, 8]      0      0
//       22  Update                        14, parameter 3                    [1]         0      0
//     18 kernels eagerly, 17 compiled (1 of constants, done once); 448 bytes for intermediate results instead of 960
