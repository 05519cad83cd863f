// The matrix product of float32: C = op(A)·op(B), to be cut into blocks by the caller.
//
// Every element of C is one chain, acc = fma(a[p], b[p], acc) for p = 0, 1, …, k - 1, that starts at 0 (or at
// the old value of C when accumulating), for depths of up to 4096. A deeper product has chains of 512 from 0;
// eight of them are added one after another in float, and these sums in double, from 0 (or the old value), the
// total rounded once: so the error does not grow with the depth. Tiles, packing and the blocking of k keep that
// order, so all tables give the same bits for any cut of the rows and columns.
#ifndef APUS_MATMUL_H
#define APUS_MATMUL_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

/// Up to so much depth an element is one chain; so much of a deeper one is added in float.
#define APUS_MATMUL_CHAIN 4096
/// The length of the chains of a deeper product.
#define APUS_MATMUL_STRETCH 512

typedef enum {
    APUS_MATMUL_STORE = 0,     // leave the sum as it is
    APUS_MATMUL_RELU = 1,      // x < 0 → 0; NaN stays
} apus_matmul_activation;

/// A block of a product: C[m, n] = A[m, k]·B[k, n]. Strides count floats; of the two strides of A, and of the
/// two of B, one is 1.
typedef struct {
    size_t m, n, k;
    const float *a;
    size_t a_row, a_column;
    const float *b;           // ignored when packed_b is given
    size_t b_row, b_column;
    const float *packed_b;    // strips as pack_b writes them, from the first column of the block on, or NULL
    float *c;
    size_t c_row;
    const float *bias;        // n values, added to the finished sums, or NULL
    float *workspace;         // workspace_size(this) floats, 64-byte aligned, or NULL where that is 0
    uint8_t accumulate;       // start from the old values of C
    uint8_t activation;       // an apus_matmul_activation, applied last
} apus_matmul_block;

typedef struct {
    size_t tile_rows, strip_columns;

    /// Whether the block copies B on its way: who computes several blocks with the same columns packs once.
    int (*copies_b)(const apus_matmul_block *block);

    /// Floats that `block` needs to pack into.
    size_t (*workspace_size)(const apus_matmul_block *block);

    /// Computes the block.
    void (*block)(const apus_matmul_block *block);

    /// Copies B[k, n] into strips of strip_columns columns: ceil(n / strip_columns)·strip_columns·k floats,
    /// strip by strip, each row by row, the last filled up with zeros. `packed` is 64-byte aligned.
    void (*pack_b)(
        size_t k, size_t n, const float *b, size_t b_row, size_t b_column, float *packed);

    /// Multiplies and adds in registers alone; returns something that depends on all of it.
    /// `rounds`·fma_loop_flops floating-point operations: what the processor's peak is measured with.
    float (*fma_loop)(size_t rounds);
    size_t fma_loop_flops;
} apus_matmul_kernels;

/// The kernels for `isa`, or the portable ones where this architecture has no such instruction set.
const apus_matmul_kernels *apus_matmul_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
