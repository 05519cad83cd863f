extension PrimitiveCatalogue {
    static let attention: [CatalogueEntry] = []
}
