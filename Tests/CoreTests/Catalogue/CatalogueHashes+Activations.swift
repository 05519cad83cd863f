extension CatalogueHashes {
    static let activations: [String: UInt64] = [
        "HardTanh": 0xac65_6257_0081_ca0f,
        "HardSigmoid": 0xddcf_5fd8_9f6d_e60b,
        "LeakyReLU": 0x75ca_8ba2_0144_ea5b,
        "ELU": 0x7787_34b9_babe_67bd,
        "SELU": 0xaa53_327a_43cb_1068,
        "GELU": 0x106f_54f4_1da3_444d,
        "GELUTanh": 0xb1f2_45b4_5be3_5ba5,
        "SiLU": 0x9094_7b8b_62eb_a6ac,
        "Softsign": 0x50f0_9971_494e_5eba,
        "Mish": 0x3748_1538_f7fa_292c,
        "UnitStep": 0x51fa_521d_a8b7_a01b,
        "SigmoidGate": 0x44ad_64ef_9291_9c4c,
        "GELUGate": 0xfab6_70b6_9b4d_3524,
        "SiLUGate": 0x527e_06ef_225d_6930,
        "GLU": 0xbaa2_f6fd_7f2e_0486,
        "GEGLU": 0x2724_bb36_7f1c_8f83,
        "SwiGLU": 0x47f4_3529_02e7_2660,
        "GLUGradient": 0x5aa4_b6d8_2a14_af6e,
        "GEGLUGradient": 0x1801_3013_a172_b703,
        "SwiGLUGradient": 0xd626_c87e_654d_bcdc,
    ]
}
