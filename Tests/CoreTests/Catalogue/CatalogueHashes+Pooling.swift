extension CatalogueHashes {
    static let pooling: [String: UInt64] = [
        "KMaxPooling": 0x8a4d_de1c_c149_a0c1,
        "MaxPooling": 0x16f2_2abd_0bc5_8015,
        "MeanPooling": 0xcae6_7fcf_85e1_c061,
        "SpreadMean": 0xad62_b9e6_ad73_eb3f,
    ]
}
