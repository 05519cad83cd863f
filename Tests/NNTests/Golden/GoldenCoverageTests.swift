import ApusSystem
import Testing

/// No case of a reference is left out.
struct GoldenCoverageTests {
    private static let tested: Set<String> = {
        let families = [
            GoldenOperationTests.cases, GoldenActivationTests.cases, GoldenLossTests.cases,
            GoldenNormTests.cases, GoldenConvolutionTests.cases, GoldenAttentionTests.cases,
        ]
        return Set(
            families.joined().map(\.name) + GoldenRecurrentTests.names
                + GoldenOptimizerTests.optimizers.map { "optimizer.\($0.name)" })
    }()

    @Test func everyCaseOfTheRepositoryIsTested() throws {
        let names = try GoldenFile.ofTheRepository().entries.compactMap {
            $0.name.split(separator: "/").first.map(String.init)
        }
        #expect(Self.tested == Set(names))
    }

    @Test(.enabled(if: GoldenFile.folderIsPresent, "the folder is not here: \(GoldenFile.folder)"))
    func everyCaseOfTheFolderIsTested() throws {
        let all = try JSON(
            parsing: String(decoding: readFile("\(GoldenFile.folder)/cases.json"), as: UTF8.self))
        guard case .object(let cases) = all else {
            Issue.record("cases.json is no object")
            return
        }
        #expect(Self.tested == Set(cases.keys))
    }
}
