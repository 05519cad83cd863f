extension Pattern {
    /// A pattern that matches any of some texts, at each place the longest.
    ///
    /// - Throws: ``PatternError`` when the texts are too long together.
    init(anyOf texts: [String]) throws {
        let sorted = texts.map { Array($0.unicodeScalars) }.sorted {
            ($1.count, $0.map(\.value)) < ($0.count, $1.map(\.value))
        }
        try self.init(sorted.map(Self.escaped).joined(separator: "|"))
    }

    /// A text whose characters mean nothing but themselves.
    private static func escaped(_ text: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "<", ">": break
            case _ where scalar.value > 127: break
            default: result.append("\\")
            }
            result.append(scalar)
        }
        return String(result)
    }
}

private func < (left: (Int, [UInt32]), right: (Int, [UInt32])) -> Bool {
    left.0 != right.0 ? left.0 < right.0 : left.1.lexicographicallyPrecedes(right.1)
}
