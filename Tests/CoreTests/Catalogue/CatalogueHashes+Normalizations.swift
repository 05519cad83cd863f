extension CatalogueHashes {
    static let normalizations: [String: UInt64] = [
        "LayerNorm": 0xa370_359a_25d3_f932,
        "RMSNorm": 0xddbb_dafe_a6de_f464,
        "LayerNormBackward": 0x64a8_2490_5596_2a53,
        "RMSNormBackward": 0xfc00_7355_f2c1_0516,
    ]
}
