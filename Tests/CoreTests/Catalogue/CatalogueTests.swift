import ApusCore
import ApusTesting
import Testing

/// What holds for every operation.
struct CatalogueTests {
    @Test(arguments: PrimitiveCatalogue.all)
    func operandsThatDoNotFitAreRefusedInAFullSentence(_ entry: CatalogueEntry) {
        for failure in entry.failures {
            #expect(refusal(of: failure.primitive, failure.operands) == failure.message)
        }
    }

    @Test(arguments: PrimitiveCatalogue.all)
    func gradientsEqualFiniteDifferences(_ entry: CatalogueEntry) {
        for sample in entry.samples where !sample.isLarge {
            #expect(OperationTrial(sample).gradientProblem() == nil, "\(sample)")
        }
    }

    @Test(arguments: PrimitiveCatalogue.all)
    func secondDerivativesEqualFiniteDifferences(_ entry: CatalogueEntry) {
        for sample in entry.samples where !sample.isLarge {
            #expect(OperationTrial(sample).secondDerivativeProblem() == nil, "\(sample)")
        }
    }

    @Test(arguments: PrimitiveCatalogue.all)
    func theKernelGivesTheBitsOfTheReference(_ entry: CatalogueEntry) {
        for sample in entry.samples {
            #expect(OperationTrial(sample).referenceProblem() == nil, "\(sample)")
        }
    }

    @Test(arguments: PrimitiveCatalogue.all)
    func threadsDoNotChangeABit(_ entry: CatalogueEntry) {
        for sample in entry.samples where sample.isLarge {
            #expect(OperationTrial(sample).threadProblem() == nil, "\(sample)")
        }
    }
}

extension CatalogueEntry: CustomTestStringConvertible {
    /// The operation's name.
    public var testDescription: String { name }
}
