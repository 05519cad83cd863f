/// Collects the elements of an SVG picture: escaped, with numbers of one digit after the point, so that equal
/// pictures are equal bytes.
struct SVGWriter {
    private var lines: [String] = []
    private var open: [String] = []

    /// A picture of that size in pixels.
    init(width: Double, height: Double, title: String) {
        let (width, height) = (Self.number(width), Self.number(height))
        lines.append(
            #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)" viewBox="0 0 \#(width) \#(height)" role="img">"#
        )
        open.append("svg")
        lines.append("<title>\(Self.escaped(title))</title>")
    }

    /// An element without content.
    mutating func add(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        lines.append("<\(name)\(Self.text(attributes))/>")
    }

    /// An element with text in it.
    mutating func add(
        _ name: String, _ attributes: KeyValuePairs<String, String>, text: String
    ) {
        lines.append("<\(name)\(Self.text(attributes))>\(Self.escaped(text))</\(name)>")
    }

    /// Rules and markers, which are not escaped: only what stands in this package.
    mutating func add(raw text: String) { lines.append(text) }

    /// Puts the elements that `body` adds into another.
    mutating func group(
        _ name: String, _ attributes: KeyValuePairs<String, String>,
        _ body: (inout SVGWriter) -> Void
    ) {
        lines.append("<\(name)\(Self.text(attributes))>")
        open.append(name)
        body(&self)
        if let name = open.popLast() { lines.append("</\(name)>") }
    }

    /// The whole document.
    consuming func document() -> String {
        while let name = open.popLast() { lines.append("</\(name)>") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ attributes: KeyValuePairs<String, String>) -> String {
        attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
    }

    /// A length with at most one digit after the point.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = (tenths.magnitude / 10, tenths.magnitude % 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }

    /// A text as XML may hold it, in content and in attributes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += " "
            // XML 1.0 has no place for these, not even escaped.
            case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
