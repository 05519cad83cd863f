/// A command line that a shell splits into these arguments again.
package func shellLine(_ arguments: [String]) -> String {
    arguments.map(shellQuoted).joined(separator: " ")
}

private func shellQuoted(_ argument: String) -> String {
    func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_./=:,+@%".utf8.contains(byte)
        }
    }
    if !argument.isEmpty, argument.utf8.allSatisfy(isPlain) { return argument }
    // Inside single quotes only the quote itself is special.
    let parts = argument.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
}
