extension CatalogueHashes {
    static let normalizations: [String: UInt64] = [:]
}
