import ApusCommand
import ApusText
import Testing

@Suite struct TokenizerComparisonTests {
    private let lines = ["the swift river", "the swifter swift", "rivers and swifts", "Über"]

    private func trained(
        _ size: Int, _ pipeline: TrainingPipeline, special: [String] = []
    ) throws -> Tokenizer {
        try BPETrainer(vocabularySize: size, specialTokens: special)
            .train(onLines: lines, pipeline: pipeline)
    }

    private func stage(
        _ first: Tokenizer, _ second: Tokenizer, _ text: String, ignoringIDs: Bool = false
    ) -> TokenizerComparison.Stage? {
        TokenizerComparison(first: first, second: second, ignoresIDs: ignoringIDs)
            .divergence(on: text)?.stage
    }

    @Test func theStageAtWhichTwoTokenizersPartIsNamed() throws {
        let tokenizer = try trained(40, .words, special: ["<s>"])
        #expect(stage(tokenizer, tokenizer, "the swift") == nil)
        let smaller = try trained(20, .words, special: ["<s>"])
        #expect(stage(tokenizer, smaller, "the swift") == .model)
        var other = tokenizer
        other.normalizer = .lowercase
        #expect(stage(tokenizer, other, "the Über") == .normalizer)
        #expect(stage(tokenizer, other, "the swift") == nil)
        other = tokenizer
        other.preTokenizer = .delimiter("i")
        #expect(stage(tokenizer, other, "the swift") == .preTokenizer)
        other = tokenizer
        other.add([AddedToken("swift")])
        #expect(stage(tokenizer, other, "the swifts") == .addedTokens)
        let shifted = try trained(41, .words, special: ["<s>", "<pad>"])
        #expect(stage(tokenizer, shifted, "the") == .vocabulary)
        #expect(stage(tokenizer, shifted, "the", ignoringIDs: true) == nil)
    }

    @Test func piecesStandBetweenBarsAsTheyStandInTheText() throws {
        let tokenizer = try trained(40, .words)
        let view = PieceView(isColoured: false)
        let encoding = tokenizer.encode("the swift")
        let line = view.line(encoding, of: "the swift")
        #expect(line.split(separator: "|").joined() == "theswift")
        #expect(line.split(separator: "|").count == encoding.count)
        let coloured = PieceView(isColoured: true).line(encoding, of: "the swift")
        #expect(coloured.contains("\u{1B}["))
        #expect(coloured.contains(" "))
    }
}
