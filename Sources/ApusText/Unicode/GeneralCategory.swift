/// The general category of a Unicode scalar, with the two letters that the standard gives it.
public enum GeneralCategory: UInt8, Sendable, CaseIterable {
    case unassigned
    case uppercaseLetter, lowercaseLetter, titlecaseLetter, modifierLetter, otherLetter
    case nonspacingMark, spacingMark, enclosingMark
    case decimalNumber, letterNumber, otherNumber
    case connectorPunctuation, dashPunctuation, openPunctuation, closePunctuation
    case initialPunctuation, finalPunctuation, otherPunctuation
    case mathSymbol, currencySymbol, modifierSymbol, otherSymbol
    case spaceSeparator, lineSeparator, paragraphSeparator
    case control, format, surrogate, privateUse

    /// The abbreviation: `Lu`, `Nd`, …
    public var code: String { Self.codes[Int(rawValue)] }

    /// The category with an abbreviation of two letters; nil if there is none.
    public init?(code: String) {
        guard let place = Self.codes.firstIndex(of: code) else { return nil }
        self.init(rawValue: UInt8(place))
    }

    /// Lu, Ll, Lt, Lm, Lo.
    @inline(__always)
    public var isLetter: Bool { rawValue &- Self.uppercaseLetter.rawValue < 5 }

    /// Mn, Mc, Me.
    @inline(__always)
    public var isMark: Bool { rawValue &- Self.nonspacingMark.rawValue < 3 }

    /// Nd, Nl, No.
    @inline(__always)
    public var isNumber: Bool { rawValue &- Self.decimalNumber.rawValue < 3 }

    /// Pc, Pd, Ps, Pe, Pi, Pf, Po.
    @inline(__always)
    public var isPunctuation: Bool { rawValue &- Self.connectorPunctuation.rawValue < 7 }

    /// Sm, Sc, Sk, So.
    @inline(__always)
    public var isSymbol: Bool { rawValue &- Self.mathSymbol.rawValue < 4 }

    /// Zs, Zl, Zp.
    @inline(__always)
    public var isSeparator: Bool { rawValue &- Self.spaceSeparator.rawValue < 3 }

    private static let codes = [
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps",
        "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
    ]
}
