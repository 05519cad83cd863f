// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house, lowest first. Arrows point down only: `Tests/ArchitectureTests` reads this file
// and fails when a room asks for one that it may not use (the table stands in ARCHITECTURE.md).
let package = Package(
    name: "Apus",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(name: "Apus", targets: ["Apus"]),
        // For the tests of one's own operations and models.
        .library(name: "ApusTesting", targets: ["ApusTesting"]),
        .executable(name: "apus", targets: ["ApusCommand"]),
    ],
    targets: [
        .target(name: "CApusKernels"),
        .target(name: "CApusUnicode"),
        .target(name: "ApusSystem"),
        .target(name: "ApusCore", dependencies: ["CApusKernels"]),
        .target(name: "ApusReports", dependencies: ["ApusCore"]),
        .target(name: "ApusNN", dependencies: ["ApusCore", "CApusKernels"]),
        .target(name: "ApusText", dependencies: ["ApusSystem", "CApusUnicode", "ApusCore"]),
        .target(name: "ApusData", dependencies: ["ApusCore", "ApusText", "ApusSystem"]),
        .target(name: "ApusFiles", dependencies: ["ApusNN", "ApusSystem"]),
        .target(name: "ApusTraining", dependencies: ["ApusNN", "ApusData", "ApusFiles"]),
        .target(
            name: "ApusModels",
            dependencies: [
                "ApusNN", "ApusText", "ApusFiles", "ApusData", "ApusTraining", "ApusReports",
            ]),
        .target(
            name: "Apus",
            dependencies: [
                "ApusSystem", "ApusCore", "ApusNN", "ApusText", "ApusData", "ApusFiles",
                "ApusTraining", "ApusModels", "ApusReports",
            ]),
        .executableTarget(name: "ApusCommand", dependencies: ["Apus"]),
        .target(name: "ApusTesting", dependencies: ["ApusCore", "ApusNN"]),
        .testTarget(name: "KernelTests", dependencies: ["CApusKernels", "ApusCore"]),
        .testTarget(name: "UnicodeTests", dependencies: ["ApusText"]),
        .testTarget(name: "SystemTests", dependencies: ["ApusSystem"]),
        .testTarget(name: "CoreTests", dependencies: ["ApusCore", "ApusTesting"]),
        .testTarget(name: "ReportsTests", dependencies: ["ApusReports", "ApusNN"]),
        .testTarget(name: "NNTests", dependencies: ["ApusNN", "ApusFiles", "ApusTesting"]),
        .testTarget(name: "TextTests", dependencies: ["ApusText", "ApusCore", "ApusSystem"]),
        .testTarget(name: "DataTests", dependencies: ["ApusData"]),
        .testTarget(name: "FilesTests", dependencies: ["ApusFiles", "ApusTesting"]),
        .testTarget(name: "TrainingTests", dependencies: ["ApusTraining", "ApusTesting"]),
        .testTarget(name: "ModelsTests", dependencies: ["ApusModels", "ApusTesting"]),
        .testTarget(name: "CommandTests", dependencies: ["ApusCommand"]),
        .testTarget(name: "ArchitectureTests", dependencies: ["Apus"]),
    ],
    swiftLanguageModes: [.v6]
)

// CI accepts no warning. Elsewhere one must not keep anybody from building, least of all with a newer compiler.
if Context.environment["CI"] == "true" {
    for target in package.targets {
        target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
        target.cSettings = (target.cSettings ?? []) + [.treatAllWarnings(as: .error)]
    }
}
