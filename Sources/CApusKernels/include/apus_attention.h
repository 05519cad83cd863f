// What attention does with a block of scores between its products.
//
// A block holds some rows (queries) of scores q·k, `stride` floats from one row to the next, and `keys` numbers in
// a row. From a raw score s, for the query at position p and the key at position j:
//
//     t = scale·s + bias[j] − slope·|j − p|       (fused where there is a slope)
//
// and −∞ where the key is hidden. Sums have the order of apus_reduce.h.
#ifndef APUS_ATTENTION_H
#define APUS_ATTENTION_H

#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

typedef struct {
    int64_t rows, keys;
    int64_t stride;             // of the scores, of their gradient and of the factors
    float scale;
    float slope;                // ALiBi's; 0 for none
    int64_t position;           // of the first row's query
    int32_t is_causal;          // a key behind the query is hidden
    const uint8_t *visible;     // [keys], 0 where the key is hidden; or NULL
    const float *bias;          // a row of `keys` for each query, or NULL; −∞ hides the key
    int64_t bias_row;
    const float *factors;       // of dropout, by which weights are multiplied; or NULL
    const uint8_t *idle;        // [rows], 1 where a row passes no gradient back; or NULL
} apus_attention_block;

typedef struct {
    /// scores ← exp(t − max t)·factor, 0 for hidden keys; sums ← Σ exp(t − max t);
    /// log_sums ← log Σ exp t. A row without a visible key has zeros, the sum 0 and the logarithm −∞.
    void (*weights)(
        const apus_attention_block *block, float *scores, float *sums, float *log_sums);

    /// Each row of `size` numbers divided by its sum; zeros stay where the sum is 0.
    void (*divide)(int64_t rows, int64_t size, int64_t stride, const float *sums, float *x);

    /// The dot products of rows of x with rows of y.
    void (*row_dots)(
        int64_t rows, int64_t size, const float *x, int64_t x_stride, const float *y,
        int64_t y_stride, float *dots);

    /// With w = exp(t − log sum) and the gradient g of w·factor: scores ← w·factor,
    /// gradient ← scale·d with d = w·(g·factor − dot), 0 where w is 0, whatever g is; and, unless null,
    /// bias_gradient += d. Idle rows have zeros.
    void (*gradients)(
        const apus_attention_block *block, const float *log_sums, const float *dots, float *scores,
        float *gradient, float *bias_gradient);
} apus_attention_kernels;

/// The kernels for `isa`, null where this build does not have it.
const apus_attention_kernels *apus_attention_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
