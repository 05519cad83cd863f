import CApusKernels

/// The way forward through time, in float32.
struct RecurrentForward {
    private let layout: RecurrentLayout
    private let sizes: RecurrentSizes
    private let inputs: Operands
    private let outputs: Operands
    private let lengths: UnsafePointer<Int32>

    init(_ layout: RecurrentLayout, _ inputs: Operands, _ outputs: Operands) {
        self.layout = layout
        self.inputs = inputs
        self.outputs = outputs
        sizes = RecurrentSizes(
            layout, x: inputs[0].shape, recurrentWeight: inputs[layout.recurrentWeight(0)].shape)
        Recurrence.requireLengths(
            layout.cell.name, inputs[RecurrentLayout.lengths], time: sizes.time)
        lengths = UnsafePointer(inputs[RecurrentLayout.lengths].elements(as: Int32.self))
    }

    func run() {
        for index in 1..<layout.visibleCount {
            // The states move on where the last ones will stand.
            outputs[index].pointer.copyMemory(
                from: inputs[index + 1].pointer, byteCount: outputs[index].byteCount)
        }
        guard sizes.places > 0, sizes.width > 0 else { return }
        for direction in 0..<sizes.directions { projectInput(direction) }

        let byteCount = sizes.directions * sizes.batch * sizes.gates * MemoryLayout<Float>.stride
        let memory = MemoryPool.allocate(byteCount: byteCount)
        defer { MemoryPool.release(memory, byteCount: byteCount) }
        let products = memory.assumingMemoryBound(to: Float.self)
        if sizes.time == 1 {
            // A weight that is read once is not worth a copy.
            for direction in 0..<sizes.directions {
                MatMul.multiply(
                    rows: sizes.batch, columns: sizes.gates, depth: sizes.width,
                    MatMul.Operand(hidden(direction), stride: sizes.stateRow),
                    MatMul.Operand(weight(direction), stride: sizes.width, isTransposed: true),
                    into: products + direction * sizes.batch * sizes.gates,
                    resultStride: sizes.gates)
            }
            sizes.forEachBlock { direction, rows in
                step(0, direction, rows, products)
            }
        } else {
            let packed = RecurrentWeightCopies(
                directions: sizes.directions, rows: sizes.width, columns: sizes.gates)
            defer { packed.release() }
            for direction in 0..<sizes.directions {
                packed.pack(
                    direction,
                    MatMul.Operand(weight(direction), stride: sizes.width, isTransposed: true))
            }
            sizes.forEachBlock { direction, rows in
                goThroughTime(direction, rows, packed, products)
            }
        }
    }

    /// x·W_ihᵀ + b to where the gates will stand.
    private func projectInput(_ direction: Int) {
        let weight = inputs[layout.inputWeight(direction)].floats
        let byteCount = sizes.gates * MemoryLayout<Float>.stride
        let memory = MemoryPool.allocate(byteCount: byteCount)
        defer { MemoryPool.release(memory, byteCount: byteCount) }
        var bias: UnsafePointer<Float>?
        if layout.hasBias {
            let own = inputs[layout.inputBias(direction)].floats
            bias = UnsafePointer(own)
            if !layout.cell.separatesBiases {
                let sum = memory.assumingMemoryBound(to: Float.self)
                let other = inputs[layout.recurrentBias(direction)].floats
                for index in 0..<sizes.gates { sum[index] = own[index] + other[index] }
                bias = UnsafePointer(sum)
            }
        }
        MatMul.multiply(
            rows: sizes.places, columns: sizes.gates, depth: sizes.input,
            MatMul.Operand(inputs[RecurrentLayout.x].floats, stride: sizes.input),
            MatMul.Operand(weight, stride: sizes.input, isTransposed: true),
            into: gates(direction), resultStride: gateRow, bias: bias)
    }

    /// All steps of a block of rows.
    private func goThroughTime(
        _ direction: Int, _ rows: Range<Int>, _ packed: RecurrentWeightCopies,
        _ products: UnsafeMutablePointer<Float>
    ) {
        if rows.isEmpty { return }
        let product =
            products + (direction * sizes.batch + rows.lowerBound) * sizes.gates
        var block = apus_matmul_block(
            m: rows.count, n: sizes.gates, k: sizes.width,
            a: hidden(direction) + rows.lowerBound * sizes.stateRow, a_row: sizes.stateRow,
            a_column: 1, b: nil, b_row: 0, b_column: 1, packed_b: packed.strips(direction),
            c: product, c_row: sizes.gates, bias: nil, workspace: nil, accumulate: 0,
            activation: 0)
        for index in 0..<sizes.time {
            MatMul.compute(&block, packed.kernels)
            step(sizes.time(ofStep: index, direction: direction), direction, rows, products)
        }
    }

    /// The gates of one step of a block of rows, whose products are there.
    private func step(
        _ time: Int, _ direction: Int, _ rows: Range<Int>,
        _ products: UnsafeMutablePointer<Float>
    ) {
        let (width, row) = (sizes.width, rows.lowerBound)
        let place = row * sizes.time + time
        let cells = layout.cell.hasCell ? outputs[layout.cells].floats : nil
        var step = apus_recurrent_step()
        step.rows = rows.count
        step.width = width
        step.time = Int32(time)
        step.lengths = lengths + row
        step.leak = layout.cell.leak
        step.product = UnsafePointer(products + (direction * sizes.batch + row) * sizes.gates)
        if layout.hasBias, layout.cell.separatesBiases {
            step.bias = UnsafePointer(inputs[layout.recurrentBias(direction)].floats)
        }
        step.gates = gates(direction) + place * gateRow
        step.gates_row = sizes.time * gateRow
        step.hidden = hidden(direction) + row * sizes.stateRow
        step.hidden_row = sizes.stateRow
        step.states = outputs[0].floats + place * sizes.stateRow + direction * width
        step.states_row = sizes.time * sizes.stateRow
        if let cells {
            step.cell =
                outputs[RecurrentLayout.lastCell].floats + row * sizes.stateRow + direction * width
            step.cells = cells + (direction * sizes.places + place) * width
            step.cells_row = sizes.time * width
        }
        let kernels = Kernels.recurrent.pointee
        switch layout.cell {
        case .tanh: kernels.tanh_step(&step)
        case .relu: kernels.relu_step(&step)
        case .leaky: kernels.leaky_step(&step)
        case .lstm: kernels.lstm_step(&step)
        case .gru: kernels.gru_step(&step)
        }
    }

    private func weight(_ direction: Int) -> UnsafePointer<Float> {
        UnsafePointer(inputs[layout.recurrentWeight(direction)].floats)
    }

    private func hidden(_ direction: Int) -> UnsafeMutablePointer<Float> {
        outputs[RecurrentLayout.lastHidden].floats + direction * sizes.width
    }

    /// A plain cell's sums become its states, in their place.
    private func gates(_ direction: Int) -> UnsafeMutablePointer<Float> {
        sizes.kept == 0
            ? outputs[0].floats + direction * sizes.width
            : outputs[layout.kept].floats + direction * sizes.places * sizes.kept
    }

    private var gateRow: Int { sizes.kept == 0 ? sizes.stateRow : sizes.kept }
}
