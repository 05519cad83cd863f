// swift-tools-version: 6.1
import PackageDescription

// A file is an example, and an example is a file: `swift run Neuron`.
let examples = [
    "Neuron", "ComputationGraph", "GradientCheck", "XOR", "LanguageOfLetters", "CustomModel",
    "ClassifyTexts",
]

let package = Package(
    name: "Examples",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Apus", path: "..")],
    targets: [
        .target(
            name: "Support", dependencies: [.product(name: "Apus", package: "Apus")],
            path: "Support")
    ]
        + examples.map { name in
            .executableTarget(
                name: name,
                dependencies: ["Support", .product(name: "Apus", package: "Apus")],
                path: ".", sources: ["\(name).swift"])
        },
    swiftLanguageModes: [.v6]
)
