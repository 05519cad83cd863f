import ApusCore
import CApusKernels
import Testing

#if DEBUG
    private let rounds = 20
#else
    private let rounds = 400
#endif

/// Numbers for a·b + c where rounding twice goes wrong, and the ends of what a float can be.
private struct Triples {
    var numbers = Numbers(state: 5)

    mutating func power(_ exponents: ClosedRange<Int>) -> Float {
        let exponent = exponents.lowerBound + Int(numbers.next()) % exponents.count
        return Float(sign: .plus, exponent: exponent, significand: 1)
    }

    mutating func any() -> Float { Float(bitPattern: numbers.next()) }

    mutating func sign() -> Float { numbers.next() & 1 == 0 ? 1 : -1 }

    /// Of few digits, so that exact results lie in the middle between two floats.
    mutating func short() -> Float {
        Float(Int(numbers.next() >> 8) >> Int(numbers.next() % 24)) * power(-20...20) * sign()
    }

    /// c any number; a·b is half a unit of its last place, and a little more or less.
    mutating func middle() -> (Float, Float, Float) {
        let exponent = Int(numbers.next() % 200) - 100
        let c = (1 + Float(numbers.next() >> 9) * 0x1p-23) * power(exponent...exponent) * sign()
        let little = power(-23 ... -3)
        let a = (1 + little) * power(exponent / 2...exponent / 2)
        let rest = exponent - 24 - exponent / 2
        return (a * sign(), (1 - little) * power(rest...rest), c)
    }

    /// c denormal; a·b is half a unit of its last place, and a little less.
    mutating func denormalMiddle() -> (Float, Float, Float) {
        let little = power(-23 ... -1)
        let c = Float(bitPattern: numbers.next() & 0x80ff_ffff)
        return ((1 + little) * 0x1p-75, (1 - little) * 0x1p-75 * sign(), c)
    }

    mutating func next(_ kind: Int) -> (Float, Float, Float) {
        switch kind {
        case 0: return (any(), any(), any())
        case 1: return (short(), short(), short())
        case 2: return middle()
        case 3: return denormalMiddle()
        case 4:
            // Beside the product with the other sign: what is left is small.
            let (a, b) = (any(), any())
            return (a, b, (-a * b).nextUp)
        case 5:
            func edge() -> Float { edgeValues[Int(numbers.next()) % edgeValues.count] }
            return (edge(), edge(), edge())
        default:
            let huge = power(60...67)
            return (huge, power(58...63), any())
        }
    }
}

/// IEEE 754's fused multiply-add, from the C library or the processor.
@Test(arguments: supportedInstructionSets.map { Int($0.rawValue) })
func everyLaneIsAFusedMultiplyAdd(_ code: Int) {
    let isa = apus_isa(UInt32(code))
    let program = [instruction(APUS_OP_FMA, 0, 1, 2)]
    var triples = Triples()
    for round in 0..<7 * rounds {
        let inputs = (0..<1003).map { _ in triples.next(round % 7) }
        let expected = inputs.map { $2.addingProduct($0, $1) }
        let found = run(
            program, on: isa, inputs: [inputs.map(\.0), inputs.map(\.1), inputs.map(\.2)],
            outputs: [3], count: inputs.count)[0]
        if let problem = difference(found, expected) {
            Issue.record("kind \(round % 7): \(problem)")
            return
        }
    }
}

/// The tiles of a processor without the instruction keep their sums in doubles: chains of sums in the middle between two
/// floats, of denormal ones, and of ones that overflow on the way and come back.
@Test(arguments: InstructionSet.allCases.filter(\.isSupported))
func aProductsChainsAreExactWhereRoundingTwiceIsNot(_ set: InstructionSet) {
    var triples = Triples()
    for round in 0..<8 * (rounds / 20) {
        for transposition in 0..<4 {
            var test = MatMulCase(
                9, 29, 70, leftIsTransposed: transposition & 1 == 1,
                rightIsTransposed: transposition & 2 == 2)
            func element() -> Float {
                switch round % 8 {
                case 0: Float(triples.numbers.next() % 8191)
                case 1: triples.short()
                case 2: triples.power(-80 ... -60) * (triples.sign() + 0x1p-20)
                case 3: triples.power(61...63) * triples.sign()
                case 4: triples.any()
                case 5: edgeValues[Int(triples.numbers.next()) % edgeValues.count]
                case 6: triples.numbers.next() % 3 == 0 ? 0 : triples.short()
                default: triples.numbers.float(in: -1...1)
                }
            }
            test.left = test.left.map { _ in element() }
            test.right = test.right.map { _ in element() }
            if let problem = difference(test.computed(by: set), test.expected()) {
                Issue.record("\(set), kind \(round % 8), \(test): \(problem)")
            }
        }
    }
}
