import CApusUnicode

/// A script, such as Latin or Han: a number and two names.
public struct UnicodeScript: RawRepresentable, Sendable, Hashable {
    /// The number of the script in our tables, which changes with their version.
    public let rawValue: UInt8

    /// The script with a number of our tables.
    public init(rawValue: UInt8) {
        self.rawValue = Int32(rawValue) < apus_unicode_script_count ? rawValue : 0
    }

    /// The script with a long name (`Han`, `Old_Italic`) or a code (`Hani`), whatever the case and
    /// the `_`, `-` and spaces; nil if there is none.
    public init?(named name: String) {
        let wanted = Self.plain(name)
        let all = (0..<UInt8(apus_unicode_script_count)).map(UnicodeScript.init(rawValue:))
        guard let found = all.first(where: { $0.plainNames.contains(wanted) }) else { return nil }
        self = found
    }

    /// The long name in one piece: `Han`, `Olditalic`.
    public var name: String { String(cString: names.name) }

    /// The code of four letters: `Hani`, `Ital`.
    public var code: String { String(cString: names.code) }

    private var names: apus_unicode_script_names { apus_unicode_script_at(Int32(rawValue)).pointee }

    private var plainNames: [[UInt8]] { [Self.plain(name), Self.plain(code)] }

    private static func plain(_ name: String) -> [UInt8] {
        name.utf8.compactMap { byte in
            switch byte {
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "): nil
            default: UInt8(truncatingIfNeeded: UnicodeTables.lowercased(UInt32(byte)))
            }
        }
    }
}
