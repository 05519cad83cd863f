import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Five steps against the formulas, written down plainly in double.
struct OptimizerTests {
    private struct Rule: CustomTestStringConvertible {
        let name: String
        let make: @Sendable ([NamedParameter]) -> any Optimizer
        /// One number's step: its value, gradient, two memories and the step's number from 1.
        let step: @Sendable (inout Double, Double, inout [Double], Double) -> Void
        var testDescription: String { name }
    }

    private static let rules: [Rule] = [
        Rule(name: "SGD") {
            SGD($0, learningRate: 0.1)
        } step: { x, g, _, _ in
            x -= 0.1 * g
        },
        Rule(name: "SGD with weight decay") {
            SGD($0, learningRate: 0.1, weightDecay: 0.01)
        } step: { x, g, _, _ in
            x -= 0.1 * (g + 0.01 * x)
        },
        Rule(name: "SGD with momentum") {
            SGD($0, learningRate: 0.1, momentum: 0.9)
        } step: { x, g, memory, _ in
            memory[0] = 0.9 * memory[0] + g
            x -= 0.1 * memory[0]
        },
        Rule(name: "Nesterov") {
            SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true)
        } step: { x, g, memory, _ in
            memory[0] = 0.9 * memory[0] + g
            x -= 0.1 * (g + 0.9 * memory[0])
        },
        Rule(name: "Adagrad") {
            Adagrad($0, learningRate: 0.1)
        } step: { x, g, memory, _ in
            memory[0] += g * g
            x -= 0.1 * g / (memory[0].squareRoot() + 1e-10)
        },
        Rule(name: "Adam") {
            Adam($0, learningRate: 0.01, weightDecay: 0.1)
        } step: { x, g, memory, t in
            adam(&x, g + 0.1 * x, &memory, t)
        },
        Rule(name: "AdamW") {
            AdamW($0, learningRate: 0.01, weightDecay: 0.1)
        } step: { x, g, memory, t in
            x *= 1 - 0.01 * 0.1
            adam(&x, g, &memory, t)
        },
        Rule(name: "AMSGrad") {
            Adam($0, learningRate: 0.01, amsgrad: true)
        } step: { x, g, memory, t in
            memory[0] = 0.9 * memory[0] + 0.1 * g
            memory[1] = 0.999 * memory[1] + 0.001 * g * g
            memory[2] = max(memory[2], memory[1])
            let root = (memory[2] / (1 - power(0.999, t))).squareRoot()
            x -= 0.01 * memory[0] / (1 - power(0.9, t)) / (root + 1e-8)
        },
        Rule(name: "Adam without mean") {
            Adam($0, learningRate: 0.01, betas: (0, 0.9))
        } step: { x, g, memory, t in
            memory[0] = 0.9 * memory[0] + 0.1 * g * g
            x -= 0.01 * g / ((memory[0] / (1 - power(0.9, t))).squareRoot() + 1e-8)
        },
        Rule(name: "NAdam") {
            NAdam($0, learningRate: 0.01)
        } step: { x, g, memory, t in
            // The second base is 0.96^0.004.
            func momentum(_ t: Double) -> Double { 0.9 * (1 - 0.5 * power(0.9998367253526753, t)) }
            let product = (1...Int(t)).reduce(1.0) { $0 * momentum(Double($1)) }
            memory[0] = 0.9 * memory[0] + 0.1 * g
            memory[1] = 0.999 * memory[1] + 0.001 * g * g
            let mean =
                momentum(t + 1) * memory[0] / (1 - product * momentum(t + 1))
                + (1 - momentum(t)) * g / (1 - product)
            x -= 0.01 * mean / ((memory[1] / (1 - power(0.999, t))).squareRoot() + 1e-8)
        },
        Rule(name: "Adadelta") {
            Adadelta($0, learningRate: 0.5, rho: 0.95)
        } step: { x, g, memory, _ in
            memory[0] = 0.95 * memory[0] + 0.05 * g * g
            let change = ((memory[1] + 1e-6) / (memory[0] + 1e-6)).squareRoot() * g
            memory[1] = 0.95 * memory[1] + 0.05 * change * change
            x -= 0.5 * change
        },
        Rule(name: "RMSProp") {
            RMSProp($0, learningRate: 0.01, alpha: 0.9, weightDecay: 0.1)
        } step: { x, g, memory, _ in
            let g = g + 0.1 * x
            memory[0] = 0.9 * memory[0] + 0.1 * g * g
            x -= 0.01 * g / (memory[0].squareRoot() + 1e-8)
        },
        Rule(name: "RMSProp, centered, with momentum") {
            RMSProp($0, learningRate: 0.01, alpha: 0.9, momentum: 0.5, centered: true)
        } step: { x, g, memory, _ in
            memory[0] = 0.9 * memory[0] + 0.1 * g * g
            memory[1] = 0.9 * memory[1] + 0.1 * g
            let deviation = (memory[0] - memory[1] * memory[1]).squareRoot()
            memory[2] = 0.5 * memory[2] + g / (deviation + 1e-8)
            x -= 0.01 * memory[2]
        },
        Rule(name: "Lion") {
            Lion($0, learningRate: 0.01, weightDecay: 0.1)
        } step: { x, g, memory, _ in
            let direction = 0.9 * memory[0] + 0.1 * g
            x -= 0.01 * ((direction > 0 ? 1 : direction < 0 ? -1 : 0) + 0.1 * x)
            memory[0] = 0.99 * memory[0] + 0.01 * g
        },
    ]

    private static func power(_ base: Double, _ exponent: Double) -> Double {
        (0..<Int(exponent)).reduce(1) { product, _ in product * base }
    }

    private static func adam(_ x: inout Double, _ g: Double, _ memory: inout [Double], _ t: Double)
    {
        memory[0] = 0.9 * memory[0] + 0.1 * g
        memory[1] = 0.999 * memory[1] + 0.001 * g * g
        let mean = memory[0] / (1 - power(0.9, t))
        let square = memory[1] / (1 - power(0.999, t))
        x -= 0.01 * mean / (square.squareRoot() + 1e-8)
    }

    private static let start = Tensor.uniform([7, 3], in: -1..<1, key: RandomKey(1))

    private static func gradient(_ step: Int) -> Tensor {
        Tensor.uniform([7, 3], in: -2..<2, key: RandomKey(100 + UInt64(step)))
    }

    @Test(arguments: rules)
    private func fiveStepsAreThoseOfTheFormula(_ rule: Rule) {
        let parameter = Parameter(Self.start)
        let optimizer = rule.make([NamedParameter(name: "x", parameter: parameter)])
        var values = Self.start.floats.map(Double.init)
        var memories = Array(repeating: [0.0, 0.0, 0.0], count: values.count)
        for step in 1...5 {
            let gradient = Self.gradient(step)
            optimizer.update(with: (parameter.value * gradient).sum().backward())
            for index in values.indices {
                rule.step(
                    &values[index], gradient.element(at: index), &memories[index], Double(step))
            }
            let expected = Tensor(values, shape: [7, 3])
            #expect(
                mismatch(parameter.value.converted(to: .float64), expected, within: 2e-6) == nil)
        }
    }

    /// A table of which every row is used has the same steps as if its gradient were dense.
    @Test(arguments: rules)
    private func touchedRowsStepAsIfTheGradientWereDense(_ rule: Rule) {
        let (dense, sparse) = (Parameter(Self.start), Parameter(Self.start))
        let denseSteps = rule.make([NamedParameter(name: "x", parameter: dense)])
        let sparseSteps = rule.make([NamedParameter(name: "x", parameter: sparse)])
        let rows = Tensor(ids: [1, 4, 6])
        for step in 1...5 {
            let gradient = Self.gradient(step)
            denseSteps.update(with: (dense.value * gradient).sum().backward())
            let weights = embedding(rows, table: gradient)
            let gradients = (embedding(rows, table: sparse.value) * weights).sum().backward()
            #expect(gradients.rows(of: sparse) != nil)
            sparseSteps.update(with: gradients)
        }
        #expect(sameBits(embedding(rows, table: dense.value), embedding(rows, table: sparse.value)))
        let others = Tensor(ids: [0, 2, 3, 5])
        #expect(
            sameBits(embedding(others, table: sparse.value), embedding(others, table: Self.start)))
    }

    @Test(arguments: rules)
    private func aRestoredOptimizerGoesOnWithTheSameBits(_ rule: Rule) {
        func steps(_ optimizer: any Optimizer, _ parameter: Parameter, _ range: ClosedRange<Int>) {
            for step in range {
                optimizer.update(with: (parameter.value * Self.gradient(step)).sum().backward())
            }
        }
        func named(_ parameter: Parameter) -> [NamedParameter] {
            [NamedParameter(name: "x", parameter: parameter)]
        }
        let first = Parameter(Self.start)
        let optimizer = rule.make(named(first))
        steps(optimizer, first, 1...3)
        let second = Parameter(first.value.detached())
        let resumed = rule.make(named(second))
        resumed.restore(optimizer.state)
        #expect(resumed.state.step == 3)
        steps(optimizer, first, 4...6)
        steps(resumed, second, 4...6)
        #expect(sameBits(first.value, second.value))
    }

    @Test func aParameterWithoutAGradientStays() {
        let (used, unused) = (Parameter(Tensor([1])), Parameter(Tensor([2])))
        let optimizer = Adam(
            [
                NamedParameter(name: "a", parameter: used),
                NamedParameter(name: "b", parameter: unused),
            ],
            weightDecay: 0.1)
        optimizer.update(with: used.value.sum().backward())
        #expect(unused.value.floats == [2])
        #expect(used.value.floats != [1])
        #expect(optimizer.state.tensors.map(\.name) == ["mean/a", "square/a"])
    }

    @Test func theLearningRateMayChangeBetweenSteps() {
        let parameter = Parameter(Tensor([1]))
        let optimizer = SGD([NamedParameter(name: "x", parameter: parameter)], learningRate: 1)
        optimizer.update(with: parameter.value.sum().backward())
        optimizer.learningRate = 0.5
        optimizer.update(with: parameter.value.sum().backward())
        #expect(parameter.value.floats == [-0.5])
    }

    @Test func averagedDescentKeepsTheMeanOfItsSteps() {
        let parameter = Parameter(Tensor([[1, 2], [3, 4]]))
        let optimizer = AveragedSGD(
            [NamedParameter(name: "x", parameter: parameter)], learningRate: 0.5)
        var visited: [Tensor] = []
        for step in 0..<4 {
            let row = embedding(Tensor(ids: [Int32(step % 2)]), table: parameter.value)
            optimizer.update(with: (row * Double(step + 1)).sum().backward())
            visited.append(parameter.value.detached())
        }
        let mean = visited.dropFirst().reduce(visited[0]) { $0 + $1 } / 4
        let last = parameter.value.detached()
        optimizer.exchangeAverages()
        #expect(mismatch(parameter.value, mean, within: 1e-6) == nil)
        optimizer.exchangeAverages()
        #expect(sameBits(parameter.value, last))
    }

    @Test func largeParametersAreSharedAmongThreadsWithTheSameBits() {
        func steps() -> Tensor {
            let parameter = Parameter(Tensor.uniform([200_000], key: RandomKey(1)))
            let optimizer = Adam([NamedParameter(name: "x", parameter: parameter)])
            for step in 0..<2 {
                let gradient = Tensor.uniform([200_000], key: RandomKey(UInt64(step)))
                let gradients = parameter.value.backward(from: gradient).clipped(toNorm: 1)
                optimizer.update(with: gradients)
            }
            return parameter.value
        }
        let alone = Parallel.withThreads(1) { steps() }
        let together = Parallel.withThreads(3) { steps() }
        #expect(alone.withBytes { a in together.withBytes { b in a.elementsEqual(b) } })
    }
}
