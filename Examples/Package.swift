// swift-tools-version: 6.2
import PackageDescription

// An example is a file: `swift run Neuron`. What it prints stands at its end; `./run` compares.
let examples = [
    "Neuron", "PerceptronByHand", "ComputationGraph", "GradientCheck", "NewOperation",
    "Activations",
    "StackedLinear", "XOR", "WaysOfLearning", "LearningRates", "VanishingGradients", "Overfitting",
    "DepthAgainstWidth", "Ensemble", "EdgeDetector", "MultiTask", "AdversarialTraining",
    "WordsIntoNumbers", "WordsAsPoints",
    "LanguagePerceptron", "LanguageOfLetters", "SentenceVectors", "CustomModel", "ClassifyTexts",
    "KimCNN", "LongMemory",
    "TagSequences",
    "Alignment", "CharGPT",
    "MergesStepByStep", "ThreeWaysToCut",
    "CompiledStep",
]

let apus = Target.Dependency.product(name: "Apus", package: "Apus")
let testing = Target.Dependency.product(name: "ApusTesting", package: "Apus")

let package = Package(
    name: "Examples",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Apus", path: "..")],
    targets: [.target(name: "Support", dependencies: [apus], path: "Support")]
        + examples.map { name in
            .executableTarget(
                name: name, dependencies: ["Support", apus, testing], path: ".",
                exclude: ["Support", "run"] + examples.filter { $0 != name }.map { "\($0).swift" },
                sources: ["\(name).swift"])
        },
    swiftLanguageModes: [.v6]
)

// As in the library's own manifest: CI accepts no warning.
if Context.environment["CI"] == "true" {
    for target in package.targets { target.swiftSettings = [.treatAllWarnings(as: .error)] }
}
