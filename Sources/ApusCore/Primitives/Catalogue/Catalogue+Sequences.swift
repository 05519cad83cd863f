extension PrimitiveCatalogue {
    static let sequences: [CatalogueEntry] = []
}
