/// The hash of the outputs and gradients of an operation's `float32` samples, by the entry's name.
///
/// A new operation adds a line (the test prints it). A line that changes says that results changed.
enum CatalogueHashes {
    static let all = [
        basic, activations, losses, indexing, sequences, convolutions, normalizations, recurrent,
        attention,
    ]
    .reduce(into: [:]) { all, family in
        all.merge(family) { _, _ in fatalError("two hashes for one operation") }
    }

    static let basic: [String: UInt64] = [
        "Add": 0x4f98_f402_42d3_20d3,
        "Subtract": 0x50c5_f280_77f4_47b5,
        "Multiply": 0x8dd3_7dc0_7ce7_28e5,
        "Divide": 0xcf3e_b5b9_7b53_659d,
        "Power": 0xae25_dc10_77b9_a20a,
        "Minimum": 0xa574_70bf_2376_e15c,
        "Maximum": 0xe296_96e8_1535_b836,
        "SquaredDifference": 0x9cfe_250c_1b6a_d0f9,
        "ReLUGradient": 0xc169_0170_4e66_8578,
        "Negate": 0x957d_2edc_c1b0_3866,
        "Absolute": 0x43c9_51c6_54fe_f166,
        "Sign": 0x615f_730b_f5b0_ecad,
        "Floor": 0xcfa0_9db2_50ec_8501,
        "Square": 0x2e48_9e2e_deb4_20b8,
        "SquareRoot": 0xbf02_7a28_99b5_d2a1,
        "Exp": 0xb7b1_58de_2acf_e5dc,
        "Log": 0x59a8_5d96_2019_296c,
        "Log1p": 0x6b7c_30e2_e2d7_a23c,
        "Expm1": 0xa076_6df3_8e44_cab0,
        "Erf": 0xdfb7_7f82_9ab6_ff57,
        "Sin": 0x01a2_3a3a_df8f_c5e5,
        "Cos": 0x0153_8e7a_6891_18fa,
        "Sigmoid": 0x312b_653e_cea3_f12a,
        "Tanh": 0x76f7_509f_4873_9285,
        "ReLU": 0xa235_9759_3aeb_3c9b,
        "Softplus": 0x3bd0_4293_31a5_254d,
        "Equal": 0xa9f4_0c32_8e08_2adb,
        "NotEqual": 0x7db9_a021_2bac_0b3f,
        "Less": 0x7cf8_e131_5b3e_7062,
        "LessEqual": 0x75da_0ad2_2484_ef7e,
        "Greater": 0x7492_7c67_ad98_4752,
        "GreaterEqual": 0xe033_0b45_377a_6426,
        "And": 0xc7f6_ce26_e126_76a2,
        "Or": 0x62b9_48f7_73a4_ef77,
        "Not": 0xdb20_70a0_69e4_d016,
        "IsFinite": 0x465e_123f_cf07_f4c7,
        "Select": 0xa325_5433_b87f_379c,
        "Sum": 0x224f_f181_fef5_4b43,
        "Mean": 0x4f1b_12d2_1130_fd9f,
        "Max": 0x0092_936a_b76a_2da5,
        "JointNorm": 0xfa3f_b591_4542_ba9c,
        "Softmax": 0xb600_5cc7_9c7c_4a77,
        "LogSoftmax": 0xba46_2df6_847e_2639,
        "MatMul": 0xa6d1_2134_ac28_1787,
        "Linear": 0x21d5_6b1e_ab93_3b5d,
        "Embedding": 0x4f7e_48ed_2369_f952,
        "EmbeddingBag": 0x228a_1ee1_54aa_9e4a,
        "ScatterRows": 0xed4c_c4f7_c141_6dfe,
        "Reshape": 0x3b61_0846_aaea_256b,
        "Broadcast": 0x9391_031a_6c46_93f3,
        "Transpose": 0x578e_9203_2f66_5a4c,
        "Concatenate": 0x0c30_e110_cdb3_eeed,
        "Slice": 0xbc50_2cf4_d52d_4176,
        "Convert": 0xfd9d_a7f9_7c55_c304,
    ]
}
