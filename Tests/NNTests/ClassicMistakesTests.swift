import ApusCore
import ApusNN
import Testing

/// What everybody gets wrong once: each stops at once, with one sentence that names the operation, the shapes, the layer
/// where it is known, and what to do.
struct ClassicMistakesTests {
    @Test func aTransposedWeight() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = linear(.ones([2, 3]), weight: .ones([3, 4]))
        }
        expectSentence(
            result,
            "Linear: [2, 3] and [3, 4]: the input's last size must equal the weight's: [rows, in] and [out, in]"
        )
    }

    @Test func aLayerFedWithAnotherWidthNamesTheLayer() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let model = Sequential(Linear(4, 8), Activation(tanh), Linear(7, 2))
            _ = SGD(model.parameters, learningRate: 0.1)
            _ = model(.ones([3, 4]))
        }
        expectSentence(
            result,
            "Linear: [3, 8] and [2, 7] and [2]: the input's last size must equal the weight's: [rows, in] and [out, in] (in the layer 2)"
        )
    }

    @Test func aBiasForAnotherNumberOfNeurons() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = linear(.ones([2, 3]), weight: .ones([4, 3]), bias: .ones([3]))
        }
        expectSentence(
            result,
            "Linear: [2, 3] and [4, 3] and [3]: the bias must have one element for each of the weight's rows"
        )
    }

    @Test func aProductOfMatricesThatDoNotMeet() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = matmul(.ones([2, 3]), .ones([2, 3]))
        }
        expectSentence(result, "MatMul: [2, 3] and [2, 3]")
    }

    @Test func aSumOverAnAxisThatIsNotThere() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor.ones([2, 3]).sum(axis: 2)
        }
        expectSentence(result, "Sum: [2, 3]: there is no axis 2")
    }

    @Test func aMeanOverTheWrongAxisMeetsTheWrongShape() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let states = Tensor.ones([2, 5, 3])
            _ = meanSquaredError(states.mean(axis: 2), .ones([2, 3]))
        }
        expectSentence(
            result,
            "MeanSquaredError: predictions [2, 5] and targets [2, 3]: the shapes must be equal; losses do not broadcast"
        )
    }

    @Test func aTargetOfShapeNByOne() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = meanSquaredError(.ones([4]), .ones([4, 1]))
        }
        expectSentence(
            result,
            "MeanSquaredError: predictions [4] and targets [4, 1]: the shapes must be equal; losses do not broadcast; write targets.reshaped(to: [4])"
        )
    }

    @Test func labelsOfShapeNByOne() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = softmaxCrossEntropy(
                logits: .ones([3, 5]), labels: Tensor(ids: [0, 1, 2]).reshaped(to: [3, 1]))
        }
        expectSentence(
            result,
            "SoftmaxCrossEntropy: scores [3, 5] and labels [3, 1]: each row needs one label; write labels.reshaped(to: [3])"
        )
    }

    @Test func labelsThatAreFloats() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = softmaxCrossEntropy(logits: .ones([3, 5]), labels: Tensor([0, 1, 2]))
        }
        expectSentence(result, "SoftmaxCrossEntropy: [3, 5] and [3]: ")
    }

    @Test func labelsOutOfRange() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = softmaxCrossEntropy(logits: .ones([2, 3]), labels: Tensor(ids: [1, 3]))
        }
        expectSentence(
            result, "SoftmaxCrossEntropy: label 3 of row 1 is not one of 3 classes (0..<3)")
    }

    @Test func labelsCountedFromOne() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let labels = Tensor(ids: [1, 2, 3])
            _ = perceptronLoss(scores: .ones([3, 3]), labels: labels)
        }
        expectSentence(result, "PerceptronLoss: label 3 of row 2 is not one of 3 classes (0..<3)")
    }

    @Test func softmaxTwice() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let model = Linear(4, 3)
            let y = softmax(model(.ones([2, 4])))
            _ = softmaxCrossEntropy(logits: y, labels: Tensor(ids: [0, 1]))
        }
        expectSentence(
            result,
            "SoftmaxCrossEntropy: logits [2, 3] are the output of Softmax, and the loss applies it itself; pass the scores in front of it"
        )
    }

    @Test func sigmoidTwice() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let model = Linear(4, 1)
            let y = sigmoid(model(.ones([2, 4]))).reshaped(to: [2])
            _ = binaryCrossEntropy(logits: y, targets: Tensor([0, 1]))
        }
        expectSentence(
            result,
            "BinaryCrossEntropy: logits [2] are the output of Sigmoid, and the loss applies it itself; pass the scores in front of it"
        )
    }

    @Test func scoresGivenAsProbabilities() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = binaryCrossEntropy(probabilities: Tensor([-0.5, 2]), targets: Tensor([0, 1]))
        }
        expectSentence(result, "BinaryCrossEntropyOfProbabilities: ")
    }

    @Test func classesAsTargetsOfABinaryLoss() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = binaryCrossEntropy(logits: .ones([2]), targets: Tensor([1, 2]))
        }
        expectSentence(result, "BinaryCrossEntropy: ")
    }

    @Test func targetsOfAHingeThatAreZeroAndOne() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = hingeLoss(.ones([2]), Tensor([0, 1]))
        }
        expectSentence(result, "must be −1 or 1")
    }

    @Test func backwardOfManyNumbers() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let x = Tensor([1, 2, 3]).tracked()
            _ = (x * x).backward()
        }
        expectSentence(
            result,
            "backward: the loss has the shape [3]; take its sum or mean so that it is one number")
    }

    @Test func theGradientByAConstant() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let x = Tensor([1, 2])
            let loss = (x.tracked() * x).sum()
            _ = loss.backward()[x]
        }
        expectSentence(
            result, "Gradients: the tensor is a constant; call tracked() on it before using it")
    }

    @Test func theGradientByAComputedTensor() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let x = Tensor([1, 2]).tracked()
            let y = x * x
            _ = y.sum().backward()[y]
        }
        expectSentence(
            result,
            "Gradients: the tensor was computed; ask for its gradient with backward(keeping: [tensor])"
        )
    }

    @Test func aGradientThroughTheStepFunction() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let neuron = Linear(2, 1)
            _ = unitStep(neuron(.ones([3, 2]))).sum().backward()
        }
        expectSentence(
            result,
            "UnitStep: [3, 1]: it has no derivative; train with perceptronLoss, whose rule needs none, or put a smooth activation such as sigmoid in its place"
        )
    }

    @Test func anEmbeddingOfFloats() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Embedding(10, 4)(Tensor([1, 2]))
        }
        expectSentence(
            result,
            "Embedding: [10, 4] and [2]: a table [height, width] of floats and int32 ids are needed"
        )
    }

    @Test func anIdOutsideTheTable() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Embedding(10, 4)(Tensor(ids: [3, 10]))
        }
        expectSentence(
            result, "Embedding: id 10 at position 1 is no row of a table with 10 rows (0..<10)")
    }

    @Test func aNegativeId() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Embedding(10, 4)(Tensor(ids: [-1]))
        }
        expectSentence(
            result, "Embedding: id -1 at position 0 is no row of a table with 10 rows (0..<10)")
    }

    @Test func tensorsJoinedThatAreNotAlike() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = concatenated([.ones([2, 3]), .ones([2, 4])], axis: 0)
        }
        expectSentence(
            result, "Concatenate: [2, 3] and [2, 4]: must be alike but for the size along axis 0")
    }

    @Test func tensorsStackedThatAreNotAlike() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = stacked([.ones([3]), .ones([4])])
        }
        expectSentence(
            result, "Stack: [3] and [4]: the shapes must be equal; concatenated joins unequal sizes"
        )
    }

    @Test func aReshapeThatLosesElements() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor.ones([2, 3]).reshaped(to: [4])
        }
        expectSentence(result, "Reshape: [2, 3]: 6 elements do not fill [4] (4)")
    }

    @Test func shapesThatDoNotBroadcast() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor.ones([4, 3]) + Tensor.ones([4])
        }
        expectSentence(
            result,
            "Add: [4, 3] and [4]: sizes must be equal, or 1 to be repeated, axis by axis from the last"
        )
    }

    @Test func elementsOfTwoTypes() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor.ones([2]) + Tensor(ids: [1, 2])
        }
        expectSentence(result, "Add: [2] and [2]: the elements are float32 and int32; convert one")
    }

    @Test func theSigmoidOfIntegers() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = softmax(Tensor(ids: [1, 2]))
        }
        expectSentence(
            result, "Softmax: [2]: the elements are int32; they must be float32 or float64")
    }

    @Test func rowsOfUnequalLength() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor([[1, 2], [3]])
        }
        expectSentence(
            result, "Tensor: row 1 has 1 elements, row 0 has 2; rows must be equally long")
    }

    @Test func oneNumberOutOfMany() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor([1, 2]).scalar
        }
        expectSentence(result, "Tensor.scalar: [2] has 2 elements; take one or reduce it first")
    }

    @Test func aMaskOfAnotherShape() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor.ones([2, 5, 3]).maskedMean(Tensor.ones([2, 4]) .> 0, axis: 1)
        }
        expectSentence(
            result,
            "MaskedMean: [2, 5, 3] and a mask [2, 4]: the mask must have the first 2 sizes, up to axis 1"
        )
    }

    @Test func anAttentionMaskOfAnotherShape() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let x = Tensor.ones([2, 5, 8])
            _ = attention(x, x, x, heads: 2, mask: .visible(Tensor.ones([2, 4]) .> 0))
        }
        expectSentence(result, "the mask of the keys must be bool, [batch, keys]")
    }

    @Test func aWidthThatHeadsDoNotDivide() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = MultiHeadAttention(10, heads: 4)
        }
        expectSentence(
            result,
            "MultiHeadAttention: a width of 10 cannot be cut into 4 heads; it must be a multiple")
    }

    @Test func aRecurrentNetworkFedWithAnotherWidth() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = LSTM(4, 8)(.ones([2, 5, 3]), lengths: nil, initial: nil)
        }
        expectSentence(result, "LSTM: the input is [2, 5, 3]; it must be [batch, time, 4]")
    }

    @Test func lengthsLongerThanTheSequence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = GRU(3, 4)(.ones([2, 5, 3]), lengths: Tensor(ids: [5, 6]), initial: nil)
        }
        expectSentence(
            result, "the length of row 1 is 6; it must be in 0...5, the time axis of the input")
    }

    @Test func aConvolutionWiderThanItsInput() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Convolution1D(3, 4, width: 5)(.ones([2, 3, 3]))
        }
        expectSentence(result, "Convolution: [2, 3, 3]")
    }

    @Test func aDropoutOfEverything() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = dropout(.ones([3]), probability: 1, key: RandomKey(1))
        }
        expectSentence(result, "Dropout: the probability is 1.0; it must be at least 0 and below 1")
    }

    @Test func anIndexOutsideAnAxis() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor.ones([3, 4])[0..., 4]
        }
        expectSentence(result, "StridedSlice: [3, 4]: position 4 is not within axis 1 (0..<4)")
    }

    @Test func aNotationThatDoesNotFit() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = einsum("ij,jk->ik", .ones([2, 3]), .ones([4, 5]))
        }
        expectSentence(
            result,
            "Einsum: [2, 3] and [4, 5] with \"ij,jk->ik\": j is 3 in one place and 4 in [4, 5]")
    }

    @Test func partsThatAreNotEqual() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Tensor.ones([2, 7]).split(into: 3, axis: 1)
        }
        expectSentence(
            result, "Split: [2, 7]: the 7 along axis 1 cannot be cut into 3 equal parts; give sizes"
        )
    }

    @Test func oddHalvesOfAGatedUnit() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = swiglu(.ones([2, 7]))
        }
        expectSentence(result, "SwiGLU: [2, 7]: the last axis must have two halves: an even size")
    }

    /// The sentence is in what the program wrote when it stopped.
    private func expectSentence(
        _ result: ExitTest.Result?, _ sentence: String,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        let first = said.split(separator: "\n").first { $0.contains("Fatal error") } ?? "nothing"
        #expect(said.contains(sentence), "it said: \(first)", sourceLocation: location)
    }
}
