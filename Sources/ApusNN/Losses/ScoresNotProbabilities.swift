import ApusCore

/// Stops with a sentence when a loss that takes scores is given what a softmax or a sigmoid made: it would apply a second
/// one, and learn badly without a word.
///
/// Seen from the record, so in training, and through reshapes.
func requireScores(_ loss: String, _ logits: Tensor) {
    guard let maker = logits.makerName, maker == "Softmax" || maker == "Sigmoid" else { return }
    fatalError(
        "\(loss): logits \(logits.shape) are the output of \(maker), and the loss applies it itself; pass the scores in front of it"
    )
}
