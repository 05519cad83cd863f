import ApusCore
import ApusFiles
import ApusNN
import Testing

/// A model takes the file that was made for it and no other, unless that is meant.
struct StrictLoadingTests {
    private struct Model: ModelPart {
        var parts: [(name: String, part: any ModelPart)]
        var children: Children { Children(named: parts) }

        init(_ parts: (String, any ModelPart)...) { self.parts = parts.map { ($0.0, $0.1) } }
    }

    private func parameter(_ values: Float...) -> Parameter { Parameter(Tensor(values)) }

    @Test func whatAFileHasTooMuchIsNamed() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/m.safetensors"
            try Model(("w", parameter(1, 2)), ("old", parameter(3))).save(to: path)
            let model = Model(("w", parameter(0, 0)))
            let found = message { try model.load(from: path) }
            #expect(found == "\(path): the tensors are not those of the model: unexpected \"old\"")
            #expect(model.parameters[0].parameter.value.floats == [0, 0])
            try model.load(from: path, allowing: .unexpected)
            #expect(model.parameters[0].parameter.value.floats == [1, 2])
        }
    }

    @Test func whatAFileHasTooLittleIsNamedWithTheNearest() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/m.safetensors"
            try Model(("w", parameter(1, 2)), ("encoder.wieght", parameter(3))).save(to: path)
            let model = Model(("w", parameter(0, 0)), ("encoder.weight", parameter(7)))
            let found = message { try model.load(from: path) }
            #expect(
                found
                    == "\(path): the tensors are not those of the model: missing \"encoder.weight\" (is \"encoder.wieght\" meant?); unexpected \"encoder.wieght\""
            )
            for allowed in [NameDifferences.missing, .unexpected] {
                #expect(throws: SafetensorsError.self) {
                    try model.load(from: path, allowing: allowed)
                }
            }
            try model.load(from: path, allowing: [.missing, .unexpected])
            #expect(model.parameters.map(\.parameter.value.floats) == [[1, 2], [7]])
        }
    }

    @Test func longListsAreCut() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/m.safetensors"
            let part = Model()
            try Model(("w", parameter(1))).save(to: path)
            var other = part
            other.parts = (0..<20).map { ("layer\($0)", parameter(0)) }
            #expect(message { try other.load(from: path) }.contains("\"layer7\" and 12 more; unex"))
        }
    }

    @Test func shapesAreCheckedWhateverIsAllowed() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/m.safetensors"
            try Model(("w", parameter(1, 2))).save(to: path)
            let model = Model(("w", parameter(0)))
            #expect(
                message { try model.load(from: path, allowing: [.missing, .unexpected]) }
                    .contains("tensor \"w\" is float32 [2], and must be float32 [1]"))
        }
    }

    @Test func aSharedParameterIsReadUnderAnyOfItsNames() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/m.safetensors"
            let shared = parameter(0, 0)
            let model = Model(("embedding", shared), ("output", shared))
            #expect(model.parameters.map(\.name) == ["embedding"])
            try writeSafetensors([("output", Tensor([1, 2]))], to: path)
            try model.load(from: path)
            #expect(shared.value.floats == [1, 2])
            try writeSafetensors(
                [("embedding", Tensor([3, 4])), ("output", Tensor([3, 4]))], to: path)
            try model.load(from: path)
            #expect(shared.value.floats == [3, 4])
            try writeSafetensors(
                [("embedding", Tensor([3, 4])), ("output", Tensor([3, 5]))], to: path)
            #expect(
                message { try model.load(from: path) }
                    .contains("tensor \"output\" differs from \"embedding\""))
        }
    }

    @Test func aChildThatIsNotThereIsNotMissed() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/m.safetensors"
            let (with, without) = (Linear(2, 3), Linear(2, 3, hasBias: false))
            try with.save(to: path)
            #expect(message { try without.load(from: path) }.contains("unexpected \"bias\""))
            try without.save(to: path)
            #expect(message { try with.load(from: path) }.contains("missing \"bias\""))
        }
    }
}
