extension CatalogueHashes {
    static let losses: [String: UInt64] = [:]
}
