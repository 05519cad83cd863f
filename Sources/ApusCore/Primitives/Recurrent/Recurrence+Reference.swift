// The way forward as plain loops, in any floating type: what the kernels are tested against, and float64 uses.

extension Recurrence {
    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    private func reference<S: ReferenceScalar>(_: S.Type, _ inputs: Operands, _ outputs: Operands) {
        let layout = layout
        let sizes = RecurrentSizes(
            layout, x: inputs[0].shape, recurrentWeight: inputs[layout.recurrentWeight(0)].shape)
        Self.requireLengths(name, inputs[RecurrentLayout.lengths], time: sizes.time)
        let lengths = inputs[RecurrentLayout.lengths].elements(as: Int32.self)
        // The states move on where the last ones will stand.
        for index in 1..<layout.visibleCount {
            outputs[index].pointer.copyMemory(
                from: inputs[index + 1].pointer, byteCount: outputs[index].byteCount)
        }
        for direction in 0..<directions {
            let sums = inputSums(S.self, direction, sizes, inputs)
            for row in 0..<sizes.batch {
                for step in 0..<sizes.time {
                    let time = sizes.time(ofStep: step, direction: direction)
                    let place = (direction * sizes.batch + row) * sizes.time + time
                    takeStep(
                        S.self, direction, row, time, takesPart: time < lengths[row],
                        sums: sums[(row * sizes.time + time) * sizes.gates..<sums.count], sizes,
                        place: place, inputs, outputs)
                }
            }
        }
    }

    /// x·W_ihᵀ + b of every place in time.
    private func inputSums<S: ReferenceScalar>(
        _: S.Type, _ direction: Int, _ sizes: RecurrentSizes, _ inputs: Operands
    ) -> [S] {
        var bias = [S](repeating: 0, count: sizes.gates)
        if hasBias {
            let own = inputs[layout.inputBias(direction)].elements(as: S.self)
            let other = inputs[layout.recurrentBias(direction)].elements(as: S.self)
            for gate in 0..<sizes.gates {
                bias[gate] = cell.separatesBiases ? own[gate] : own[gate] + other[gate]
            }
        }
        var sums = [S](repeating: 0, count: sizes.places * sizes.gates)
        let weight = inputs[layout.inputWeight(direction)].elements(as: S.self)
        sums.withUnsafeMutableBufferPointer { sums in
            guard let base = sums.baseAddress else { return }
            bias.withUnsafeBufferPointer { bias in
                MatMul.reference(
                    rows: sizes.places, columns: sizes.gates, depth: sizes.input,
                    MatMul.Operand(inputs[0].elements(as: S.self), stride: sizes.input),
                    MatMul.Operand(weight, stride: sizes.input, isTransposed: true),
                    into: base, resultStride: sizes.gates,
                    bias: hasBias ? bias.baseAddress : nil)
            }
        }
        return sums
    }

    private func takeStep<S: ReferenceScalar>(
        _: S.Type, _ direction: Int, _ row: Int, _ time: Int, takesPart: Bool,
        sums: ArraySlice<S>, _ sizes: RecurrentSizes, place: Int, _ inputs: Operands,
        _ outputs: Operands
    ) {
        let layout = layout
        let (width, column) = (sizes.width, direction * sizes.width)
        let state = row * sizes.stateRow + column
        let h = outputs[RecurrentLayout.lastHidden].elements(as: S.self) + state
        let states =
            outputs[0].elements(as: S.self) + (row * sizes.time + time) * sizes.stateRow + column
        let kept =
            sizes.kept > 0
            ? outputs[layout.kept].elements(as: S.self) + place * sizes.kept : nil
        let cells =
            cell.hasCell ? outputs[layout.cells].elements(as: S.self) + place * width : nil
        guard takesPart else {
            states.update(repeating: 0, count: width)
            kept?.update(repeating: 0, count: sizes.kept)
            cells?.update(repeating: 0, count: width)
            return
        }
        let products = products(h, inputs, direction, sizes)
        for unit in 0..<width {
            let gates = stride(from: unit, to: sizes.gates, by: width)
            let c =
                cell.hasCell
                ? outputs[RecurrentLayout.lastCell].elements(as: S.self) + state + unit : nil
            let new = cell.step(
                gates.map { sums[sums.startIndex + $0] }, gates.map { products[$0] },
                from: RecurrentCell.Unit(h: h[unit], c: c?.pointee ?? 0))
            h[unit] = new.h
            states[unit] = new.h
            c?.pointee = new.c
            cells?[unit] = new.c
            for (index, value) in new.kept.enumerated() { kept?[index * width + unit] = value }
        }
    }

    /// h·W_hhᵀ, with the bias where it is not part of the input's sums.
    private func products<S: ReferenceScalar>(
        _ h: UnsafeMutablePointer<S>, _ inputs: Operands, _ direction: Int, _ sizes: RecurrentSizes
    ) -> [S] {
        let weight = inputs[layout.recurrentWeight(direction)].elements(as: S.self)
        let bias =
            hasBias && cell.separatesBiases
            ? inputs[layout.recurrentBias(direction)].elements(as: S.self) : nil
        return (0..<sizes.gates).map { gate in
            var sum: S = 0
            for index in 0..<sizes.width {
                sum = sum.addingProduct(h[index], weight[gate * sizes.width + index])
            }
            return bias.map { sum + $0[gate] } ?? sum
        }
    }
}
