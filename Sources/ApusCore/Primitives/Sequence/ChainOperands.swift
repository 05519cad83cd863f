extension Primitive {
    /// Batch, time and tags of emissions.
    func sizes(_ shape: Shape) -> (batch: Int, time: Int, tags: Int) {
        (shape[0], shape[1], shape[2])
    }

    /// The shape rule of emissions, start, transitions and end.
    func requireChain(_ inputs: Operands) throws(ShapeError) -> ScalarType {
        let emissions = inputs[0]
        guard emissions.scalarType.isFloating,
            (1..<4).allSatisfy({ inputs[$0].scalarType == emissions.scalarType })
        else {
            throw mismatch(
                inputs, "emissions, start, transitions and end must be floats of one type")
        }
        guard emissions.shape.rank == 3, emissions.shape[2] > 0 else {
            throw mismatch(
                inputs, "emissions [batch, time, tags] are needed, with a tag at least")
        }
        let tags = emissions.shape[2]
        guard inputs[1].shape == Shape(tags), inputs[2].shape == Shape(tags, tags),
            inputs[3].shape == Shape(tags)
        else {
            throw mismatch(
                inputs,
                "start [tags], transitions [tags, tags] and end [tags] must fit the emissions")
        }
        return emissions.scalarType
    }

    /// The shape rule of lengths, when they are given.
    func requireLengths(_ inputs: Operands, at index: Int) throws(ShapeError) {
        guard inputs.count > index else { return }
        let lengths = inputs[index]
        guard lengths.shape == Shape(inputs[0].shape[0]), lengths.scalarType == .int32 else {
            throw mismatch(inputs, "each sequence needs one int32 length: [batch]")
        }
    }

    /// The length of a sequence; stops with a sentence when it is none.
    func length(_ sequence: Int, _ lengths: TensorView?, time: Int) -> Int {
        guard let lengths else { return time }
        let length = Int(lengths.elements(as: Int32.self)[sequence])
        guard length >= 0 && length <= time else {
            fatalError(
                "\(name): the length \(length) of sequence \(sequence) is not in 0...\(time)")
        }
        return length
    }

    /// Stops with a sentence when a position before its sequence's end has a tag that is none.
    func requireTags(_ paths: TensorView, tags: Int, lengths: TensorView?) {
        let time = paths.shape[1]
        for sequence in 0..<paths.shape[0] {
            let path = paths.elements(as: Int32.self) + sequence * time
            for position in 0..<length(sequence, lengths, time: time)
            where path[position] < 0 || path[position] >= tags {
                fatalError(
                    "\(name): tag \(path[position]) at position \(position) of sequence \(sequence) is not one of \(tags) tags (0..<\(tags))"
                )
            }
        }
    }

    /// Does something with each sequence of a batch: its number and length, the scores of the chain, and memory for the
    /// passes over it.
    func forEachChain<S: ReferenceScalar>(
        _ inputs: Operands, lengths index: Int,
        _ body: (Int, Int, borrowing ChainScores, borrowing ChainPass<S>) -> Void
    ) {
        let (batch, time, tags) = sizes(inputs[0].shape)
        let lengths = inputs.count > index ? inputs[index] : nil
        for sequence in 0..<batch { _ = length(sequence, lengths, time: time) }
        let scores = ChainScores(start: inputs[1], transitions: inputs[2], end: inputs[3])
        Parallel.rows(batch, costing: time * tags * (tags + 8)) { sequences in
            let pass = ChainPass<S>(longest: time, tags: tags)
            for sequence in sequences {
                body(sequence, length(sequence, lengths, time: time), scores, pass)
            }
        }
    }
}

/// ``ChainLikelihood`` by way of other operations, to be differentiated twice.
///
/// - Parameter inputs: as the primitive's.
func chainLikelihood(_ inputs: [Tensor]) -> Tensor {
    let (start, transitions, end, paths) = (inputs[1], inputs[2], inputs[3], inputs[4])
    let (batch, time, tags) = (inputs[0].shape[0], inputs[0].shape[1], inputs[0].shape[2])
    let type = inputs[0].scalarType
    // The one path through nothing is certain.
    if time == 0 { return inputs[0].sum(axis: 2).sum(axis: 1) }
    let lengths =
        inputs.count > 5
        ? inputs[5] : Tensor(repeating: Int32(time), shape: Shape(batch))
    let positions = Tensor((0..<time).map { Int32($0) }, shape: Shape(time))
    let column = lengths.reshaped(to: [batch, 1])
    let isInside = positions .< column  // [batch, time]
    let isLast = (positions + Tensor(scalar: Int32(1))).equal(to: column)
    func at(_ x: Tensor, _ range: Range<Int>) -> Tensor { x.slice(range, axis: 1) }

    // Selected, not multiplied: 0 · −∞ is no number.
    func sum(_ chosen: Tensor, _ x: Tensor) -> Tensor {
        chosen.select(x, x.like(0)).sum(axis: -1)
    }
    let isPosition = isInside.reshaped(to: [batch, time, 1])
    // What lies behind an end may be anything.
    let emissions = isPosition.select(inputs[0], inputs[0].like(0))
    let isChosen = oneHot(paths, classes: tags) .& isPosition
    let chosen = isChosen.converted(to: type)
    var score = sum(isChosen, emissions).sum(axis: -1)
    score += sum(at(isChosen, 0..<1).reshaped(to: [batch, tags]), start)
    score += sum((isChosen .& isLast.reshaped(to: [batch, time, 1])).any(axis: 1), end)
    if time > 1 {
        let pairs = matmul(at(chosen, 0..<time - 1), at(chosen, 1..<time), transposingLeft: true)
        score += sum(pairs .> 0, pairs * transitions).sum(axis: -1)
    }

    func emission(_ position: Int) -> Tensor {
        at(emissions, position..<position + 1).reshaped(to: [batch, tags])
    }
    var forward = emission(0) + start
    for position in 1..<max(time, 1) {
        let next = (forward.reshaped(to: [batch, tags, 1]) + transitions).logSumExp(axis: 1)
        forward = at(isInside, position..<position + 1).select(next + emission(position), forward)
    }
    let isEmpty = lengths.equal(to: Tensor(scalar: Int32(0)))
    return score - isEmpty.select(score.like(0), (forward + end).logSumExp(axis: 1))
}
