import ApusSystem

extension CheckpointFolder {
    /// Sets what `tokenizer_config.json` says of spaces, special tokens in texts, lengths and padding.
    func apply(to tokenizer: inout Tokenizer) throws {
        let isMerging = tokenizer.model is BytePairEncoding
        let cleansMerged = try settings[
            "clean_up_tokenization_spaces_for_bpe_even_though_it_will_corrupt_output"
        ].bool(default: false)
        tokenizer.cleansUpSpaces =
            try settings["clean_up_tokenization_spaces"].bool(default: false)
            && (!isMerging || cleansMerged)
        tokenizer.takesSpecialTokensAsText =
            try settings["split_special_tokens"].bool(default: false)
        let length = try settings["model_max_length"].ifPresent { try $0.number() }
        // transformers writes 10³⁰ for “none”.
        if let length, 1...Double(1 << 30) ~= length {
            tokenizer.defaults.maximumLength = Int(length)
        }
        if let side = try side("truncation_side") { tokenizer.defaults.truncationSide = side }
        if let side = try side("padding_side") { tokenizer.defaults.paddingSide = side }
    }

    private func side(_ key: String) throws -> Truncation.Side? {
        switch try settings[key].optionalString() {
        case nil: nil
        case "left": .left
        case "right": .right
        default: throw try settings[key].problem("must be \"left\" or \"right\"")
        }
    }
}
