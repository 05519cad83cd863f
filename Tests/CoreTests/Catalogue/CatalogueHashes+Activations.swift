extension CatalogueHashes {
    static let activations: [String: UInt64] = [:]
}
