extension CatalogueHashes {
    static let convolutions: [String: UInt64] = [
        "Convolution": 0xb2c7_8df9_9cd4_35d3,
        "TransposedConvolution": 0x89bd_e52f_f8d6_ced4,
        "ConvolutionWeightGradient": 0xc581_84a9_2957_e90d,
        "ConvolutionMaxOverTime": 0x70f4_81d2_c322_1227,
        "ConvolutionMaxOverTimeBackward": 0x15c2_5118_7c0a_4a4a,
    ]
}
