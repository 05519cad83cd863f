import ApusCommand
import ApusSystem
import Testing

@Suite struct DoctorTests {
    private let tool = EndToEndTests()

    @Test(arguments: ["linear", "mlp", "embeddings", "perceptron"])
    func goodTextsAndGoodSettingsAreHealthy(model: String) throws {
        try tool.withTexts { folder in
            let told = tool.apus("doctor", "--train", folder + "/train.tsv", "--model", model)
            #expect(told.code == 0)
            #expect(
                told.output == "nothing found: 80 texts and 40 steps of training look healthy\n")
        }
    }

    @Test func faultsAreToldTheWorstFirst() throws {
        try tool.withTexts { folder in
            let train = folder + "/train.tsv"
            let told = tool.apus(
                "doctor", "--train", train, "--dev", train, "--model", "mlp", "--learning-rate",
                "1000")
            #expect(told.code == 0)
            #expect(told.output.hasPrefix("error  "))
            #expect(told.output.contains("80 of 80 dev texts (100 %) are among the training texts"))
            let facts = try tool.object(
                tool.apus("doctor", "--train", train, "--dev", train, "--json").output)
            guard case .array(let findings) = facts["findings"] else {
                Issue.record("no findings")
                return
            }
            #expect(findings.first?["kind"] == .string("overlap"))
            #expect(findings.first?["severity"] == .string("error"))
            #expect(facts["texts"] == .integer(80) && facts["steps"] == .integer(40))
        }
    }

    @Test func whatCannotBeReadIsAnError() {
        #expect(tool.apus("doctor", "--train", "/nowhere.csv").code == 1)
        #expect(tool.apus("doctor").code == 64)
    }
}
