extension PrimitiveCatalogue {
    static let losses: [CatalogueEntry] = []
}
