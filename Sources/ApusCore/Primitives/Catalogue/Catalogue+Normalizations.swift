extension PrimitiveCatalogue {
    static let normalizations: [CatalogueEntry] = []
}
