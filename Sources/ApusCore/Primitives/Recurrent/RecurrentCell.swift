/// What a recurrent network computes at a step from the sums s = x·W_ihᵀ + b_ih and p = h·W_hhᵀ + b_hh.
///
/// The gates' weights stand one after another, as PyTorch orders them.
package enum RecurrentCell: Sendable, Hashable {
    /// h ← tanh(s + p) (Elman 1990).
    case tanh
    /// h ← max(0, s + p) (Le, Jaitly and Hinton 2015).
    case relu
    /// h ← (1 − a)·h + a·tanh(s + p): units that forget slowly (Mozer 1992; Jaeger et al. 2007).
    case leaky(Float)
    /// i, f, o = σ(s + p), g = tanh(s + p); c ← f·c + i·g, h ← o·tanh(c) (Hochreiter and Schmidhuber 1997; the
    /// forget gate f: Gers, Schmidhuber and Cummins 2000).
    case lstm
    /// r, z = σ(s + p), n = tanh(s + r·p); h ← (1 − z)·n + z·h (Cho et al. 2014; r applied after the product, as
    /// cuDNN and PyTorch do).
    case gru

    /// The name that messages and pictures use.
    package var name: String {
        switch self {
        case .tanh, .relu: "RNN"
        case .leaky: "LeakyRNN"
        case .lstm: "LSTM"
        case .gru: "GRU"
        }
    }

    /// How many sums a unit has.
    package var gateCount: Int {
        switch self {
        case .tanh, .relu, .leaky: 1
        case .lstm: 4
        case .gru: 3
        }
    }

    /// How many numbers a unit keeps at each step for the derivative, beside its state.
    var keptCount: Int {
        switch self {
        case .tanh, .relu: 0
        case .leaky: 1
        case .lstm, .gru: 4
        }
    }

    /// Whether there is a second state, c.
    package var hasCell: Bool { self == .lstm }

    /// Whether the two biases have different gradients.
    var separatesBiases: Bool { self == .gru }

    /// What a unit costs at a step beside its products.
    var flopsPerUnit: Int {
        switch self {
        case .tanh, .relu: 3
        case .leaky: 6
        case .lstm: 21
        case .gru: 18
        }
    }

    var leak: Float {
        if case .leaky(let leak) = self { return leak }
        return 1
    }
}

/// Where the operands and results of a recurrent layer stand, and how large they are.
///
/// Inputs of a ``Recurrence``: x `[batch, time, in]`, lengths `[batch]` (`int32`), the initial h and (LSTM) c
/// `[batch, directions · width]`, then for each direction W_ih `[gates · width, in]`, W_hh `[gates · width, width]`
/// and, with biases, b_ih and b_hh `[gates · width]`.
///
/// Its outputs: the states `[batch, time, directions · width]`, the last h and (LSTM) c
/// `[batch, directions · width]`, and for the derivative what the gates keep
/// `[directions, batch, time, kept · width]` and (LSTM) each c `[directions, batch, time, width]`.
struct RecurrentLayout {
    let cell: RecurrentCell
    let directions: Int
    let hasBias: Bool

    // Inputs.
    static let x = 0
    static let lengths = 1
    static let hidden = 2
    static let initialCell = 3
    var firstWeight: Int { cell.hasCell ? 4 : 3 }
    var weightsPerDirection: Int { hasBias ? 4 : 2 }
    var inputCount: Int { firstWeight + directions * weightsPerDirection }
    func inputWeight(_ direction: Int) -> Int { firstWeight + direction * weightsPerDirection }
    func recurrentWeight(_ direction: Int) -> Int { inputWeight(direction) + 1 }
    func inputBias(_ direction: Int) -> Int { inputWeight(direction) + 2 }
    func recurrentBias(_ direction: Int) -> Int { inputWeight(direction) + 3 }

    // Outputs.
    static let states = 0
    static let lastHidden = 1
    static let lastCell = 2
    /// States and last states.
    var visibleCount: Int { cell.hasCell ? 3 : 2 }
    var kept: Int { visibleCount }
    var cells: Int { visibleCount + 1 }
    var outputCount: Int { visibleCount + (cell.keptCount > 0 ? 1 : 0) + (cell.hasCell ? 1 : 0) }
}

/// The sizes of one run of a recurrent layer.
struct RecurrentSizes {
    let batch: Int
    let time: Int
    let input: Int
    let width: Int
    let gates: Int
    let directions: Int
    let kept: Int

    /// From x and one W_hh.
    init(_ layout: RecurrentLayout, x: Shape, recurrentWeight: Shape) {
        batch = x[0]
        time = x[1]
        input = x[2]
        width = recurrentWeight[1]
        gates = layout.cell.gateCount * width
        directions = layout.directions
        kept = layout.cell.keptCount * width
    }

    /// Rows of x: every place in time of every row of the batch.
    var places: Int { batch * time }
    /// Numbers from one row of a state to the next: the directions stand side by side.
    var stateRow: Int { directions * width }
    /// Multiplications of the recurrent products of all directions.
    var recurrentWork: Int { directions * places * gates * width }

    /// Of x·W_ihᵀ.
    var inputFlops: Int { 2 * directions * places * gates * input }
    /// Of the way forward.
    func flops(_ cell: RecurrentCell) -> Int {
        let units = directions * places * width
        return inputFlops + 2 * recurrentWork + units * cell.flopsPerUnit
    }

    /// How many tasks a direction is cut into: blocks of rows, each of which goes through time by itself.
    ///
    /// Sixteen rows read a matrix of weights often enough for the second-level cache to keep up.
    var rowBlocks: Int { batch < 8 ? 1 : max(2, (batch + 15) / 16) }

    func rows(ofBlock block: Int) -> Range<Int> {
        let size = (batch + rowBlocks - 1) / rowBlocks
        return min(block * size, batch)..<min((block + 1) * size, batch)
    }

    /// The time of a direction's step.
    func time(ofStep step: Int, direction: Int) -> Int { direction == 0 ? step : time - 1 - step }

    /// Calls `body` with every direction and block of rows, on several threads where that pays.
    func forEachBlock(_ body: (_ direction: Int, _ rows: Range<Int>) -> Void) {
        let blocks = rowBlocks
        func run(_ task: Int) { body(task / blocks, rows(ofBlock: task % blocks)) }
        if recurrentWork < MatMul.Plan.smallestSharedProduct {
            for index in 0..<directions * blocks { run(index) }
        } else {
            Parallel.run(
                directions * blocks, isShort: recurrentWork < MatMul.Plan.shortProduct, run)
        }
    }
}
