extension CatalogueHashes {
    static let recurrent: [String: UInt64] = [:]
}
