extension CommandLineTool {
    /// The program `apus`.
    package static let apus = CommandLineTool(
        name: "apus",
        summary: "Neural natural-language processing: train, evaluate and use models of text.",
        commands: [
            DemoCommand.self, TrainClassifyCommand.self, EvaluateCommand.self, PredictCommand.self,
            TokenizerTrainCommand.self, TokenizerEncodeCommand.self, TokenizerDecodeCommand.self,
            TokenizerInspectCommand.self, TokenizerDiffCommand.self, TokenizerConvertCommand.self,
            VectorsTrainCommand.self, VectorsSimilarCommand.self, VectorsAnalogyCommand.self,
            VectorsOddCommand.self,
            VectorsEvaluateCommand.self, VectorsMapCommand.self, VectorsConvertCommand.self,
            InspectCommand.self, DoctorCommand.self, BenchCommand.self, VerifyCommand.self,
            VersionCommand.self,
        ])
}
