import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Layers against PyTorch (Reference/transformer.py), and what must hold of them whatever the numbers.
struct TransformerTests {
    private static func settings(
        _ activation: TransformerSettings.Activation = .relu, first: Bool = false
    ) -> TransformerSettings {
        TransformerSettings(
            width: 4, heads: 2, feedForward: 6, activation: activation, dropout: 0,
            normalizesFirst: first)
    }

    private func counted(_ shape: Shape, from first: Float = 0) -> Tensor {
        Tensor((0..<shape.count).map { first + Float($0) }, shape: shape)
    }

    /// The weights of the reference: 0.3 · sin(7n + i), gains 1 more.
    private func fill(_ model: some ModelPart) {
        for (number, named) in model.parameters.enumerated() {
            let shape = named.parameter.shape
            let isGain = shape.rank == 1 && number % 2 == 0
            named.parameter.assign(
                sin(counted(shape, from: Float(7 * number))) * 0.3 + (isGain ? 1 : 0))
        }
    }

    private static let expected: [(TransformerSettings, [Float])] = [
        (
            settings(),
            [
                1.645584, 0.420656, 0.060485, -1.652842, -1.150324, -0.483625, 1.376045, 0.719305,
                1.293309, -1.335653, -0.756148, 0.732314, 1.410507, 0.635031, 0.326732, -1.807819,
            ]
        ),
        (
            settings(.gelu, first: true),
            [
                1.642287, 0.625699, -0.180148, -1.619168, -0.923578, -0.684248, 1.850597, 0.278193,
                1.645021, -1.371313, -0.520314, 0.230723, 1.506063, 0.673455, 0.093018, -1.743675,
            ]
        ),
    ]

    @Test func theOutputIsThatOfTheReference() {
        for (settings, numbers) in Self.expected {
            let model = Transformer(layers: 2, decoderLayers: 1, settings)
            fill(model)
            let output = model(
                source: sin(counted([2, 3, 4])), target: cos(counted([2, 2, 4])),
                sourceLengths: Tensor(ids: [3, 2]))
            let difference = mismatch(
                output, Tensor(numbers, shape: [2, 2, 4]), within: 1e-5, relativeToLargest: true)
            #expect(difference == nil)
        }
    }

    @Test func parametersHaveTheNamesOfTheReference() {
        let names = Transformer(layers: 1, Self.settings()).parameters.map(\.name)
        #expect(names.count == 34)
        #expect(names.first == "encoder.layers.0.self_attn.in_proj_weight")
        #expect(names.contains("decoder.layers.0.multihead_attn.out_proj.bias"))
        #expect(names.contains("decoder.layers.0.norm3.weight"))
        #expect(names.last == "decoder.norm.bias")
    }

    @Test func everyParameterIsReached() {
        #expect(auditChildren(Transformer(layers: 2, Self.settings())) == [])
        #expect(auditChildren(RelativePositionBias(heads: 2)) == [])
        #expect(auditChildren(AdditiveAttention(3, 4, hidden: 5)) == [])
        #expect(auditChildren(BilinearAttention(3, 4)) == [])
    }

    @Test func paddingNeverReachesAStateOrAGradient() {
        let encoder = TransformerEncoder(2, Self.settings(.gelu))
        let lengths = Tensor(ids: [3, 2])
        var numbers = sin(counted([2, 4, 4])).floats
        func states() -> (Tensor, Tensor) {
            let x = Tensor(numbers, shape: [2, 4, 4]).tracked()
            let all = encoder(x, mask: .lengths(lengths))
            let real = concatenated(
                [
                    all.slice(0..<1).slice(0..<3, axis: 1).flattened(),
                    all.slice(1..<2).slice(0..<2, axis: 1).flattened(),
                ], axis: 0)
            return (real.detached(), square(real).sum().backward()[x])
        }
        let (before, gradient) = states()
        for index in [12, 13, 14, 15, 24, 30, 31] { numbers[index] = 1e6 }
        let (after, gradientAfter) = states()
        #expect(bitMismatch(before, after) == nil)
        #expect(bitMismatch(gradient, gradientAfter) == nil)
        #expect(gradient.slice(1..<2).slice(2..<4, axis: 1).floats.allSatisfy { $0 == 0 })
    }

    @Test func writingPositionByPositionGivesTheBitsOfTheWhole() {
        let model = Transformer(layers: 2, Self.settings(.gelu, first: true))
        let source = sin(counted([2, 3, 4]))
        let target = cos(counted([2, 19, 4]))
        withoutGradients {
            let memory = model.encoder(source)
            let whole = model.decoder(target, memory: memory)
            let cache = TransformerCache()
            var parts: [Tensor] = []
            for range in [0..<3, 3..<4] + (4..<19).map({ $0..<$0 + 1 }) {
                parts.append(
                    model.decoder(target.slice(range, axis: 1), memory: memory, cache: cache))
            }
            #expect(cache.count == 19)
            #expect(bitMismatch(concatenated(parts, axis: 1), whole) == nil)
        }
    }

    @Test func aCacheGoesOnWithTheChosenBeginnings() {
        let model = Transformer(layers: 1, Self.settings())
        withoutGradients {
            let memory = model.encoder(sin(counted([3, 2, 4])))
            let target = cos(counted([3, 5, 4]))
            let cache = TransformerCache()
            _ = model.decoder(target.slice(0..<4, axis: 1), memory: memory, cache: cache)
            cache.select(rows: [2, 0, 2])
            func chosen(_ x: Tensor) -> Tensor {
                concatenated([2, 0, 2].map { x.slice($0..<$0 + 1) }, axis: 0)
            }
            let next = model.decoder(
                chosen(target.slice(4..<5, axis: 1)), memory: chosen(memory), cache: cache)
            let whole = model.decoder(chosen(target), memory: chosen(memory))
            #expect(bitMismatch(next, whole.slice(4..<5, axis: 1)) == nil)
        }
    }

    @Test func dropoutDropsInTrainingOnly() {
        var settings = Self.settings()
        settings.dropout = 0.5
        let encoder = TransformerEncoder(1, settings)
        let x = sin(counted([1, 3, 4]))
        func trained(_ seed: UInt64) -> Tensor { training(RandomKey(seed)) { encoder(x) } }
        #expect(bitMismatch(encoder(x), encoder(x)) == nil)
        #expect(bitMismatch(trained(1), trained(1)) == nil)
        #expect(bitMismatch(trained(1), trained(2)) != nil)
        #expect(bitMismatch(trained(1), encoder(x)) != nil)
    }
}
