extension CatalogueHashes {
    static let pooling: [String: UInt64] = [
        "MaxPooling": 0xdf33_065e_182f_cb5e,
        "MeanPooling": 0x29d5_267a_a279_9cc7,
        "SpreadMean": 0x1bb3_678f_a2e3_a5c0,
        "KMaxPooling": 0x8a4d_de1c_c149_a0c1,
    ]
}
