import ApusCore
import ApusFiles
import ApusSystem
import ApusTraining
import Testing

@Suite struct ResumeTests {
    @Test(arguments: PointTraining.Rule.allCases)
    func aTrainingStoppedAfterAnyStepEndsWithTheSameBits(rule: PointTraining.Rule) throws {
        for patience in [nil, 5] {
            var training = PointTraining(rule: rule)
            training.plan.patience = patience
            let whole = try training.run().ending
            try withTemporaryFolder { folder in
                for stop in 1...PointTraining.stepCount {
                    let checkpoint = CheckpointFile(path: folder + "/c\(stop)", identity: "points")
                    #expect(throws: TrainingError.interrupted(checkpoint: checkpoint.path)) {
                        try training.run(checkpoint: checkpoint, stoppingAfter: stop)
                    }
                    let resumed = try training.run(checkpoint: checkpoint, resuming: true)
                    #expect(resumed.ending == whole, "stopped after step \(stop)")
                    #expect(
                        resumed.recorder.steps
                            == Array((stop..<PointTraining.stepCount).map { $0 + 1 }))
                }
            }
        }
    }

    @Test func aTrainingStoppedAtEveryStepEndsWithTheSameBits() throws {
        let training = PointTraining()
        let whole = try training.run().ending
        try withTemporaryFolder { folder in
            let checkpoint = CheckpointFile(path: folder + "/c", identity: "points")
            var ending: Ending?
            var runs = 0
            while ending == nil, runs < 50 {
                runs += 1
                ending = try? training.run(checkpoint: checkpoint, resuming: true, stoppingAfter: 1)
                    .ending
            }
            #expect(runs == PointTraining.stepCount + 1)
            #expect(ending == whole)
        }
    }

    @Test func savingAtEveryStepChangesNothing() throws {
        var training = PointTraining(rule: .averaged)
        let whole = try training.run().ending
        training.plan.checkpointInterval = 0
        try withTemporaryFolder { folder in
            let checkpoint = CheckpointFile(path: folder + "/c", identity: "points")
            #expect(try training.run(checkpoint: checkpoint).ending == whole)
            // What is left is the state before the last epoch's end.
            let resumed = try training.run(checkpoint: checkpoint, resuming: true)
            #expect(resumed.ending == whole)
            #expect(resumed.recorder.steps.isEmpty)
            try checkpoint.remove()
            #expect(!checkpoint.exists)
            #expect(try training.run(checkpoint: checkpoint, resuming: true).ending == whole)
        }
    }

    @Test func aCheckpointOfAnotherTrainingIsRefused() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/c"
            let first = CheckpointFile(path: path, identity: "these texts")
            _ = try? PointTraining().run(checkpoint: first, stoppingAfter: 2)
            let second = CheckpointFile(path: path, identity: "other texts")
            #expect(throws: CheckpointError.otherTraining(path: path)) {
                try PointTraining().run(checkpoint: second, resuming: true)
            }
        }
    }

    @Test func aDamagedCheckpointIsRefusedOrGoesOnAsIfWhole() throws {
        let whole = try PointTraining().run().ending
        try withTemporaryFolder { folder in
            let path = folder + "/c"
            let checkpoint = CheckpointFile(path: path, identity: "points")
            _ = try? PointTraining().run(checkpoint: checkpoint, stoppingAfter: 7)
            let bytes = try readFile(path)
            var refused = 0
            for position in stride(from: 0, to: bytes.count, by: 37) {
                var damaged = bytes
                damaged[position] ^= 1 << UInt8(position % 8)
                try atomicWrite(to: path) { try $0.write(damaged) }
                do {
                    let ending = try PointTraining().run(checkpoint: checkpoint, resuming: true)
                        .ending
                    #expect(ending == whole, "byte \(position)")
                } catch let error as any DescribedError {
                    #expect(error.message.hasPrefix(path))
                    refused += 1
                }
            }
            #expect(refused > bytes.count / 37 * 9 / 10)
            for count in stride(from: 0, to: bytes.count, by: 211) {
                try atomicWrite(to: path) { try $0.write(Array(bytes[..<count])) }
                #expect(throws: (any Error).self) {
                    try PointTraining().run(checkpoint: checkpoint, resuming: true)
                }
            }
        }
    }

    @Test func aCheckpointOfTensorsWithOtherShapesIsRefused() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/c"
            let checkpoint = CheckpointFile(path: path, identity: "points")
            for rule in [PointTraining.Rule.adam, .momentum] {
                _ = try? PointTraining(rule: rule).run(checkpoint: checkpoint, stoppingAfter: 2)
                let file = try SafetensorsFile(path)
                for name in file.entries.map(\.name) {
                    let tensors = try file.entries.map { entry in
                        let tensor = try file.tensor(entry.name)
                        return (
                            name: entry.name, tensor: entry.name == name ? Tensor([1, 2]) : tensor
                        )
                    }
                    let state = file.metadata.first { $0.key == "state" }?.value ?? ""
                    try writeSafetensors(
                        tensors,
                        metadata: [
                            ("state", state),
                            ("fingerprint", CheckpointFile.fingerprint(state, tensors)),
                        ], to: path)
                    #expect(throws: CheckpointError.otherTraining(path: path), "\(name)") {
                        try PointTraining(rule: rule).run(checkpoint: checkpoint, resuming: true)
                    }
                }
            }
        }
    }
}
