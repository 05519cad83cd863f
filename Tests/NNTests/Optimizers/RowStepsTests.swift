import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Rows of a table without a gradient: left alone, or moved as by a gradient of 0.
struct RowStepsTests {
    typealias Maker = @Sendable ([NamedParameter], RowSteps) -> any Optimizer

    static let makers: [(name: String, make: Maker)] = [
        ("SGD", { SGD($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, rows: $1) }),
        ("AveragedSGD", { AveragedSGD($0, learningRate: 0.1, weightDecay: 0.01, rows: $1) }),
        ("Adagrad", { Adagrad($0, weightDecay: 0.01, rows: $1) }),
        ("Adadelta", { Adadelta($0, weightDecay: 0.01, rows: $1) }),
        ("RMSProp", { RMSProp($0, momentum: 0.9, rows: $1) }),
        ("Adam", { Adam($0, learningRate: 0.01, rows: $1) }),
        ("AdamW", { AdamW($0, learningRate: 0.01, rows: $1) }),
        ("NAdam", { NAdam($0, rows: $1) }),
        ("Lion", { Lion($0, weightDecay: 0.1, rows: $1) }),
    ]

    private static let start = Tensor.uniform([5, 3], in: -1..<1, key: RandomKey(1))

    /// The table after some steps on some of its rows.
    private func trained(
        _ make: Maker, _ rows: RowSteps, isSparse: Bool = true, isCompiled: Bool = false
    ) -> Tensor {
        let table = Parameter(Self.start)
        let optimizer = make([NamedParameter(name: "table", parameter: table)], rows)
        func step(_ ids: Tensor) -> Tensor {
            // A product with one-hot rows has a dense gradient.
            let rows =
                isSparse
                ? embedding(ids, table: table.value)
                : matmul(
                    ids.reshaped(to: [2, 1]).equal(to: Tensor(ids: [0, 1, 2, 3, 4]))
                        .converted(to: .float32), table.value)
            let loss = square(rows - 0.5).sum()
            optimizer.update(with: loss.backward())
            return loss.detached()
        }
        let fast = compiled { (ids: Tensor) in step(ids) }
        for ids: [Int32] in [[0, 1], [1, 2], [0, 3], [1, 2]] {
            _ = isCompiled ? fast(Tensor(ids: ids)) : step(Tensor(ids: ids))
        }
        return table.value.detached()
    }

    @Test(arguments: makers.indices)
    func denseRowsMoveAsWithADenseGradient(_ number: Int) {
        let make = Self.makers[number].make
        let expected = trained(make, .dense, isSparse: false)
        #expect(bitMismatch(trained(make, .dense), expected) == nil)
        #expect(bitMismatch(trained(make, .dense, isCompiled: true), expected) == nil)
    }

    @Test(arguments: makers.indices)
    func lazyRowsStayUntilTheyHaveAGradient(_ number: Int) {
        let make = Self.makers[number].make
        let lazy = trained(make, .lazy)
        #expect(bitMismatch(trained(make, .lazy, isCompiled: true), lazy) == nil)
        // Row 4 never had a gradient.
        #expect(lazy[4].floats == Self.start[4].floats)
        #expect(bitMismatch(lazy, trained(make, .dense)) != nil)
    }

    /// The formula of PyTorch's `Adam` on a dense gradient, in double.
    @Test func denseAdamIsPyTorchs() {
        var values = Self.start.floats.map(Double.init)
        var (mean, square) = ([Double](repeating: 0, count: 15), [Double](repeating: 0, count: 15))
        for (t, ids) in [[0, 1], [1, 2], [0, 3], [1, 2]].enumerated() {
            let keep1 = 1 - (0...t).reduce(1.0) { product, _ in product * 0.9 }
            let keep2 = 1 - (0...t).reduce(1.0) { product, _ in product * 0.999 }
            for index in values.indices {
                let g = ids.contains(index / 3) ? 2 * (values[index] - 0.5) : 0
                mean[index] = 0.9 * mean[index] + 0.1 * g
                square[index] = 0.999 * square[index] + 0.001 * g * g
                values[index] -=
                    0.01 / keep1 * mean[index] / ((square[index] / keep2).squareRoot() + 1e-8)
            }
        }
        let dense = trained(Self.makers[5].make, .dense).converted(to: .float64)
        #expect(mismatch(dense, Tensor(values, shape: [5, 3]), within: 2e-6) == nil)
    }
}
