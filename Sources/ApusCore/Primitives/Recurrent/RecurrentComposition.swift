/// A ``Recurrence`` step by step in other operations, as its formulas read: what its second derivatives come from.
struct RecurrentComposition {
    private let layout: RecurrentLayout
    private let inputs: [Tensor]

    init(_ layout: RecurrentLayout, _ inputs: [Tensor]) {
        self.layout = layout
        self.inputs = inputs
    }

    private var x: Tensor { inputs[RecurrentLayout.x] }
    private var batch: Int { x.shape[0] }
    private var time: Int { x.shape[1] }
    private var width: Int { inputs[layout.recurrentWeight(0)].shape[1] }

    /// States, last h and (LSTM) last c.
    var outputs: [Tensor] {
        let runs = (0..<layout.directions).map(run)
        return (0..<layout.visibleCount).map { index in
            concatenated(runs.map { $0[index] }, axis: -1)
        }
    }

    private func run(_ direction: Int) -> [Tensor] {
        let columns = direction * width..<(direction + 1) * width
        var h = inputs[RecurrentLayout.hidden].slice(columns, axis: 1)
        var c =
            layout.cell.hasCell ? inputs[RecurrentLayout.initialCell].slice(columns, axis: 1) : h
        var states: [Tensor] = []
        let lengths = inputs[RecurrentLayout.lengths].reshaped(to: Shape(batch, 1))
        // What stands behind a length may be anything: 0 · ∞ would be no number.
        let isReal = (Tensor.range(0..<time) .< lengths).reshaped(to: Shape([batch, time, 1]))
        let sums = linear(
            isReal.select(x, x.like(0)), weight: inputs[layout.inputWeight(direction)],
            bias: layout.hasBias ? inputs[layout.inputBias(direction)] : nil)
        for step in 0..<time {
            let time = direction == 0 ? step : time - 1 - step
            let takesPart = Tensor(scalar: Int32(time)) .< lengths
            let s = sums.slice(time..<time + 1, axis: 1).reshaped(
                to: Shape(batch, layout.cell.gateCount * width))
            let p = linear(
                h, weight: inputs[layout.recurrentWeight(direction)],
                bias: layout.hasBias ? inputs[layout.recurrentBias(direction)] : nil)
            let (newH, newC) = moved(h, c, s, p)
            h = takesPart.select(newH, h)
            c = layout.cell.hasCell ? takesPart.select(newC, c) : h
            states.append(
                takesPart.select(newH, newH.like(0)).reshaped(to: Shape([batch, 1, width])))
        }
        if layout.directions > 1, direction > 0 { states.reverse() }
        let all =
            states.isEmpty
            ? Tensor.zeros(Shape([batch, 0, width]), x.scalarType) : concatenated(states, axis: 1)
        return layout.cell.hasCell ? [all, h, c] : [all, h]
    }

    /// The states after a step, from those before it and its sums.
    private func moved(
        _ h: Tensor, _ c: Tensor, _ s: Tensor, _ p: Tensor
    ) -> (h: Tensor, c: Tensor) {
        func gate(_ sums: Tensor, _ index: Int) -> Tensor {
            sums.slice(index * width..<(index + 1) * width, axis: 1)
        }
        switch layout.cell {
        case .tanh: return (tanh(s + p), c)
        case .relu: return (relu(s + p), c)
        case .leaky(let leak):
            let leak = h.scalarType.setting(leak)
            return (h * (1 - leak) + tanh(s + p) * leak, c)
        case .lstm:
            let sum = s + p
            let (i, f) = (sigmoid(gate(sum, 0)), sigmoid(gate(sum, 1)))
            let (g, o) = (tanh(gate(sum, 2)), sigmoid(gate(sum, 3)))
            let c = f * c + i * g
            return (o * tanh(c), c)
        case .gru:
            let r = sigmoid(gate(s, 0) + gate(p, 0))
            let z = sigmoid(gate(s, 1) + gate(p, 1))
            let n = tanh(gate(s, 2) + r * gate(p, 2))
            return ((1 - z) * n + z * h, c)
        }
    }
}
