import CApusKernels
import Testing

// The steps against the formulas of apus_recurrent.h, number by number; the catalogue's tests compare whole layers.

private func recurrentKernels(_ isa: apus_isa) -> apus_recurrent_kernels {
    guard let kernels = apus_recurrent_kernels_for(isa) else { fatalError("no kernels") }
    return kernels.pointee
}

@Test(arguments: supportedInstructionSets, [1, 15, 16, 17, 50])
func anLSTMsStepIsItsFormulaAndRowsBehindTheirEndStay(isa: apus_isa, width: Int) {
    let rows = 3
    var numbers = Numbers(state: 4)
    let product = numbers.floats(rows * 4 * width)
    let sums = numbers.floats(rows * 4 * width)
    let (oldHidden, oldCell) = (numbers.floats(rows * width), numbers.floats(rows * width))
    var (gates, hidden, cell) = (sums, oldHidden, oldCell)
    var states = [Float](repeating: .nan, count: rows * width)
    var cells = states
    let lengths: [Int32] = [5, 2, 3]  // the second row has ended before time 2
    withPointers(&gates, &hidden, &cell, &states, &cells) { gates, hidden, cell, states, cells in
        product.withUnsafeBufferPointer { product in
            lengths.withUnsafeBufferPointer { lengths in
                var step = apus_recurrent_step()
                (step.rows, step.width, step.time) = (rows, width, 2)
                step.lengths = lengths.baseAddress
                step.product = product.baseAddress
                (step.gates, step.gates_row) = (gates, 4 * width)
                (step.hidden, step.cell, step.hidden_row) = (hidden, cell, width)
                (step.states, step.states_row) = (states, width)
                (step.cells, step.cells_row) = (cells, width)
                recurrentKernels(isa).lstm_step(&step)
            }
        }
    }
    for row in 0..<rows {
        for unit in 0..<width {
            let at = row * width + unit
            func sum(_ gate: Int) -> Float {
                sums[(row * 4 + gate) * width + unit] + product[(row * 4 + gate) * width + unit]
            }
            guard row != 1 else {
                #expect(hidden[at] == oldHidden[at] && cell[at] == oldCell[at])
                #expect(states[at] == 0 && cells[at] == 0)
                #expect((0..<4).allSatisfy { gates[(row * 4 + $0) * width + unit] == 0 })
                continue
            }
            let (i, f) = (apus_sigmoid_f32(sum(0)), apus_sigmoid_f32(sum(1)))
            let (g, o) = (apus_tanh_f32(sum(2)), apus_sigmoid_f32(sum(3)))
            let c = (i * g).addingProduct(f, oldCell[at])
            #expect(cell[at] == c && cells[at] == c)
            #expect(hidden[at] == o * apus_tanh_f32(c) && states[at] == hidden[at])
            #expect([i, f, g, o] == (0..<4).map { gates[(row * 4 + $0) * width + unit] })
        }
    }
}

private func withPointers(
    _ a: inout [Float], _ b: inout [Float], _ c: inout [Float], _ d: inout [Float],
    _ e: inout [Float],
    _ body: (
        UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?,
        UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?
    ) -> Void
) {
    a.withUnsafeMutableBufferPointer { a in
        b.withUnsafeMutableBufferPointer { b in
            c.withUnsafeMutableBufferPointer { c in
                d.withUnsafeMutableBufferPointer { d in
                    e.withUnsafeMutableBufferPointer { e in
                        body(
                            a.baseAddress, b.baseAddress, c.baseAddress, d.baseAddress,
                            e.baseAddress)
                    }
                }
            }
        }
    }
}
