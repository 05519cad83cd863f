extension CatalogueHashes {
    static let sequences: [String: UInt64] = [:]
}
