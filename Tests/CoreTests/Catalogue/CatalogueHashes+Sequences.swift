extension CatalogueHashes {
    static let sequences: [String: UInt64] = [
        "ChainLikelihood": 0x5c5c_503d_cc9e_8d43,
        "ChainMarginals": 0xb8c8_7fd5_5bbd_6216,
        "ChainBestPath": 0xd6c9_0f6f_d84d_8b54,
        "ConnectionistTemporal": 0x7c11_5c65_cae3_5457,
    ]
}
