#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

let apus = CommandLineTool(
    name: "apus",
    summary: "Neural natural-language processing: train, evaluate and use models of text.",
    commands: [
        DemoCommand.self, TrainClassifyCommand.self, EvaluateCommand.self, PredictCommand.self,
        InspectCommand.self, BenchCommand.self, VersionCommand.self,
    ])
exit(apus.run(Array(CommandLine.arguments.dropFirst())))
