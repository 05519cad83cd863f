/// Sentences in seventeen languages, close relatives among them: a small data set that needs no file.
///
/// Written for Apus, ninety sentences a language. They are everyday sentences that clearly belong to their
/// language; texts from elsewhere are harder to tell apart.
public enum LanguageSentences {
    /// The languages with their sentences, in alphabetical order of the languages' English names.
    public static let all: [(language: String, sentences: [String])] = [
        ("Bokmål", bokmal), ("Catalan", catalan), ("Czech", czech), ("Danish", danish),
        ("Dutch", dutch), ("English", english), ("Estonian", estonian), ("Finnish", finnish),
        ("French", french), ("German", german), ("Italian", italian), ("Nynorsk", nynorsk),
        ("Polish", polish), ("Portuguese", portuguese), ("Slovak", slovak), ("Spanish", spanish),
        ("Swedish", swedish),
    ].map { ($0, lines($1)) }

    private static func lines(_ text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }
    }
}
