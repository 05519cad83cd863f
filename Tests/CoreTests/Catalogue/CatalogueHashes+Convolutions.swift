extension CatalogueHashes {
    static let convolutions: [String: UInt64] = [:]
}
