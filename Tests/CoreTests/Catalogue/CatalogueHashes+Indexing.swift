extension CatalogueHashes {
    static let indexing: [String: UInt64] = [:]
}
