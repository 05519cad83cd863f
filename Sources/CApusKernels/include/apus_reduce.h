// Sums, extremes, softmax and its losses, in one fixed order on every instruction set.
//
// The order of a sum of up to 4096 elements: lane l of 16 starts at +0 and takes the elements l,
// l + 16, … in turn; behind the end of the data there are +0s up to a full 16. The lanes are added by a
// tree (l + 8, l + 4, l + 2, l + 1). A longer sum is cut into pieces of 1024 elements, each summed like
// that; the pieces' sums are added in turn in double, and the total is rounded once. So the error of a
// long sum is that of a piece. A sum of nothing, or of −0s, is +0, and whoever cuts at multiples of
// 1024 may sum the pieces apart (in threads) and add them in order. Row functions keep the same order
// within each row.
//
// A column of up to 4096 rows is added row after row; of more rows, pieces of 64 are, and their sums
// are added in double.
//
// Rows are contiguous: `x` is [rows, n]. Results may not overlap the inputs unless the function
// says so. Only the sign and payload of a NaN are left open.
#ifndef APUS_REDUCE_H
#define APUS_REDUCE_H

#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

/// Up to so many elements, or rows of a column, are summed in floats alone.
#define APUS_SUM_CHUNK 4096
/// The elements of a piece of a sum of n.
#define APUS_SUM_PIECE(n) ((n) > APUS_SUM_CHUNK ? 1024 : APUS_SUM_CHUNK)
/// The rows of a piece of a longer column.
#define APUS_COLUMN_PIECE 64

typedef struct {
    /// Σ x.
    float (*sum)(const float *x, int64_t n);
    /// Σ x², each square fused into its lane.
    float (*sum_of_squares)(const float *x, int64_t n);
    /// Σ x·y, each product fused into its lane.
    float (*dot)(const float *x, const float *y, int64_t n);
    /// The greatest element; NaN if there is one; a zero is given as +0; −∞ of nothing.
    float (*maximum)(const float *x, int64_t n);
    /// The least element; NaN if there is one; a zero is given as +0; +∞ of nothing.
    float (*minimum)(const float *x, int64_t n);
    /// The first index of the maximum, of the first NaN if there is one; −1 of nothing. −0 equals
    /// +0.
    int64_t (*argmax)(const float *x, int64_t n);
    /// The first index of the minimum, of the first NaN if there is one; −1 of nothing. −0 equals
    /// +0.
    int64_t (*argmin)(const float *x, int64_t n);
    /// The first index of an infinity or NaN, −1 if every element is finite.
    int64_t (*first_not_finite)(const float *x, int64_t n);

    /// The functions above for each row: [rows, n] → [rows].
    void (*row_sums)(const float *x, int64_t rows, int64_t n, float *result);
    void (*row_maxima)(const float *x, int64_t rows, int64_t n, float *result);
    void (*row_minima)(const float *x, int64_t rows, int64_t n, float *result);
    void (*row_argmax)(const float *x, int64_t rows, int64_t n, int32_t *result);
    void (*row_argmin)(const float *x, int64_t rows, int64_t n, int32_t *result);
    /// Column sums [rows, n] → [n], in the order above, onto what `result` holds if `accumulate`, else
    /// onto +0.
    void (*column_sums)(const float *x, int64_t rows, int64_t n, float *result, int accumulate);
    /// The same of some columns of a wider matrix, whose rows begin `stride` apart.
    void (*block_sums)(
        const float *x, int64_t stride, int64_t rows, int64_t n, float *result, int accumulate);

    /// softmax(x) = exp(x − max x) / Σ exp(x − max x) of each row. In place allowed. A row of −∞
    /// gives NaN.
    void (*softmax)(const float *x, int64_t rows, int64_t n, float *result);
    /// y·(g − Σ g·y) for y = softmax(x) and the gradient g of y. In place of g allowed.
    void (*softmax_gradient)(
        const float *y, const float *gradient, int64_t rows, int64_t n, float *result);
    /// x − max x − log Σ exp(x − max x) of each row. In place allowed.
    void (*log_softmax)(const float *x, int64_t rows, int64_t n, float *result);
    /// g − exp(y)·Σ g for y = logsoftmax(x) and the gradient g of y. In place of g allowed.
    void (*log_softmax_gradient)(
        const float *y, const float *gradient, int64_t rows, int64_t n, float *result);

    /// loss = −log softmax(logits)[label] of each row. If not null, `gradient` [rows, classes]
    /// receives (softmax − [class = label]) · rowScale (1 if that is null) and may be the logits'
    /// memory; `probabilities` receives the softmax. A label outside 0 ..< classes marks a row that
    /// does not count: its loss and gradient are 0.
    void (*softmax_cross_entropy)(
        const float *logits, const int32_t *labels, const float *rowScale, int64_t rows,
        int64_t classes, float *loss, float *gradient, float *probabilities);
    /// loss = −Σ target · log softmax(logits) of each row; gradient = (softmax · Σ target − target)
    /// · rowScale. Otherwise as above.
    void (*soft_cross_entropy)(
        const float *logits, const float *targets, const float *rowScale, int64_t rows,
        int64_t classes, float *loss, float *gradient, float *probabilities);
    /// The cross-entropy with the target t[c] = (1 − smoothing)·w[label]·[c = label] +
    /// smoothing/classes·w[c] for class weights w (null for 1): loss = −Σ t·log softmax(logits);
    /// gradient = (softmax·Σ t − t)·rowScale, unless it is null. `rowScale` must be given then.
    void (*smoothed_cross_entropy)(
        const float *logits, const int32_t *labels, const float *weights, float smoothing,
        const float *rowScale, int64_t rows, int64_t classes, float *loss, float *gradient);
    /// Of each row of x [rows, n], a part of a longer row: its maximum m, and x becomes exp(x − m),
    /// with its sum; with weights [n] also products = Σ w·(x − m).
    void (*row_exponentials)(
        float *x, int64_t rows, int64_t n, const float *weights, float *maxima, float *sums,
        float *products);
    /// result = x·factor of each row, or with weights [n] x·factor − w·share of the row; the rows of
    /// the result lie `stride` apart.
    void (*scale_rows)(
        const float *x, int64_t rows, int64_t n, const float *factors, const float *shares,
        const float *weights, float *result, int64_t stride);
    /// loss = max(x, 0) − x·y + log1p(exp(−|x|)) for logit x and target y, element by element; if
    /// not null, gradient = (sigmoid(x) − y) · scale. In place allowed.
    void (*binary_cross_entropy)(
        const float *logits, const float *targets, float scale, int64_t n, float *loss,
        float *gradient);

    /// result[j, i] = x[i, j] for x [rows, columns], whose rows begin `stride` apart, and those of the
    /// result `resultStride`. Any 32 bits are moved unchanged.
    void (*transpose)(
        const float *x, int64_t stride, int64_t rows, int64_t columns, float *result,
        int64_t resultStride);
    /// result = x + row, the row [n] repeated. In place allowed.
    void (*add_row)(const float *x, const float *row, int64_t rows, int64_t n, float *result);
    /// result = factor · x. In place allowed.
    void (*scale)(float factor, const float *x, int64_t n, float *result);
    /// y = factor · x + y, fused.
    void (*axpy)(float factor, const float *x, int64_t n, float *y);
} apus_reduce_kernels;

/// The kernels for `isa`, null where this build does not have it.
const apus_reduce_kernels *apus_reduce_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
