// Bags of embedding rows: weighted sums of table rows, and their transpose, the row-sparse gradient.
//
// A batch of bags is a sparse matrix in compressed rows: bag b holds the positions
// offsets[b] ..< offsets[b + 1] of `ids` and, where given, of `weights`. The gradient of the table is the
// product with the transposed matrix, so `apus_transpose_bags` followed by `bags` computes it: one bag per
// touched row. Ids must lie in the table (`check_ids` tells); offsets must not decrease.
#ifndef APUS_EMBEDDING_H
#define APUS_EMBEDDING_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

typedef enum {
    APUS_BAG_SUM = 0,
    APUS_BAG_MEAN = 1,  // the sum divided by the number of ids
} apus_bag_mode;

typedef struct {
    /// out[b, :] = Σ weights[i] · table[ids[i], :] over the positions i of bag b, for the bags
    /// first_bag ..< end_bag. out: [bags, width]; table: [rows, width].
    ///
    /// Every column of a bag of up to 4096 ids is a chain from 0 (of a longer one, pieces of 64 ids are,
    /// and their sums are added in double): sum = fma(weight, value, sum) in order of position, or sum + value
    /// where `weights` is null. The mean divides the sum by the number of ids; an empty bag gives 0.
    void (*bags)(
        float *out, const float *table, size_t width, const int32_t *ids, const int32_t *offsets,
        const float *weights, size_t first_bag, size_t end_bag, apus_bag_mode mode);

    /// out[i, :] = table[ids[i], :] for i in 0 ..< count.
    void (*gather)(float *out, const float *table, size_t width, const int32_t *ids, size_t count);

    /// The index of the first id outside 0 ..< rows, or -1.
    int64_t (*check_ids)(const int32_t *ids, size_t count, int64_t rows);
} apus_embedding_kernels;

/// The table for `isa`; null where this architecture does not have it.
const apus_embedding_kernels *apus_embedding_kernels_for(apus_isa isa);

/// Transposes bags: lists the table's touched rows, ascending, and for each the bags that it stands in.
///
/// Row rows[u] stands in the bags sources[k] with the factors coefficients[k], for k in
/// starts[u] ..< starts[u + 1], in ascending order of position. Then
///
///     bags(values, gradient, width, sources, starts, coefficients, first, end, APUS_BAG_SUM)
///
/// gives values: [u, width], the gradient's rows, for any range of u.
///
/// - rows: room for one per position; starts: one more; sources: one per position.
/// - coefficients: one per position, or null, which is allowed when every factor is 1 (a sum without
///   weights). A factor is weights[i], divided for the mean by its bag's number of ids.
/// - workspace: two per position, contents undefined before and after.
/// - offsets: null means that each of `bags` positions is a bag of its own (the gradient of `gather`).
///
/// Returns the number of touched rows. At most 2^31 - 1 positions and bags.
size_t apus_transpose_bags(
    int32_t *rows, int32_t *starts, int32_t *sources, float *coefficients, uint64_t *workspace,
    const int32_t *ids, const int32_t *offsets, const float *weights, size_t bags, apus_bag_mode mode);

#if defined(__cplusplus)
}
#endif
#endif
