import ApusSystem

/// How this program was called, so that a command line that it suggests can be copied: `apus`, the path that was
/// typed, or `swift run`, which leads to a build folder.
func invocation() -> String {
    let program = CommandLine.arguments.first ?? "apus"
    guard lastComponent(of: program) == "apus", program.utf8.contains(UInt8(ascii: "/")) else {
        return "apus"
    }
    guard program.split(separator: "/").contains(".build") else { return shellLine([program]) }
    return Build.configuration == "release" ? "swift run -c release apus" : "swift run apus"
}
