import ApusCommand
import ApusSystem
import Testing

@Suite struct ToolTests {
    @Test func commandsOfOneAndTwoWordsRun() {
        #expect(run("train", "classify", "--train", "a", "b") == (0, "a|b\n", ""))
        #expect(run("predict", "m", "text") == (0, "{\"label\":[\"text\"]}\n", ""))
        #expect(run("--seed", "3", "--threads=2", "predict", "m") == (0, "{\"label\":[]}\n", ""))
        #expect(run("--version") == (0, "apus 0.1.0\n", ""))
    }

    @Test func unknownCommandsSuggestTheNearest() {
        #expect(
            run("tain")
                == (64, "", "apus: there is no command \"tain\"\n  hint: did you mean \"train\"?\n")
        )
        #expect(
            run("train", "clasify").errors
                == "apus: there is no command \"train clasify\"\n"
                + "  hint: did you mean \"train classify\"?\n")
        #expect(run("train") == (64, "", "apus: \"train\" needs one more word: classify\n"))
        #expect(run("help", "predikt").errors.contains("did you mean \"predict\"?"))
        #expect(run("--jsn").errors.contains("did you mean --json?"))
        #expect(run("a\nb").errors.hasPrefix("apus: there is no command \"a\\u{a}b\"\n"))
    }

    @Test func failedWorkIsToldOnOneLineAndAHint() {
        #expect(
            run("predict", "missing")
                == (1, "", "apus: missing: no such file or folder\n  hint: look elsewhere\n"))
        #expect(run("predict", "conflict") == (64, "", "apus: --a and --b exclude each other\n"))
        #expect(
            run("predict", "interrupted")
                == (130, "", "apus: saved\n  hint: go on with --resume\n"))
    }

    @Test func errorsAreJSONToo() {
        let failed = run("predict", "missing", "--json")
        #expect(failed.code == 1)
        #expect(
            failed.output
                == "{\"error\":\"missing: no such file or folder\",\"hint\":\"look elsewhere\"}\n")
        #expect(failed.errors == "apus: missing: no such file or folder\n  hint: look elsewhere\n")
        #expect(run("predict", "conflict", "--json").output.contains("\"hint\":null"))
        #expect(run("predikt", "--json").output.hasPrefix("{\"error\":\"there is no command"))
        #expect(run("predict", "missing", "--", "--json").output == "")
    }

    @Test func anOutputThatNobodyReadsEndsQuietly() {
        #expect(run("predict", "closed") == (0, "half\n", ""))
    }

    @Test func helpComesInThreeWays() {
        let page = run("help", "train", "classify")
        #expect(page.code == 0)
        #expect(run("train", "classify", "--help") == page)
        #expect(run("train", "classify", "--train", "a", "-h") == page)
        #expect(run("--help", "train", "classify") == page)
        #expect(run() == run("help"))
        #expect(run("--help") == run("help"))
        #expect(run("help", "train") == run("train", "--help"))
        #expect(run("help", "train").output.contains("train classify"))
    }

    @Test func theOverviewListsTheCommands() {
        #expect(
            run().output == """
                Neural language processing.

                Usage: apus COMMAND [options]

                Commands:
                  train classify  Train a classifier on labelled texts.
                  predict         Classify texts with a trained model.
                  version         Print the version.

                apus help COMMAND tells what a command takes, with examples.

                """)
    }

    @Test func aPageShowsUsageOptionsDefaultsAndExamples() {
        let page = run("help", "train", "classify").output
        for line in [
            "Train a classifier on labelled texts.",
            "Usage: apus train classify --train FILE… [options]",
            "  --train FILE…      Files of labelled texts. (required)",
            "  --model NAME       The model. (linear, mlp; default: linear)",
            "  --learning-rate X  The step size. (from 0 to 10; default: 0.5)",
            "  --resume           Go on where the last run ended.",
            "  --json             Write results, and errors, as JSON on standard output.",
            "  apus train classify --train a.csv",
            "      Train on one file.",
        ] {
            #expect(page.split(separator: "\n").contains { $0 == line }, "\(line)\nin\n\(page)")
        }
        #expect(page.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(
            run("help", "predict").output.contains("Usage: apus predict DIR [TEXT…] [options]\n"))
    }
}
