extension PrimitiveCatalogue {
    static let recurrent: [CatalogueEntry] = []
}
