import ApusCommand
import ApusSystem
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The commands as they are, on small files of their own.
@Suite struct EndToEndTests {
    /// What a command line of `apus` gives.
    func apus(_ line: String...) -> (code: Int32, output: String, errors: String) { apus(line) }

    func apus(_ line: [String]) -> (code: Int32, output: String, errors: String) {
        let output = OutputChannel()
        let errors = OutputChannel()
        let code = CommandLineTool.apus.run(line, output: output, errors: errors)
        return (code, output.captured, errors.captured)
    }

    /// The object on the last line of an output.
    func object(_ output: String) throws -> JSON {
        let last = try #require(output.utf8.split(separator: UInt8(ascii: "\n")).last)
        return try JSON(parsing: String(Substring(last)), name: "output")
    }

    /// Runs `body` in a folder with texts about the sea and about the kitchen.
    func withTexts(_ body: (_ folder: String) throws -> Void) throws {
        var template = Array("/tmp/apus-tests-XXXXXX".utf8CString)
        let folder = String(cString: try #require(mkdtemp(&template)))
        defer { try? removeTree(folder) }
        let rows = (0..<40).map { number in
            "a ship and the waves of harbour \(number)\tsea\na pan and the salt of kitchen \(number)\thome\n"
        }
        try atomicWrite(to: folder + "/train.tsv") { try $0.write("text\tlabel\n" + rows.joined()) }
        try body(folder)
    }

    @Test func theDemoTellsLanguagesApart() throws {
        try withTexts { folder in
            let told = apus("demo", "--out", folder + "/demo")
            #expect(told.code == 0)
            let last = told.output.split(separator: "\n").last ?? ""
            #expect(last.hasPrefix("Held-out accuracy: "))
            #expect(told.output.contains("  Polish "))
            let facts = try object(
                apus("demo", "Wo ist mein Schlüssel?", "--json", "--out", folder + "/demo").output)
            guard case .number(let accuracy) = facts["accuracy"] else {
                Issue.record("no accuracy")
                return
            }
            #expect(accuracy >= 0.97)
            #expect(facts["sentences"]?.text().contains("\"label\":\"German\"") == true)
            let again = apus("predict", folder + "/demo", "Wo ist mein Schlüssel?")
            #expect(again.output.hasPrefix("German\t0."))
        }
    }

    @Test func aModelIsTrainedJudgedAndUsed() throws {
        try withTexts { folder in
            let (texts, model) = (folder + "/train.tsv", folder + "/model")
            let trained = apus(
                "train", "classify", "--train", texts, "--dev", texts, "--out", model)
            #expect(trained.code == 0, "\(trained.errors)")
            #expect(trained.output.contains("dev accuracy 100.00 %"))
            #expect(trained.output.contains("apus predict \(model) \"a text\""))
            #expect(trained.errors.contains("text: column 1 “text”, label: column 2 “label”"))
            #expect(trained.errors.contains("epoch 1/5  loss "))

            let judged = try object(apus("evaluate", model, texts, "--json").output)
            #expect(judged["accuracy"] == .number(1) && judged["macroF1"] == .number(1))
            #expect(judged["count"] == .integer(80) && judged["unknownLabels"] == .integer(0))
            #expect(apus("evaluate", model, texts).output.contains("\nhome "))

            let predicted = apus("predict", model, "waves", "salt", "--top", "2").output
            let fields = predicted.split(separator: "\n").map { $0.split(separator: "\t") }
            #expect(fields.map { $0[0] } == ["sea", "home"])
            #expect(fields.allSatisfy { $0.count == 4 })
            let asJSON = apus("predict", model, "--file", texts, "--text", "text", "--json").output
            #expect(asJSON.split(separator: "\n").count == 80)
            #expect(asJSON.hasPrefix("{\"label\":\"sea\",\"probability\":"))

            let inspected = apus("inspect", model).output
            for fact in ["features.scales", "2 labels: home, sea", "dev ", "SHA-256"] {
                #expect(inspected.contains(fact), "\(fact)")
            }
            let file = try object(apus("inspect", model + "/model.safetensors", "--json").output)
            #expect(file["metadata"]?["format"] == .string("apus text classifier 2"))
        }
    }

    @Test func trainingTellsWhatScriptsRelyOn() throws {
        try withTexts { folder in
            let texts = folder + "/train.tsv"
            var sums: [JSON?] = []
            for kind in ["perceptron", "linear", "mlp", "embeddings"] {
                let line = apus(
                    "train", "classify", "--train", texts, "--model", kind, "--epochs", "2",
                    "--words", "1",
                    "--out", folder + "/model", "--json")
                let facts = try object(line.output)
                #expect(facts["epochs"] == .integer(2), "\(line.errors)")
                for key in ["seconds", "parameters", "sha256"] {
                    #expect(facts[key] != nil, "\(key)")
                }
                #expect(facts["accuracy"] == nil)
                sums.append(facts["sha256"])
            }
            #expect(Set(sums.map { $0?.text() }).count == 4)
        }
    }

    @Test func resumingWithoutACheckpointStartsAnew() throws {
        try withTexts { folder in
            let line = apus(
                "train", "classify", "--train", folder + "/train.tsv", "--out", folder + "/model/",
                "--resume",
                "--epochs", "1")
            #expect(line.code == 0)
            #expect(
                line.errors.contains(
                    "\(folder)/model.checkpoint: no checkpoint is there; training from the start"))
            let left = try listDirectory(folder)
            #expect(left == ["model", "train.tsv"])
        }
    }

    @Test func mistakesAreFoundBeforeTheWork() throws {
        try withTexts { folder in
            let texts = folder + "/train.tsv"
            let taken = apus("train", "classify", "--train", "missing", "--out", texts)
            #expect(taken.code == 1)
            #expect(taken.errors == "apus: \(texts): this is not a folder\n")
            for line in [
                apus(
                    "train", "classify", "--train", texts, "--model", "linear", "--dimension", "5"),
                apus(
                    "train", "classify", "--train", texts, "--words", "none", "--characters", "none"
                ),
                apus("train", "classify", "--train", texts, "--patience", "3"),
                apus("train", "classify", "--train", texts, "--buckets", "9", "--min-count", "2"),
                apus("train", "classify", "--train", "-", "--dev", "-"),
                apus("predict", "model", "text", "-"),
                apus("predict", "model", "text", "--file", texts),
                apus("predict", "model", "--text", "1"),
            ] {
                #expect(line.code == 64, "\(line.errors)")
                #expect(line.errors.hasPrefix("apus: "))
            }
            let failed = apus("evaluate", folder, texts, "--json")
            #expect(failed.code == 1)
            let facts = try object(failed.output)
            let message = "\(folder): there is no model in this folder (no SHA256SUMS)"
            #expect(facts["error"] == .string(message) && facts["hint"] != nil)
        }
    }

    @Test func everyCommandHasHelpWithExamples() {
        for command in CommandLineTool.apus.commands {
            let page = apus(["help"] + command.name.split(separator: " ").map(String.init))
            #expect(page.code == 0 && page.output.contains("Examples:"), "\(command.name)")
            #expect(
                page.output.split(separator: "\n").allSatisfy {
                    $0.count <= 100 || $0.hasPrefix("  apus")
                })
        }
        #expect(apus("version").output.contains("instruction set"))
    }
}
