extension CatalogueHashes {
    static let attention: [String: UInt64] = [
        "Attention": 0x0aa5_5bc8_c571_92fc,
        "AttentionBackward": 0x30a8_b7c6_de5e_ce7d,
        "Dropout": 0xc8da_badb_275b_5253,
        "Rotary": 0x00e4_7d7c_654f_0831,
    ]
}
