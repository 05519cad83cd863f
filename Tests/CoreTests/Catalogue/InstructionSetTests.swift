import ApusCore
import ApusTesting
import Testing

@Suite(.serialized)
struct InstructionSetTests {
    @Test(arguments: InstructionSet.allCases.filter { $0.isSupported && $0 != .active })
    func instructionSetsGiveTheSameBits(_ set: InstructionSet) {
        let active = Kernels.pointwise
        #expect(Kernels.withInstructionSet(set) { Kernels.pointwise } != active)
        #expect(Kernels.pointwise == active)
        for entry in PrimitiveCatalogue.all {
            for sample in entry.samples {
                let trial = OperationTrial(sample)
                let active = trial.computed()
                let other = Kernels.withInstructionSet(set) { trial.computed() }
                #expect(firstDifference(active, other) == nil, "\(sample)")
            }
        }
    }

    /// These hashes stand for the bits of every output and gradient; the same ones must come out of a debug and a
    /// release build, on every machine and instruction set.
    @Test func everyBuildGivesTheSameBits() {
        var found: [String: UInt64] = [:]
        for entry in PrimitiveCatalogue.all {
            var hash = BitHash()
            for sample in entry.samples {
                OperationTrial(sample).computed().forEach { hash.combine($0) }
            }
            found[entry.name] = hash.value
        }
        let lines = PrimitiveCatalogue.all.map(\.name).filter {
            found[$0] != CatalogueHashes.all[$0]
        }
        .map {
            "    \"\($0)\": 0x\(String(found[$0] ?? 0, radix: 16)),"
        }
        #expect(lines.isEmpty, "new hashes:\n\(lines.joined(separator: "\n"))")
        #expect(Set(CatalogueHashes.all.keys) == Set(found.keys))
    }
}
