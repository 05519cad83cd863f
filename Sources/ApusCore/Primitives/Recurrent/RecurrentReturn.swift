import CApusKernels

/// The way back through time, in float32.
struct RecurrentReturn {
    private let gradient: RecurrenceGradient
    private let sizes: RecurrentSizes
    private let inputs: Operands
    private let outputs: Operands
    private let lengths: UnsafePointer<Int32>

    init(_ gradient: RecurrenceGradient, _ inputs: Operands, _ outputs: Operands) {
        self.gradient = gradient
        self.inputs = inputs
        self.outputs = outputs
        sizes = RecurrentSizes(
            gradient.layout, x: inputs[gradient.x].shape,
            recurrentWeight: inputs[gradient.recurrentWeight(0)].shape)
        lengths = UnsafePointer(inputs[gradient.lengths].elements(as: Int32.self))
    }

    /// What the steps leave for the products at the end, in rows of places in time.
    private struct Workspace {
        /// The gradient of x·W_ihᵀ + b: `[directions, places, gates]`.
        let sums: UnsafeMutablePointer<Float>
        /// That of h·W_hhᵀ; the same memory where it is the same.
        let products: UnsafeMutablePointer<Float>
        /// The state before each step: `[directions, places, width]`.
        let before: UnsafeMutablePointer<Float>
        /// A row of 1, by which gradients are summed: `[places]`.
        let ones: UnsafeMutablePointer<Float>
    }

    func run() {
        let places = sizes.places
        // Pieces begin at multiples of 16 floats.
        func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
        let sumCount = padded(sizes.directions * places * sizes.gates)
        let productCount = gradient.cell.separatesBiases ? sumCount : 0
        let beforeCount = padded(sizes.directions * places * sizes.width)
        let byteCount =
            (sumCount + productCount + beforeCount + places) * MemoryLayout<Float>.stride
        let memory = MemoryPool.allocate(byteCount: byteCount)
        defer { MemoryPool.release(memory, byteCount: byteCount) }
        let sums = memory.assumingMemoryBound(to: Float.self)
        let workspace = Workspace(
            sums: sums, products: productCount > 0 ? sums + sumCount : sums,
            before: sums + sumCount + productCount,
            ones: sums + sumCount + productCount + beforeCount)
        workspace.ones.update(repeating: 1, count: places)

        // The gradients of the last states become, step by step, those of the first.
        let states = gradient.cell.hasCell ? 2 : 1
        for index in 0..<states {
            outputs[index].pointer.copyMemory(
                from: inputs[index + 1].pointer, byteCount: outputs[index].byteCount)
        }
        if places > 0, sizes.width > 0 {
            let packed = RecurrentWeightCopies(
                directions: sizes.directions, rows: sizes.gates, columns: sizes.width)
            defer { packed.release() }
            for direction in 0..<sizes.directions {
                let weight = inputs[gradient.recurrentWeight(direction)].floats
                packed.pack(direction, MatMul.Operand(weight, stride: sizes.width))
            }
            sizes.forEachBlock { direction, rows in
                goThroughTime(direction, rows, packed, workspace)
            }
        }
        for direction in 0..<sizes.directions { finish(direction, workspace) }
    }

    /// All steps of a block of rows, the latest first.
    private func goThroughTime(
        _ direction: Int, _ rows: Range<Int>, _ packed: RecurrentWeightCopies,
        _ workspace: Workspace
    ) {
        if rows.isEmpty { return }
        let row = rows.lowerBound
        let placeRow = sizes.time * sizes.gates
        for index in stride(from: sizes.time - 1, through: 0, by: -1) {
            let time = sizes.time(ofStep: index, direction: direction)
            step(time, direction, rows, workspace)
            let place = direction * sizes.places + row * sizes.time + time
            // Onto what reached the state by other ways.
            var block = apus_matmul_block(
                m: rows.count, n: sizes.width, k: sizes.gates,
                a: workspace.products + place * sizes.gates, a_row: placeRow, a_column: 1,
                b: nil, b_row: 0, b_column: 1, packed_b: packed.strips(direction),
                c: carry(0, direction) + row * sizes.stateRow, c_row: sizes.stateRow, bias: nil,
                workspace: nil, accumulate: 1, activation: 0)
            MatMul.compute(&block, packed.kernels)
        }
    }

    private func step(
        _ time: Int, _ direction: Int, _ rows: Range<Int>, _ workspace: Workspace
    ) {
        let (width, row, column) = (sizes.width, rows.lowerBound, direction * sizes.width)
        let place = row * sizes.time + time
        let ownPlace = direction * sizes.places + place
        // The step before this one lies behind it in the direction that runs backwards.
        let before = direction == 0 ? -1 : 1
        var step = apus_recurrent_return()
        step.rows = rows.count
        step.width = width
        step.time = Int32(time)
        step.lengths = lengths + row
        step.is_reversed = direction == 0 ? 0 : 1
        step.leak = gradient.cell.leak
        step.gradient = UnsafePointer(
            inputs[RecurrenceGradient.stateGradients].floats + place * sizes.stateRow + column)
        step.gradient_row = sizes.time * sizes.stateRow
        step.states = UnsafePointer(
            inputs[gradient.states].floats + place * sizes.stateRow + column)
        step.states_row = sizes.time * sizes.stateRow
        step.states_before = before * sizes.stateRow
        step.initial = UnsafePointer(
            inputs[gradient.initialHidden].floats + row * sizes.stateRow + column)
        step.initial_row = sizes.stateRow
        if sizes.kept > 0 {
            step.gates = UnsafePointer(inputs[gradient.kept].floats + ownPlace * sizes.kept)
            step.gates_row = sizes.time * sizes.kept
        }
        step.carry = carry(0, direction) + row * sizes.stateRow
        step.carry_row = sizes.stateRow
        if gradient.cell.hasCell {
            step.cells = UnsafePointer(inputs[gradient.cells].floats + ownPlace * width)
            step.cells_row = sizes.time * width
            step.cells_before = before * width
            step.initial_cell = UnsafePointer(
                inputs[gradient.initialCell].floats + row * sizes.stateRow + column)
            step.carry_cell = carry(1, direction) + row * sizes.stateRow
        }
        step.sum_gradient = workspace.sums + ownPlace * sizes.gates
        step.product_gradient = workspace.products + ownPlace * sizes.gates
        step.sum_gradient_row = sizes.time * sizes.gates
        step.before = workspace.before + ownPlace * width
        step.before_row = sizes.time * width
        let kernels = Kernels.recurrent.pointee
        switch gradient.cell {
        case .tanh: kernels.tanh_return(&step)
        case .relu: kernels.relu_return(&step)
        case .leaky: kernels.leaky_return(&step)
        case .lstm: kernels.lstm_return(&step)
        case .gru: kernels.gru_return(&step)
        }
    }

    private func carry(_ state: Int, _ direction: Int) -> UnsafeMutablePointer<Float> {
        outputs[state].floats + direction * sizes.width
    }

    /// The gradients of the weights, the biases and x: sums over all places in time.
    private func finish(_ direction: Int, _ workspace: Workspace) {
        let (places, gates) = (sizes.places, sizes.gates)
        let sums = workspace.sums + direction * places * gates
        let products = workspace.products + direction * places * gates
        func multiply(
            _ left: UnsafeMutablePointer<Float>, rows: Int, _ right: UnsafePointer<Float>,
            columns: Int, into output: Int
        ) {
            MatMul.multiply(
                rows: rows, columns: columns, depth: places,
                MatMul.Operand(left, stride: rows, isTransposed: true),
                MatMul.Operand(right, stride: columns),
                into: outputs[output].floats, resultStride: columns)
        }
        let x = gradient.realSteps(inputs, sizes, Float.self)
        multiply(
            sums, rows: gates, x.base, columns: sizes.input,
            into: gradient.inputWeightGradient(direction))
        multiply(
            products, rows: gates, workspace.before + direction * places * sizes.width,
            columns: sizes.width, into: gradient.recurrentWeightGradient(direction))
        if gradient.hasBias {
            multiply(
                workspace.ones, rows: 1, sums, columns: gates,
                into: gradient.biasGradient(direction))
            if gradient.cell.separatesBiases {
                multiply(
                    workspace.ones, rows: 1, products, columns: gates,
                    into: gradient.recurrentBiasGradient(direction))
            }
        }
        guard gradient.wantsInput else { return }
        MatMul.multiply(
            rows: places, columns: sizes.input, depth: gates,
            MatMul.Operand(sums, stride: gates),
            MatMul.Operand(inputs[gradient.inputWeight(direction)].floats, stride: sizes.input),
            into: outputs[gradient.outputCount - 1].floats, resultStride: sizes.input,
            accumulating: direction > 0)
    }
}
