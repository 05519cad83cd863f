import ApusSystem
import Testing

/// No case of the reference is left out.
@Suite(.enabled(if: GoldenFile.arePresent, "the golden files lie in ../shared, which is not here"))
struct GoldenCoverageTests {
    @Test func everyCaseOfTheReferenceIsTested() throws {
        let families = [
            GoldenOperationTests.cases, GoldenActivationTests.cases, GoldenLossTests.cases,
            GoldenNormTests.cases, GoldenConvolutionTests.cases, GoldenAttentionTests.cases,
        ]
        let tested =
            families.joined().map(\.name) + GoldenRecurrentTests.names
            + GoldenOptimizerTests.optimizers.map { "optimizer.\($0.name)" }
        let all = try JSON(
            parsing: String(decoding: readFile("\(GoldenFile.directory)/cases.json"), as: UTF8.self)
        )
        guard case .object(let cases) = all else {
            Issue.record("cases.json is no object")
            return
        }
        #expect(Set(tested) == Set(cases.keys))
    }
}
