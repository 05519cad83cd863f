extension PrimitiveCatalogue {
    static let convolutions: [CatalogueEntry] = []
}
