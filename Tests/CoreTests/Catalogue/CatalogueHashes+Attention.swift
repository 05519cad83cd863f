extension CatalogueHashes {
    static let attention: [String: UInt64] = [:]
}
