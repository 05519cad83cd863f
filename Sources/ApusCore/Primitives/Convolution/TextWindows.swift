/// A width of a text convolution: which input holds its weight (the bias follows), and where its outputs stand.
struct TextKernel {
    let input: Int
    let outputs: Int
    let width: Int
    /// The first of its columns among those of all widths.
    let first: Int
}

/// The shape rule of a text convolution: x at `start` − 1, then weights and biases, then perhaps lengths.
func textKernels(
    _ inputs: Operands, from start: Int, hasLengths: Bool, refuse: (String) -> ShapeError
) throws(ShapeError) -> [TextKernel] {
    let x = inputs[start - 1]
    let end = inputs.count - (hasLengths ? 1 : 0)
    guard x.shape.rank == 3, x.scalarType.isFloating, x.shape[1] > 0, end > start,
        (end - start) % 2 == 0
    else {
        throw refuse(
            "texts [batch, time, in] with steps, and for each width a weight [out, in, width] and a bias [out] are needed"
        )
    }
    if hasLengths {
        guard inputs[end].scalarType == .int32, inputs[end].shape == Shape(x.shape[0]) else {
            throw refuse("one int32 length for each text is needed")
        }
    }
    var kernels: [TextKernel] = []
    var first = 0
    for index in stride(from: start, to: end, by: 2) {
        let (weight, bias) = (inputs[index], inputs[index + 1])
        guard weight.shape.rank == 3, weight.shape[1] == x.shape[2], weight.shape[2] > 0,
            bias.shape == Shape(weight.shape[0]), weight.scalarType == x.scalarType,
            bias.scalarType == x.scalarType
        else {
            throw refuse(
                "weights must be [out, \(x.shape[2]), width] and biases [out], of the texts' type")
        }
        kernels.append(
            TextKernel(
                input: index, outputs: weight.shape[0], width: weight.shape[2], first: first))
        first += weight.shape[0]
    }
    return kernels
}

/// Which windows of a batch of texts count.
struct TextWindows {
    let batch: Int
    let time: Int
    let channels: Int
    let kernels: [TextKernel]
    /// The columns of all widths.
    let outputs: Int
    private let lengths: UnsafePointer<Int32>?

    /// From operands that fit. Stops with a sentence when a length is none of a text of this time.
    init(_ inputs: Operands, from start: Int, hasLengths: Bool, _ name: String) {
        kernels = requireFit { () throws(ShapeError) in
            try textKernels(inputs, from: start, hasLengths: hasLengths) {
                ShapeError(operation: name, shapes: [], reason: $0)
            }
        }
        let x = inputs[start - 1]
        (batch, time, channels) = (x.shape[0], x.shape[1], x.shape[2])
        outputs = kernels.reduce(0) { $0 + $1.outputs }
        lengths =
            hasLengths ? UnsafePointer(inputs[inputs.count - 1].elements(as: Int32.self)) : nil
        if hasLengths { requireLengths(inputs[inputs.count - 1], upTo: time, name) }
    }

    /// The number of steps of a text.
    func length(_ item: Int) -> Int { lengths.map { Int($0[item]) } ?? time }

    /// The number of windows that count.
    func count(_ item: Int, _ kernel: TextKernel) -> Int {
        Swift.max(length(item) - kernel.width + 1, 1)
    }

    var multiplications: Int {
        kernels.reduce(0) { $0 + batch * time * channels * $1.width * $1.outputs }
    }

    /// The text with at least one whole window: itself, or a copy with zeros behind it.
    func withText(
        _ x: UnsafePointer<Float>, _ item: Int, _ kernel: TextKernel,
        _ body: (UnsafePointer<Float>) -> Void
    ) {
        let text = x + item * time * channels
        let length = length(item)
        guard length < kernel.width else { return body(text) }
        let count = kernel.width * channels
        withScratch(count: count) { copy in
            copy.initialize(repeating: 0, count: count)
            copy.update(from: text, count: length * channels)
            body(copy)
        }
    }
}

/// Stops with a sentence when a length lies outside 0...time.
func requireLengths(_ lengths: TensorView, upTo time: Int, _ name: String) {
    let numbers = lengths.elements(as: Int32.self)
    for index in 0..<lengths.count where numbers[index] < 0 || numbers[index] > time {
        fatalError(
            "\(name): length \(numbers[index]) at position \(index) is none of a sequence of \(time) steps (0...\(time))"
        )
    }
}
