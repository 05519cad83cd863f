import ApusSystem

/// What parts the fields of a row: a single ASCII character.
public struct FieldSeparator: Sendable, Hashable, CustomStringConvertible {
    /// The character.
    public let byte: UInt8

    /// `,`
    public static let comma = FieldSeparator(byte: UInt8(ascii: ","))
    /// `;`
    public static let semicolon = FieldSeparator(byte: UInt8(ascii: ";"))
    /// The tab character.
    public static let tab = FieldSeparator(byte: UInt8(ascii: "\t"))
    /// `|`
    public static let bar = FieldSeparator(byte: UInt8(ascii: "|"))

    /// The separators that are tried where none is given.
    static let candidates = [comma, semicolon, tab, bar]

    private static let names: [(name: String, separator: FieldSeparator)] = [
        ("comma", comma), ("semicolon", semicolon), ("tab", tab), ("\\t", tab), ("bar", bar),
        ("pipe", bar), ("space", FieldSeparator(byte: UInt8(ascii: " "))),
        ("colon", FieldSeparator(byte: UInt8(ascii: ":"))),
    ]

    private init(byte: UInt8) { self.byte = byte }

    /// A separator as somebody writes it: the character itself, `\t`, or `comma`, `semicolon`,
    /// `tab`, `bar`, `pipe`, `space`, `colon`.
    ///
    /// - Returns: nil for several characters, for one beyond ASCII, and for what cannot part
    ///   fields: letters, digits, quotes, line breaks and NUL.
    public init?(_ text: String) {
        if let known = Self.names.first(where: { $0.name == text.lowercased() }) {
            self = known.separator
            return
        }
        let bytes = Array(text.utf8)
        guard bytes.count == 1, Self.canPartFields(bytes[0]) else { return nil }
        self.init(byte: bytes[0])
    }

    /// The separator that a first line `sep=;` names, as spreadsheets write it; nil for any other
    /// line.
    init?(namedBy line: some Collection<UInt8>) {
        var line = Array(line)
        if line.count == 7, line.first == UInt8(ascii: "\""), line.last == line.first {
            line = Array(line[1..<6])
        }
        guard line.count == 5, String(decoding: line[..<4], as: UTF8.self).lowercased() == "sep=",
            Self.canPartFields(line[4])
        else { return nil }
        self.init(byte: line[4])
    }

    private static func canPartFields(_ byte: UInt8) -> Bool {
        switch byte {
        case 0, 0x0A, 0x0D, 0x22, 0x80...0xFF: false
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: false
        default: true
        }
    }

    /// Its name, or the character where it has none: what ``init(_:)`` reads.
    public var name: String {
        Self.names.first { $0.separator == self }?.name ?? String(UnicodeScalar(byte))
    }

    /// Its name, or the character in quotation marks where it has none.
    public var description: String {
        let isNamed = Self.names.contains { $0.separator == self }
        return isNamed ? name : "“\(printable(name))”"
    }
}
