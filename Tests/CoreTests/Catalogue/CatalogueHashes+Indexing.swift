extension CatalogueHashes {
    static let indexing: [String: UInt64] = [
        "StridedSlice": 0x1b43_588d_a55e_34f7,
        "Pad": 0xec3c_ec1e_4b2e_7b00,
        "Split": 0x50c1_8970_6d47_91f1,
        "Take": 0xc724_3d2f_561c_e696,
        "AddTaken": 0x7ff7_41e4_7fbd_124e,
        "Gather": 0x54e8_cb93_70a5_531d,
        "ScatterAdd": 0x2656_452c_3902_2016,
        "Scatter": 0x2d2e_18dc_bc7d_023f,
        "CumulativeSum": 0x8586b47c8dbc011b,
        "Sort": 0xcb65_91dd_a0a9_09bd,
        "TopK": 0xd8d8_8bb4_d76a_307e,
        "Min": 0xbc1c_d0b5_521b_fb90,
        "Spread": 0x4ce3945340c9419b,
        "RootOrZero": 0xbf02_7a28_99b5_d2a1,
    ]
}
