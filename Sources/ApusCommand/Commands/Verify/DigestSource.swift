extension CarriedDigests {
    /// A group's line of the source file.
    package static func line(_ name: String, _ digest: String) -> String {
        "        \"\(name)\": \"\(digest)\","
    }

    /// The source file with these lines.
    static func source(lines: [String]) -> String {
        """
        /// The SHA-256 of every group of `apus verify`, printed by the program itself. A line that changes says that results
        /// changed: a decision, told in the changelog. Renewed from a release build:
        ///
        ///     .build/release/apus verify --print > digests.swift
        ///     mv digests.swift Sources/ApusCommand/Commands/Verify/CarriedDigests.swift
        package enum CarriedDigests {
            package static let all = [
        \(lines.joined(separator: "\n"))
            ]
        }

        """
    }
}
