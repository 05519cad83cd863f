import ApusCore
import ApusNN
import Testing

/// Updates that would train nothing or break everything.
struct GradientCheckTests {
    private static func named(_ parameter: Parameter) -> [NamedParameter] {
        [NamedParameter(name: "w", parameter: parameter)]
    }

    private func message(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }

    @Test func anUpdateWithoutAnyGradientStopsWithASentence() async {
        let detached = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let w = Parameter(Tensor([1]))
            SGD(Self.named(w), learningRate: 1).update(
                with: square(w.value).sum().detached().backward())
        }
        #expect(message(detached).contains("there is no gradient"))
        let untracked = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let w = Parameter(Tensor([1]))
            let loss = withoutGradients { square(w.value).sum() }
            ExponentialMovingAverage(of: Adam(Self.named(w))).update(with: loss.backward())
        }
        #expect(message(untracked).contains("withoutGradients"))
        let compiledLoss = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let w = Parameter(Tensor([1]))
            let loss = compiled { (x: Tensor) in (w.value * x).sum() }
            AverageOfLast(2, of: Lion(Self.named(w))).update(with: loss(Tensor([2])).backward())
        }
        #expect(message(compiledLoss).contains("compiled code"))
        let inside = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let w = Parameter(Tensor([1]))
            let optimizer = Adafactor(Self.named(w))
            let step = compiled { (x: Tensor) in
                optimizer.update(with: (w.value.detached() * x).sum().backward())
            }
            step(Tensor([2]))
        }
        #expect(message(inside).contains("there is no gradient"))
    }

    @Test func parametersWithoutAGradientMayBeSome() {
        let (a, b) = (Parameter(Tensor([1])), Parameter(Tensor([1])))
        let optimizer = Adam(Self.named(a) + [NamedParameter(name: "b", parameter: b)])
        optimizer.update(with: square(b.value).sum().backward())
        #expect(a.value.scalar == 1)
        #expect(b.value.scalar < 1)
    }

    @Test func gradientsThatAreNotFiniteAreFoundWithTheirParameter() {
        let (a, b) = (Parameter(Tensor([1, 2])), Parameter(Tensor([0, 1])))
        let parameters = Self.named(a) + [NamedParameter(name: "b", parameter: b)]
        let sound = (a.value.sum() + b.value.sum()).backward()
        #expect(sound.isFinite)
        #expect(sound.firstNotFinite(of: parameters) == nil)
        let broken = (a.value.sum() + sqrt(b.value).sum()).backward()
        #expect(!broken.isFinite)
        #expect(broken.firstNotFinite(of: parameters)?.name == "b")
        #expect(!broken.clipped(toNorm: 1).isFinite)
        // Finite numbers whose norm is beyond float32 are finite.
        let large = (a.value * 3e38).sum().backward()
        #expect(large.norm.isInfinite && large.isFinite)
        #expect(Gradients().isFinite)
    }

    @Test(arguments: ["0", "-1", "nan"], 0..<3)
    func limitsThatAreNoLimitsStopWithASentence(_ text: String, _ kind: Int) async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) { [text = text as String, kind = kind as Int] in
            let limit = Float(text) ?? 1
            let w = Parameter(Tensor([1]))
            let gradients = square(w.value).sum().backward()
            switch kind {
            case 0: _ = gradients.clipped(toNorm: limit)
            case 1: _ = gradients.clipped(toValue: limit)
            default: _ = Self.named(w).withMaximumNorm(limit)
            }
        }
        #expect(message(result).contains("it must be a number above 0"))
    }
}
