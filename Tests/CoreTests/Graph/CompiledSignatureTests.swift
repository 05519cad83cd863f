import ApusCore
import ApusTesting
import Testing

/// A plan is made for all that the arguments are made of, and for nothing that only happens to be equal.
struct CompiledSignatureTests {
    private let one = Tensor([1])

    private func value(_ a: Tensor?, _ b: Tensor?, _ x: Tensor) -> Tensor {
        x + (a.map { $0 * 10 } ?? x * 0) + (b.map { $0 * 100 } ?? x * 0)
    }

    @Test func whichArgumentIsNilCounts() {
        let f = compiled { (x: Tensor, a: Tensor?, b: Tensor?) in value(a, b, x) }
        for _ in 0..<2 {
            #expect(f(one, one, nil).floats == [11])
            #expect(f(one, nil, one).floats == [101])
            #expect(f(one, nil, nil).floats == [1])
            #expect(f(one, one, one).floats == [111])
        }
    }

    @Test func whereTheNilsOfAnArrayStandCounts() {
        let f = compiled { (all: [Tensor?]) in
            all.enumerated().reduce(Tensor([0])) { sum, pair in
                pair.element.map { sum + $0 * Double(pair.offset + 1) } ?? sum
            }
        }
        for _ in 0..<2 {
            #expect(f([one, nil, one]).floats == [4])
            #expect(f([nil, one, one]).floats == [5])
            #expect(f([one, one]).floats == [3])
        }
    }

    @Test func howNestedArraysAreCutCounts() {
        let f = compiled { (all: [[Tensor]]) in
            all.enumerated().reduce(Tensor([0])) { sum, pair in
                pair.element.reduce(sum) { $0 + $1 * Double(pair.offset + 1) }
            }
        }
        for _ in 0..<2 {
            #expect(f([[one, one], [one]]).floats == [4])
            #expect(f([[one], [one, one]]).floats == [5])
            #expect(f([[], [one, one, one]]).floats == [6])
        }
    }

    @Test func nestedOptionalsAreToldApart() {
        let f = compiled { (x: Tensor, flag: Bool??) -> Tensor in
            switch flag {
            case .none: x
            case .some(.none): x * 2
            case .some(.some(let value)): value ? x * 3 : x * 4
            }
        }
        for _ in 0..<2 {
            #expect(f(one, .none).floats == [1])
            #expect(f(one, .some(.none)).floats == [2])
            #expect(f(one, true).floats == [3])
            #expect(f(one, false).floats == [4])
        }
    }

    @Test func plainValuesAreConstantsOfTheirPlans() {
        let f = compiled { (x: Tensor, factor: Int, shift: Float, name: String) in
            (name == "minus" ? -x : x) * Double(factor) + Double(shift)
        }
        for _ in 0..<2 {
            #expect(f(one, 2, 0.5, "plus").floats == [2.5])
            #expect(f(one, 3, 0.5, "plus").floats == [3.5])
            #expect(f(one, 3, 0, "minus").floats == [-3])
        }
        // NaN is not equal to itself and is one plan all the same.
        let g = compiled { (x: Tensor, shift: Float) in x + Double(shift) }
        _ = g(one, .nan)
        #expect(g.graph(for: one, .nan) != nil)
    }

    @Test func theKeysOfADictionaryCount() {
        let factors: [(String, Double)] = [("a", 1), ("b", 10), ("c", 100)]
        let f = compiled { (all: [String: Tensor]) -> Tensor in
            factors.reduce(Tensor([0])) { sum, factor in
                all[factor.0].map { sum + $0 * factor.1 } ?? sum
            }
        }
        for _ in 0..<2 {
            #expect(f(["a": one, "b": one * 2]).floats == [21])
            #expect(f(["b": one * 2, "a": one]).floats == [21])
            #expect(f(["a": one, "c": one * 2]).floats == [201])
            #expect(f(["c": one]).floats == [100])
        }
    }

    @Test func severalValuesAreOneArgument() {
        let f = compiled { (parts: Parts<Tensor, Tensor?, Bool>, x: Tensor) in
            let (a, b, isNegative) = parts.values
            return (isNegative ? -1 : 1) * value(a, b, x)
        }
        for _ in 0..<2 {
            #expect(f(Parts(one, nil, false), one).floats == [11])
            #expect(f(Parts(one, one, true), one).floats == [-111])
        }
    }

    // MARK: Types of one's own

    enum Mode: CompiledInput { case sum, product }

    enum Source: CompiledInput {
        case first(Tensor)
        case second(Tensor)
        case nothing

        func passed(to calls: CompiledCalls) -> Source {
            switch self {
            case .first(let x): .first(x.passed(to: calls))
            case .second(let x): .second(x.passed(to: calls))
            case .nothing: .nothing
            }
        }
    }

    struct Options {
        var scale = 1.0
        var names: [String] = []
        var limits: [String: Int] = [:]
    }

    struct Batch: CompiledInput {
        var x: Tensor
        var mask: Tensor?
        var isReversed = false
        var mode = Mode.sum
        var options = Options()

        func passed(to calls: CompiledCalls) -> Batch {
            Batch(
                x: x.passed(to: calls), mask: mask.passed(to: calls), isReversed: isReversed,
                mode: mode, options: options)
        }

        var value: Tensor {
            var y = (isReversed ? -x : x) * options.scale
            if let mask { y = y * mask }
            if mode == .product { y = y * y }
            return y + Double(options.names.count + 100 * (options.limits["a"] ?? 0))
        }
    }

    @Test func everyFieldOfAStructCountsAlsoThoseItDoesNotHandOn() {
        let f = compiled { (batch: Batch) in batch.value }
        var batches = [Batch(x: Tensor([3]))]
        batches.append(Batch(x: Tensor([3]), mask: Tensor([2])))
        batches.append(Batch(x: Tensor([3]), isReversed: true))
        batches.append(Batch(x: Tensor([3]), mode: .product))
        batches.append(Batch(x: Tensor([3]), options: Options(scale: 0.5)))
        batches.append(Batch(x: Tensor([3]), options: Options(names: ["a"])))
        batches.append(Batch(x: Tensor([3]), options: Options(limits: ["a": 1])))
        batches.append(Batch(x: Tensor([3]), options: Options(limits: ["a": 2, "b": 1])))
        for _ in 0..<2 {
            for batch in batches { #expect(f(batch).floats == batch.value.floats) }
        }
        // In an array and behind an optional too.
        let g = compiled { (all: [Batch?]) in all.compactMap { $0?.value } }
        for _ in 0..<2 {
            for batch in batches {
                #expect(g([nil, batch]).map(\.floats) == [batch.value.floats])
            }
        }
    }

    @Test func theCaseOfAnEnumerationCounts() {
        let f = compiled { (source: Source, mode: Mode) -> Tensor in
            let x =
                switch source {
                case .first(let x): x * 10
                case .second(let x): x * 100
                case .nothing: Tensor([0])
                }
            return mode == .sum ? x + 1 : x * 2
        }
        for _ in 0..<2 {
            #expect(f(.first(one), .sum).floats == [11])
            #expect(f(.second(one), .sum).floats == [101])
            #expect(f(.second(one), .product).floats == [200])
            #expect(f(.nothing, .sum).floats == [1])
        }
    }

    struct Forgetful: CompiledInput {
        var x: Tensor
        var y: Tensor
        func passed(to calls: CompiledCalls) -> Forgetful {
            Forgetful(x: x.passed(to: calls), y: y)
        }
    }

    struct WithClosure: CompiledInput {
        var x: Tensor
        var change: (Tensor) -> Tensor
        func passed(to calls: CompiledCalls) -> WithClosure {
            WithClosure(x: x.passed(to: calls), change: change)
        }
    }

    @Test func whatIsForgottenOrCannotBeComparedStopsWithASentence() async {
        let forgotten = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let f = compiled { (b: Forgetful) in b.x + b.y }
            _ = f(Forgetful(x: Tensor([1]), y: Tensor([2])))
        }
        #expect(message(forgotten).contains("Forgetful holds 2 tensors"))
        let closure = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let f = compiled { (b: WithClosure) in b.change(b.x) }
            _ = f(WithClosure(x: Tensor([1]), change: { $0 * 2 }))
        }
        #expect(message(closure).contains("WithClosure has a field change"))
    }

    private func message(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }

    // MARK: Gradients

    @Test func trackedOrNotCounts() {
        let f = compiled { (x: Tensor, y: Tensor) in
            let gradients = (x * y + x.detached().tracked() * 0).sum().backward()
            return [x, y].map { $0.isTracked ? gradients[$0] : Tensor([-1]) }
        }
        let (x, y) = (Tensor([2]), Tensor([3]))
        for _ in 0..<2 {
            #expect(f(x.tracked(), y).map(\.floats) == [[3], [-1]])
            #expect(f(x, y.tracked()).map(\.floats) == [[-1], [2]])
            #expect(f(x.tracked(), y.tracked()).map(\.floats) == [[3], [2]])
        }
    }

    @Test func aTensorThatIsGivenTwiceHasOneGradient() {
        let f = compiled { (x: Tensor, y: Tensor) in (x * x * y).sum().backward()[x] }
        for _ in 0..<2 {
            let x = Tensor([2]).tracked()
            #expect(f(x, x).floats == [12])
            #expect(f(x, Tensor([5]).tracked()).floats == [20])
        }
    }

    @Test func gradientsThatWouldLeaveThroughAnArgumentStopWithASentence() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let w = Tensor([2]).tracked()
            let f = compiled { (x: Tensor) in (x * 3).sum().backward()[w] }
            _ = f(w * 2)
        }
        #expect(message(result).contains("computed from tracked tensors outside"))
        // Where no gradient is asked for it is a value like others.
        let f = compiled { (x: Tensor) in x * 3 }
        #expect(f(Tensor([2]).tracked() * 2).floats == [12])
        #expect(f(Tensor([3]).tracked() * 2).floats == [18])
    }

    // MARK: Keys

    private let ones = Tensor.ones([64])

    @Test func twoKeysAreTwoAlsoWhereTheyWereEqualAtFirst() {
        func difference(_ a: RandomKey, _ b: RandomKey, _ x: Tensor) -> Tensor {
            dropout(x, probability: 0.5, key: a) - dropout(x, probability: 0.5, key: b)
        }
        let f = compiled { (a: RandomKey, b: RandomKey, x: Tensor) in difference(a, b, x) }
        for (a, b) in [(1, 1), (1, 2), (3, 3), (2, 1)] as [(UInt64, UInt64)] {
            let (a, b) = (RandomKey(a), RandomKey(b))
            #expect(bitMismatch(f(a, b, ones), difference(a, b, ones)) == nil)
        }
    }

    @Test func keysDerivedFromEqualKeysAreTwo() {
        func sum(_ keys: [RandomKey], _ x: Tensor) -> Tensor {
            keys.enumerated().reduce(x * 0) { sum, pair in
                sum + Double(pair.offset + 1)
                    * (dropout(x, probability: 0.5, key: pair.element.folded(in: "mask"))
                        + Tensor.uniform([64], key: pair.element.split(2)[1]))
            }
        }
        let f = compiled { (keys: [RandomKey], x: Tensor) in sum(keys, x) }
        for numbers in [[1, 1], [1, 2], [5, 5], [2, 1]] as [[UInt64]] {
            let keys = numbers.map { RandomKey($0) }
            #expect(bitMismatch(f(keys, ones), sum(keys, ones)) == nil)
        }
    }

    @Test func aKeyThatEqualsOneDerivedFromAnotherStaysItself() {
        func sum(_ a: RandomKey, _ b: RandomKey, _ x: Tensor) -> Tensor {
            dropout(x, probability: 0.5, key: a.folded(in: 1))
                + 2 * dropout(x, probability: 0.5, key: b)
        }
        let f = compiled { (a: RandomKey, b: RandomKey, x: Tensor) in sum(a, b, x) }
        let key = RandomKey(4)
        for other in [key.folded(in: 1), RandomKey(9), key.folded(in: 1)] {
            #expect(bitMismatch(f(key, other, ones), sum(key, other, ones)) == nil)
        }
    }

    @Test func forwardAndBackwardShareTheirMaskButNotWithAnEqualKey() {
        func gradient(_ a: RandomKey, _ b: RandomKey, _ x: Tensor) -> Tensor {
            let x = x.tracked()
            let y = dropout(x, probability: 0.5, key: a) * dropout(x, probability: 0.5, key: b)
            return y.sum().backward()[x]
        }
        let f = compiled { (a: RandomKey, b: RandomKey, x: Tensor) in gradient(a, b, x) }
        for (a, b) in [(7, 7), (7, 8), (1, 2)] as [(UInt64, UInt64)] {
            let (a, b) = (RandomKey(a), RandomKey(b))
            #expect(bitMismatch(f(a, b, ones), gradient(a, b, ones)) == nil)
        }
    }

    @Test func aMissingKeyIsAnotherPlan() {
        let f = compiled { (x: Tensor, key: RandomKey?) in
            key.map { dropout(x, probability: 0.5, key: $0) } ?? x
        }
        for _ in 0..<2 {
            #expect(f(ones, nil).floats == ones.floats)
            #expect(
                bitMismatch(
                    f(ones, RandomKey(3)), dropout(ones, probability: 0.5, key: RandomKey(3)))
                    == nil)
        }
    }
}
