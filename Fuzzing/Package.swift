// swift-tools-version: 6.2
import PackageDescription

// Coverage-guided fuzzing of everything that reads bytes from outside: `./run` says how.
let package = Package(
    name: "Fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Apus", path: "..")],
    targets: [
        .executableTarget(
            name: "fuzz", dependencies: [.product(name: "Apus", package: "Apus")], path: ".",
            exclude: ["run"], sources: ["Fuzz.swift", "Targets.swift"])
    ],
    swiftLanguageModes: [.v6]
)
