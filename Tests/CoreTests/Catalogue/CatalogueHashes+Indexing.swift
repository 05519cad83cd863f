extension CatalogueHashes {
    static let indexing: [String: UInt64] = [
        "AddTaken": 0x7ff7_41e4_7fbd_124e,
        "Cleared": 0x9ead_8e17_eb9c_0566,
        "CumulativeSum": 0x8586b47c8dbc011b,
        "Gather": 0x54e8_cb93_70a5_531d,
        "LinearRecurrence": 0x9187_a5bd_a668_90c6,
        "Min": 0xbc1c_d0b5_521b_fb90,
        "Multinomial": 0xbb8d_25bc_c21f_b645,
        "Pad": 0xec3c_ec1e_4b2e_7b00,
        "RootOrZero": 0xbf02_7a28_99b5_d2a1,
        "Scatter": 0x2d2e_18dc_bc7d_023f,
        "ScatterAdd": 0x2656_452c_3902_2016,
        "Sort": 0xcb65_91dd_a0a9_09bd,
        "Split": 0x50c1_8970_6d47_91f1,
        "Spread": 0x4ce3945340c9419b,
        "SquareScale": 0x84b6_6224_d52d_6cff,
        "StridedSlice": 0x1b43_588d_a55e_34f7,
        "Take": 0xc724_3d2f_561c_e696,
        "TopK": 0xd8d8_8bb4_d76a_307e,
    ]
}
