import ApusSystem
import ApusText

/// A text with its pieces told apart: by colours on a terminal, by bars elsewhere. White space that no piece took is shown
/// between colours and left out between bars.
package struct PieceView {
    /// Whether pieces are told apart by colours.
    package var isColoured: Bool
    /// Backgrounds that black letters can be read on, in turns.
    private static let colours = ["48;5;153", "48;5;186", "48;5;217", "48;5;151"]

    /// A view in colours, or with bars.
    package init(isColoured: Bool) { self.isColoured = isColoured }

    /// The pieces of a text, each as it stands in the text; a token that stands for no text, or for a part of a
    /// character, as itself.
    ///
    /// - Parameter unknownID: the token that stands for what is none; it is shown as itself.
    package func line(_ encoding: Encoding, of text: String, unknownID: Int32? = nil) -> String {
        let bytes = Array(text.utf8)
        let tokens = encoding.tokens
        let ranges = encoding.byteRanges
        var line = ""
        var end = 0
        for (index, token) in tokens.enumerated() {
            let range = ranges[index]
            let isSpecial = encoding.specialTokensMask[index] == 1
            // Tokens that share a character cannot show their parts of it.
            let next = index + 1 < ranges.count ? ranges[index + 1] : 0..<0
            let isWhole =
                !range.isEmpty && range.lowerBound >= end && range.upperBound <= bytes.count
                && (next.isEmpty || next.lowerBound >= range.upperBound)
            if isWhole, !isSpecial, isColoured, range.lowerBound > end {
                line += visible(bytes[end..<range.lowerBound])
            }
            let isUnknown = encoding.ids[index] == unknownID
            let piece =
                isUnknown
                ? printable(token)
                : isSpecial
                    ? "«\(printable(token))»" : isWhole ? visible(bytes[range]) : printable(token)
            line += drawn(piece, index)
            end = max(end, range.upperBound)
        }
        return line
    }

    private func visible(_ bytes: ArraySlice<UInt8>) -> String {
        printable(String(decoding: bytes, as: UTF8.self))
    }

    private func drawn(_ piece: String, _ index: Int) -> String {
        guard isColoured else { return (index > 0 ? "|" : "") + piece }
        let colour = Self.colours[index % Self.colours.count]
        return "\u{1B}[30;\(colour)m\(piece)\u{1B}[0m"
    }
}
