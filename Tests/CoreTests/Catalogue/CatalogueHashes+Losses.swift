extension CatalogueHashes {
    static let losses: [String: UInt64] = [
        "AbsoluteDifference": 0x9589_38dc_f0ca_89a0,
        "BinaryCrossEntropy": 0x3964_46a1_fe8a_f571,
        "BinaryCrossEntropyCurvature": 0xee18_5774_3352_d9b1,
        "BinaryCrossEntropyOfProbabilities": 0x7867_0c5a_9d1b_e080,
        "BinaryCrossEntropySlope": 0xab31_c039_221c_ce79,
        "CosineEmbedding": 0xbd17_ab68_5e3f_fc81,
        "Divergence": 0xfb38_4df5_3810_a655,
        "Hinge": 0x0732_efbc_2baf_cd16,
        "Huber": 0x08c6_583c_5974_d32d,
        "LinearCrossEntropy": 0xbedb_f078_86f9_ad40,
        "LogVonMisesFisherConstant": 0xfa00_71b9_70c7_ca80,
        "Margin": 0x83c3_ca8d_4254_27b8,
        "MeanResultantLength": 0xc8d7_2476_2dbd_bf86,
        "MultiClassHinge": 0x1771_083c_47cd_a704,
        "PerceptronLoss": 0x0dd9_31d4_8411_b5dd,
        "SoftTargetCrossEntropy": 0x41ff_3eab_5c60_7b18,
        "SoftmaxCrossEntropy": 0x3a3e_008e_2fcb_fed4,
        "VonMisesFisher": 0xe8bc_aa56_6777_efbc,
    ]
}
