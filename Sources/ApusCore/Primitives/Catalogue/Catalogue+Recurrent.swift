extension PrimitiveCatalogue {
    static let recurrent: [CatalogueEntry] =
        [[.tanh, .relu], [.leaky(0.3)], [.lstm], [.gru]].flatMap { cells in
            [recurrence(cells), recurrenceGradient(cells)]
        }

    /// A network, the rows' lengths, and its sizes.
    private struct Case {
        let lengths: [Int32]
        let time: Int
        let input: Int
        let width: Int
        var directions = 1
        var hasBias = true
        var batch: Int { lengths.count }
    }

    private static let cases = [
        Case(lengths: [1], time: 1, input: 1, width: 1),
        Case(lengths: [3, 0, 2], time: 3, input: 3, width: 2),
        Case(lengths: [2, 4], time: 4, input: 2, width: 3, directions: 2),
        Case(lengths: [1, 1], time: 1, input: 3, width: 2, directions: 2, hasBias: false),
        Case(lengths: [2, 3], time: 3, input: 1, width: 3, hasBias: false),
        Case(lengths: [], time: 2, input: 2, width: 2),
        Case(lengths: [0, 0], time: 0, input: 2, width: 2, directions: 2),
        Case(lengths: [1, 2], time: 2, input: 0, width: 2),
        Case(
            lengths: [5, 0, 3, 5, 5, 1, 5, 5, 5, 4, 5, 5, 5, 2, 5, 5, 5, 5, 3], time: 5, input: 11,
            width: 19, directions: 2),
    ]

    private static func recurrence(_ cells: [RecurrentCell]) -> CatalogueEntry {
        let samples = cells.flatMap { cell in
            cases.map { sizes in
                Sample(
                    Recurrence(cell, directions: sizes.directions, hasBias: sizes.hasBias),
                    operands(cell, sizes))
            }
        }
        let cell = cells[0]
        let gates = cell.gateCount
        let layer = Recurrence(cell, directions: 1)
        func failure(_ reason: String, _ change: (inout [TensorType]) -> Void) -> FailingSample {
            var types = [TensorType([2, 3, 4]), TensorType([2], .int32), TensorType([2, 5])]
            if cell.hasCell { types.append(TensorType([2, 5])) }
            types += [
                TensorType(Shape(gates * 5, 4)), TensorType(Shape(gates * 5, 5)),
                TensorType(Shape(gates * 5)), TensorType(Shape(gates * 5)),
            ]
            change(&types)
            let shapes = types.map(\.shape.description).joined(separator: " and ")
            return FailingSample(layer, types, "\(cell.name): \(shapes): \(reason)")
        }
        let first = layer.layout.firstWeight
        return CatalogueEntry(
            cell.name, samples,
            failures: [
                failure("the input must be [batch, time, in] of floats") {
                    $0[0] = TensorType([2, 4])
                },
                failure("the lengths must be int32, one for each row of the batch") {
                    $0[1] = TensorType([3], .int32)
                },
                failure("the initial state must be [2, 5]") { $0[2] = TensorType([5, 2]) },
                failure("the elements are float32 and float64; convert one") {
                    $0[2] = TensorType([2, 5], .float64)
                },
                failure("a recurrent weight must be [\(gates) · width, width]") {
                    $0[first + 1] = TensorType([7, 5])
                },
                failure(
                    "the weights must be [\(gates * 5), 4] and [\(gates * 5), 5] for this input and width"
                ) { $0[first] = TensorType(Shape(gates * 5, 3)) },
                failure("the biases must be [\(gates * 5)]") { $0[first + 2] = TensorType([1]) },
            ])
    }

    private static func operands(_ cell: RecurrentCell, _ sizes: Case) -> [SampleOperand] {
        let state = SampleOperand.numbers(
            Shape(sizes.batch, sizes.directions * sizes.width), in: -1..<1)
        var operands: [SampleOperand] = [
            .numbers(Shape([sizes.batch, sizes.time, sizes.input])), .integers(sizes.lengths),
            state,
        ]
        if cell.hasCell { operands.append(state) }
        let gates = cell.gateCount * sizes.width
        for _ in 0..<sizes.directions {
            operands.append(.numbers(Shape(gates, sizes.input), in: -1..<1))
            operands.append(.numbers(Shape(gates, sizes.width), in: -1..<1))
            guard sizes.hasBias else { continue }
            operands.append(.numbers(Shape(gates), in: -1..<1))
            operands.append(.numbers(Shape(gates), in: -1..<1))
        }
        return operands
    }

    /// The way back has no derivative of its own: that of the way forward is a composition.
    private static func recurrenceGradient(_ cells: [RecurrentCell]) -> CatalogueEntry {
        var samples: [Sample] = []
        for cell in cells {
            for sizes in cases {
                for wantsInput in [false, true] {
                    let back = RecurrenceGradient(
                        cell, directions: sizes.directions, hasBias: sizes.hasBias,
                        wantsInput: wantsInput)
                    samples.append(Sample(back, gradientOperands(back, sizes)))
                }
            }
        }
        let back = RecurrenceGradient(cells[0], directions: 1, wantsInput: true)
        let sizes = Case(lengths: [1, 1], time: 1, input: 3, width: 2)
        var types = gradientOperands(back, sizes).map { TensorType($0.shape) }
        types[back.lengths] = TensorType([2], .int32)
        types[0] = TensorType([2, 1, 3])
        let shapes = types.map(\.shape.description).joined(separator: " and ")
        return CatalogueEntry(
            back.name, samples,
            failures: [
                FailingSample(
                    back, types,
                    "\(back.name): \(shapes): the first must be the gradient of the states")
            ])
    }

    private static func gradientOperands(
        _ back: RecurrenceGradient, _ sizes: Case
    ) -> [SampleOperand] {
        let cell = back.cell
        let wide = sizes.directions * sizes.width
        let states = SampleOperand.steps(Shape([sizes.batch, sizes.time, wide]))
        let last = SampleOperand.steps(Shape(sizes.batch, wide))
        var operands = [states, last] + (cell.hasCell ? [last] : []) + [states]
        if cell.keptCount > 0 {
            operands.append(
                .steps(
                    Shape([
                        sizes.directions, sizes.batch, sizes.time, cell.keptCount * sizes.width,
                    ])))
        }
        if cell.hasCell {
            operands.append(
                .steps(Shape([sizes.directions, sizes.batch, sizes.time, sizes.width])))
        }
        let forward = self.operands(cell, sizes)
        operands += forward.indices.filter(back.reads).map { index in
            if case .numbers(let shape, _) = forward[index] { return .steps(shape) }
            return forward[index]
        }
        return operands
    }
}
