import ApusCommand
import ApusSystem
import Testing

@Suite struct ArgumentTests {
    func train(_ arguments: String...) throws(UsageError) -> Values {
        let options = TrainSample.options
        let scanned = try ScannedArguments(arguments, for: options, command: "train classify")
        return try Values(scanned, for: options, command: "train classify")
    }

    func predict(_ arguments: String...) throws(UsageError) -> Values {
        let options = PredictSample.options
        let scanned = try ScannedArguments(arguments, for: options, command: "predict")
        return try Values(scanned, for: options, command: "predict")
    }

    @Test func absentOptionsHaveTheirDefaults() throws {
        let values = try train("--train", "a")
        #expect(values[TrainSample.model] == "linear")
        #expect(values[TrainSample.layout] == .wide)
        #expect(values[TrainSample.rate] == 0.5)
        #expect(values[TrainSample.epochs] == nil)
        #expect(values[TrainSample.words] == 1...2)
        #expect(!values[TrainSample.resume])
        #expect(!values.has(TrainSample.model))
    }

    @Test func valuesStandBehindASpaceOrAnEqualsSign() throws {
        let values = try train(
            "--model", "mlp", "--learning-rate=1e-3", "--train", "a", "--epochs=7", "--resume",
            "--words", "2-4", "--layout", "narrow")
        #expect(values[TrainSample.model] == "mlp")
        #expect(values[TrainSample.layout] == .narrow)
        #expect(values[TrainSample.rate] == 0.001)
        #expect(values[TrainSample.epochs] == 7)
        #expect(values[TrainSample.words] == 2...4)
        #expect(values[TrainSample.resume])
        #expect(values.has(TrainSample.model))
        #expect(try train("--train", "a", "--words=3")[TrainSample.words] == 3...3)
    }

    @Test func aListGoesOnToTheNextOptionAndMayBeGivenTwice() throws {
        let values = try train("--train", "a", "b", "-", "--resume", "--train=c=d", "--train", "e")
        #expect(values[TrainSample.train] == ["a", "b", "-", "c=d", "e"])
    }

    @Test func theLastOfASingleOptionCounts() throws {
        #expect(try predict("m", "--top", "3", "--top=5")[PredictSample.top] == 5)
    }

    @Test func argumentsTakeTheirPlaces() throws {
        let values = try predict("model", "one", "--top", "2", "two", "--", "--top", "-")
        #expect(values[PredictSample.directory] == "model")
        #expect(values[PredictSample.texts] == ["one", "two", "--top", "-"])
        #expect(
            try predict("model", "-1.5", "-.5", "-")[PredictSample.texts] == ["-1.5", "-.5", "-"])
        #expect(try predict("")[PredictSample.directory] == "")
    }

    @Test func choicesIgnoreCase() throws {
        let values = try train("--train", "a", "--model", "MLP", "--layout=Narrow")
        #expect(values[TrainSample.model] == "mlp")
        #expect(values[TrainSample.layout] == .narrow)
    }

    @Test func emptyNamesOfFilesAndFoldersAreMistakes() {
        let kinds: [(kind: ValueKind<String>, expected: String)] = [
            (.file, "a file's name"), (.folder, "a folder's name"),
        ]
        for (kind, expected) in kinds {
            let error = #expect(throws: UsageError.self) {
                try Option("--out", "X", kind, default: "x", help: "").boxed([""], command: "c")
            }
            #expect(error?.message == "--out is empty; it must be \(expected)")
        }
    }

    @Test func theHighestIntegerIsTold() {
        #expect(
            ValueKind<Int>.integer(in: 0 ... .max).allowed == "from 0 to 9223372036854775807")
        #expect(ValueKind<Int>.integer().allowed == nil)
    }

    @Test func mistakesAreToldWithTheRemedy() {
        func failure(_ body: () throws(UsageError) -> Values) -> [String?] {
            do {
                _ = try body()
                return []
            } catch {
                return [error.message, error.hint]
            }
        }
        #expect(
            failure { () throws(UsageError) in try train("--tran", "a") }
                == ["train classify has no option --tran", "did you mean --train?"])
        #expect(
            failure { () throws(UsageError) in try train("--train", "a", "-x") }
                == [
                    "train classify has no option -x", "apus help train classify lists the options",
                ])
        #expect(
            failure { () throws(UsageError) in try train("--train", "--resume") }
                == [
                    "--train needs a value (FILE)",
                    "a value that begins with - is written --train=-…",
                ])
        #expect(
            failure { () throws(UsageError) in try train("--resume") }
                == [
                    "train classify needs --train FILE",
                    "apus help train classify shows how it is used",
                ])
        #expect(
            failure { () throws(UsageError) in try train("--train", "a", "--resume=yes") }
                == ["--resume takes no value", nil])
        #expect(
            failure { () throws(UsageError) in try train("--train", "a", "--epochs", "0") }
                == ["--epochs: \"0\" is not an integer from 1 to 1000", nil])
        #expect(
            failure { () throws(UsageError) in try train("--train", "a", "--learning-rate", "nan") }
                == ["--learning-rate: \"nan\" is not a number from 0 to 10", nil])
        #expect(
            failure { () throws(UsageError) in try train("--train", "a", "--words", "3-2") }
                == ["--words: \"3-2\" is not a span like 2-5, from 1 to 5", nil])
        #expect(
            failure { () throws(UsageError) in try train("--train", "a", "--model", "x") }
                == ["--model: \"x\" is not one of linear, mlp", nil])
        #expect(
            failure { () throws(UsageError) in try train("--train", "a", "--model", "liner") }
                == ["--model: \"liner\" is not one of linear, mlp", "did you mean linear?"])
        #expect(
            failure { () throws(UsageError) in try train("--train", "a", "--layout", "wid") }
                == ["--layout: \"wid\" is not one of wide, narrow", "did you mean wide?"])
        #expect(
            failure { () throws(UsageError) in try predict("--bogus") }
                == ["predict has no option --bogus", "apus help predict lists the options"])
        #expect(
            failure { () throws(UsageError) in try train("--train", "a", "--", "b") }
                == [
                    "train classify: unexpected argument \"b\"",
                    "apus help train classify shows how it is used",
                ])
        #expect(
            failure { () throws(UsageError) in try predict() }
                == ["predict needs DIR", "apus help predict shows how it is used"])
    }
}
