extension PrimitiveCatalogue {
    static let activations: [CatalogueEntry] = []
}
