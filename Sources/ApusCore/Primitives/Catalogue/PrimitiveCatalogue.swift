/// Every operation that tensors have, with samples: what the generic tests run over.
///
/// A new primitive or formula is a line here; a test fails while it is missing.
package enum PrimitiveCatalogue {
    package static let all: [CatalogueEntry] = [
        arithmetic, functions, comparisons, reductions, products, lookups, shapes, activations,
        losses,
        indexing, sequences, convolutions, pooling, normalizations, recurrent, attention,
    ].flatMap { $0 }
}
