extension PrimitiveCatalogue {
    static let indexing: [CatalogueEntry] = []
}
