extension CatalogueHashes {
    static let recurrent: [String: UInt64] = [
        "RNN": 0xc675_895d_99e8_46fc,
        "RNNGradient": 0x2c30_91ff_e735_f5bf,
        "LeakyRNN": 0x7e17_d62d_9761_e661,
        "LeakyRNNGradient": 0x9455_1b78_db53_6909,
        "LSTM": 0xdb5c_f379_ab9c_295b,
        "LSTMGradient": 0xe7e1_fdf6_7f32_49bb,
        "GRU": 0xd673_2813_66a5_3c99,
        "GRUGradient": 0x3058_0d85_3e4a_5b76,
    ]
}
