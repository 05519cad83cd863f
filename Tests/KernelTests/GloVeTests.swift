import CApusKernels
import Testing

/// Rows of GloVe's tables: a vector, its bias, zeros up to whole lanes, then the sums, 1 at first.
private struct GloVeCase {
    let dimension: Int
    var width: Int { (dimension / 16 + 1) * 16 }
    var words: [Float] = []
    var contexts: [Float] = []
    var pairs: [apus_glove_pair] = []

    init(dimension: Int) {
        self.dimension = dimension
        var numbers = Numbers(state: UInt64(dimension))
        func table() -> [Float] {
            var result: [Float] = []
            for _ in 0..<5 {
                result += numbers.floats(dimension + 1, in: -0.5...0.5)
                result += Array(repeating: 0, count: width - dimension - 1)
                result += Array(repeating: 1, count: width)
            }
            return result
        }
        words = table()
        contexts = table()
        let facts = numbers.floats(60, in: 0...3)
        for pair in 0..<30 {
            pairs.append(
                apus_glove_pair(
                    word: Int32(pair * 7 % 5), context: Int32(pair * 3 % 4),
                    logarithm: facts[2 * pair], weight: facts[2 * pair + 1] / 3))
        }
    }

    /// The steps by the kernels of an instruction set.
    mutating func train(_ isa: apus_isa) throws -> Double {
        let kernels = try #require(apus_glove_kernels_for(isa)).pointee
        var (changedWords, changedContexts) = (words, contexts)
        defer { (words, contexts) = (changedWords, changedContexts) }
        let (dimension, width, pairs) = (dimension, width, pairs)
        return changedWords.withUnsafeMutableBufferPointer { words in
            changedContexts.withUnsafeMutableBufferPointer { contexts in
                var tables = apus_glove_tables(
                    dimension: Int64(dimension), width: Int64(width), words: words.baseAddress,
                    contexts: contexts.baseAddress, rate: 0.05)
                return kernels.train(&tables, pairs, Int64(pairs.count))
            }
        }
    }

    /// The steps as the header's formula says them, in Double.
    func reference() -> (words: [Double], contexts: [Double], loss: Double) {
        var (w, c) = (words.map(Double.init), contexts.map(Double.init))
        var loss = 0.0
        for pair in pairs {
            let i = Int(pair.word) * 2 * width
            let j = Int(pair.context) * 2 * width
            var error = w[i + dimension] + c[j + dimension] - Double(pair.logarithm)
            for k in 0..<dimension { error += w[i + k] * c[j + k] }
            let scaled = 0.05 * Double(pair.weight) * error
            loss += 0.5 * Double(pair.weight) * error * error
            for k in 0...dimension {
                let forWord = scaled * (k < dimension ? c[j + k] : 1)
                let forContext = scaled * (k < dimension ? w[i + k] : 1)
                w[i + k] -= forWord / w[i + width + k].squareRoot()
                c[j + k] -= forContext / c[j + width + k].squareRoot()
                w[i + width + k] += forWord * forWord
                c[j + width + k] += forContext * forContext
            }
        }
        return (w, c, loss)
    }
}

@Test(arguments: supportedInstructionSets, [1, 15, 16, 17, 31, 100])
func stepsOfGloVeFollowTheFormulaWithTheSameBits(isa: apus_isa, dimension: Int) throws {
    var (found, portable) = (GloVeCase(dimension: dimension), GloVeCase(dimension: dimension))
    let wanted = found.reference()
    let loss = try found.train(isa)
    let portableLoss = try portable.train(APUS_ISA_PORTABLE)
    #expect(loss == portableLoss)
    #expect(found.words.map(bits) == portable.words.map(bits))
    #expect(found.contexts.map(bits) == portable.contexts.map(bits))
    #expect(abs(loss - wanted.loss) < 1e-4 * wanted.loss)
    let worst =
        zip(found.words + found.contexts, wanted.words + wanted.contexts)
        .map { abs(Double($0) - $1) }.max() ?? 0
    #expect(worst < 1e-5)
}
