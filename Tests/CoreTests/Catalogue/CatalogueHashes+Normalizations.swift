extension CatalogueHashes {
    static let normalizations: [String: UInt64] = [
        "LayerNorm": 0xd77d2467a1e0179,
        "RMSNorm": 0x351be838132cfecf,
        "LayerNormBackward": 0x64a8_2490_5596_2a53,
        "RMSNormBackward": 0xfc00_7355_f2c1_0516,
    ]
}
