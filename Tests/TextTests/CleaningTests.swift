import ApusText
import Testing

/// What Python's `html.unescape` and ftfy 6.3.1 make of these texts.
struct CleaningTests {
    @Test func characterReferencesAreDecodedAsBrowsersDoIt() {
        let text = "&amp; &ampx &notin; &notit; &#8217; &#x2019 &#0; &#128; &#xD800; &bogus; & &#;"
        let decoded = CharacterReferences.decoded(text)
        #expect(
            decoded.utf8.elementsEqual("& &x ∉ ¬it; ’ ’ \u{FFFD} € \u{FFFD} &bogus; & &#;".utf8))
    }

    @Test(arguments: [
        ("“quotes” ‘single’", "\"quotes\" 'single'"), ("ﬁne ﬂow ŉ ﬅ", "fine flow 'n ſt"),
        ("ＡＢＣ\u{3000}１２３ ｶﾞ", "ABC 123 ガ"), ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
        ("\u{1B}[36;44mblue\u{1B}[0m", "blue"), ("&lt;b&gt; &amp;amp;", "<b> &"),
        ("x\u{0}\u{7}y\u{FEFF}z", "xyz"), ("e\u{301}", "\u{E9}"),
        ("<b>&amp;</b>\nnext &eacute;", "<b>&</b>\nnext \u{E9}"),
    ])
    func textsForCLIPAreRepaired(text: String, expected: String) {
        #expect(Tokenizer.clipCleaned(text).utf8.elementsEqual(expected.utf8))
    }
}
