// The way back as plain loops, in any floating type: what the kernels are tested against, and float64 uses.

extension RecurrenceGradient {
    package func forwardReference(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            reference(Double.self, inputs, outputs)
        } else {
            reference(Float.self, inputs, outputs)
        }
    }

    /// What the steps leave for the products at the end, of one direction.
    private struct Left<S> {
        var sums: [S]
        var products: [S]
        var before: [S]
    }

    private func reference<S: ReferenceScalar>(_: S.Type, _ inputs: Operands, _ outputs: Operands) {
        let sizes = RecurrentSizes(
            layout, x: inputs[x].shape, recurrentWeight: inputs[recurrentWeight(0)].shape)
        let lengths = inputs[lengths].elements(as: Int32.self)
        for index in 0..<(cell.hasCell ? 2 : 1) {
            outputs[index].pointer.copyMemory(
                from: inputs[index + 1].pointer, byteCount: outputs[index].byteCount)
        }
        for direction in 0..<directions {
            // Never empty, so that there is an address even where there is nothing to add.
            let count = max(sizes.places * sizes.gates, 1)
            var left = Left(
                sums: [S](repeating: 0, count: count), products: [S](repeating: 0, count: count),
                before: [S](repeating: 0, count: count))
            for row in 0..<sizes.batch {
                for step in stride(from: sizes.time - 1, through: 0, by: -1) {
                    let time = sizes.time(ofStep: step, direction: direction)
                    takeStep(
                        direction, row, time, length: Int(lengths[row]), sizes, &left, inputs,
                        outputs)
                }
            }
            finish(direction, &left, sizes, inputs, outputs)
        }
    }

    private func takeStep<S: ReferenceScalar>(
        _ direction: Int, _ row: Int, _ time: Int, length: Int, _ sizes: RecurrentSizes,
        _ left: inout Left<S>, _ inputs: Operands, _ outputs: Operands
    ) {
        func values(_ view: TensorView) -> UnsafeMutablePointer<S> { view.elements(as: S.self) }
        let width = sizes.width
        let place = row * sizes.time + time
        let ownPlace = direction * sizes.places + place
        let state = row * sizes.stateRow + direction * width
        let statesPlace = place * sizes.stateRow + direction * width
        let carry = values(outputs[0]) + state
        if time < length {
            let before = direction == 0 ? -1 : 1
            let isFirst = direction == 0 ? time == 0 : time == length - 1
            for unit in 0..<width {
                var new = RecurrentCell.Unit(h: values(inputs[states])[statesPlace + unit], c: 0)
                var old = RecurrentCell.Unit(
                    h: isFirst
                        ? values(inputs[initialHidden])[state + unit]
                        : values(inputs[states])[statesPlace + before * sizes.stateRow + unit],
                    c: 0)
                if sizes.kept > 0 {
                    new.kept = stride(from: unit, to: sizes.kept, by: width).map {
                        values(inputs[kept])[ownPlace * sizes.kept + $0]
                    }
                }
                if cell.hasCell {
                    new.c = values(inputs[cells])[ownPlace * width + unit]
                    old.c =
                        isFirst
                        ? values(inputs[initialCell])[state + unit]
                        : values(inputs[cells])[(ownPlace + before) * width + unit]
                }
                let passed = cell.back(
                    from: new, to: old,
                    dh: values(inputs[Self.stateGradients])[statesPlace + unit] + carry[unit],
                    carried: cell.hasCell ? values(outputs[1])[state + unit] : 0)
                carry[unit] = passed.h
                if cell.hasCell { values(outputs[1])[state + unit] = passed.c }
                for (gate, value) in passed.sums.enumerated() {
                    let index = place * sizes.gates + gate * width + unit
                    left.sums[index] = value
                    left.products[index] = passed.products?[gate] ?? value
                }
                left.before[place * width + unit] = old.h
            }
        }
        // Onto what reached the state by other ways.
        let weight = values(inputs[recurrentWeight(direction)])
        for gate in 0..<sizes.gates {
            let gradient = left.products[place * sizes.gates + gate]
            for unit in 0..<width {
                carry[unit] = carry[unit].addingProduct(gradient, weight[gate * width + unit])
            }
        }
    }

    /// The gradients of the weights, the biases and x: sums over all places in time.
    private func finish<S: ReferenceScalar>(
        _ direction: Int, _ left: inout Left<S>, _ sizes: RecurrentSizes, _ inputs: Operands,
        _ outputs: Operands
    ) {
        let (places, gates) = (sizes.places, sizes.gates)
        func multiply(
            _ gradients: inout [S], _ right: UnsafePointer<S>, columns: Int, into output: Int
        ) {
            gradients.withUnsafeMutableBufferPointer { gradients in
                guard let base = gradients.baseAddress else { return }
                MatMul.reference(
                    rows: gates, columns: columns, depth: places,
                    MatMul.Operand(base, stride: gates, isTransposed: true),
                    MatMul.Operand(right, stride: columns),
                    into: outputs[output].elements(as: S.self), resultStride: columns)
            }
        }
        func sum(_ gradients: [S], into output: Int) {
            let sums = outputs[output].elements(as: S.self)
            for gate in 0..<gates {
                sums[gate] = (0..<places).reduce(0) { $0 + gradients[$1 * gates + gate] }
            }
        }
        let x = realSteps(inputs, sizes, S.self)
        multiply(&left.sums, x.base, columns: sizes.input, into: inputWeightGradient(direction))
        left.before.withUnsafeBufferPointer { before in
            guard let base = before.baseAddress else { return }
            multiply(
                &left.products, base, columns: sizes.width,
                into: recurrentWeightGradient(direction))
        }
        if hasBias {
            sum(left.sums, into: biasGradient(direction))
            if cell.separatesBiases { sum(left.products, into: recurrentBiasGradient(direction)) }
        }
        guard wantsInput else { return }
        left.sums.withUnsafeBufferPointer { sums in
            guard let base = sums.baseAddress else { return }
            MatMul.reference(
                rows: places, columns: sizes.input, depth: gates,
                MatMul.Operand(base, stride: gates),
                MatMul.Operand(
                    inputs[inputWeight(direction)].elements(as: S.self), stride: sizes.input),
                into: outputs[outputCount - 1].elements(as: S.self), resultStride: sizes.input,
                accumulating: direction > 0)
        }
    }
}
