// Sums, extremes, softmax and its losses.
#include "digest.h"

static const size_t sizes[] = {0, 1, 2, 5, 15, 16, 17, 31, 33, 100, 257, 4095, 4096, 4099, 9001};
enum { SIZES = sizeof sizes / sizeof *sizes };
static const int64_t widths[] = {1, 3, 16, 17, 45, 130};
enum { WIDTHS = sizeof widths / sizeof *widths, ROWS = 5 };

#define EACH_SIZE \
    for (int edges = 0; edges < 2; edges++) \
        for (size_t at = 0, n; at < SIZES && (n = sizes[at], 1); at++, release())
#define EACH_WIDTH \
    for (int edges = 0; edges < 2; edges++) \
        for (size_t at = 0; at < WIDTHS; at++, release())

static void scalars(const apus_reduce_kernels *k) {
#define OF_ONE(field) \
    KERNEL(reduce, field); \
    EACH_SIZE { \
        float value = k->field(any_numbers(n, 3, edges), (int64_t)n); \
        add_floats(&value, 1); \
    }
    OF_ONE(sum)
    OF_ONE(sum_of_squares)
    OF_ONE(maximum)
    OF_ONE(minimum)
    KERNEL(reduce, dot);
    EACH_SIZE {
        float value = k->dot(any_numbers(n, 3, edges), any_numbers(n, 1, edges), (int64_t)n);
        add_floats(&value, 1);
    }
#define INDEX_OF(field) \
    KERNEL(reduce, field); \
    EACH_SIZE { \
        int32_t index = (int32_t)k->field(any_numbers(n, 3, edges), (int64_t)n); \
        add_integers(&index, 1); \
    }
    INDEX_OF(argmax)
    INDEX_OF(argmin)
    INDEX_OF(first_not_finite)
}

static void rows(const apus_reduce_kernels *k) {
#define OF_ROWS(field) \
    KERNEL(reduce, field); \
    EACH_WIDTH { \
        int64_t n = widths[at]; \
        float *result = result_of(ROWS); \
        k->field(any_numbers((size_t)(ROWS * n), 3, edges), ROWS, n, result); \
        add_result(result, ROWS); \
    }
    OF_ROWS(row_sums)
    for (int edges = 0; edges < 2; edges++, release()) {
        float *result = result_of(2);
        k->row_sums(any_numbers(2 * 9001, 3, edges), 2, 9001, result);
        add_result(result, 2);
    }
    OF_ROWS(row_maxima)
    OF_ROWS(row_minima)
#define INDICES_OF(field) \
    KERNEL(reduce, field); \
    EACH_WIDTH { \
        int64_t n = widths[at]; \
        int32_t *result = integers(ROWS, 9); \
        k->field(any_numbers((size_t)(ROWS * n), 3, edges), ROWS, n, result); \
        add_integers(result, ROWS + MARGIN); \
    }
    INDICES_OF(row_argmax)
    INDICES_OF(row_argmin)
#define TO_ROWS(field) \
    KERNEL(reduce, field); \
    EACH_WIDTH { \
        int64_t n = widths[at]; \
        size_t count = (size_t)(ROWS * n); \
        float *result = result_of(count); \
        k->field(any_numbers(count, 6, edges), ROWS, n, result); \
        add_result(result, count); \
    }
    TO_ROWS(softmax)
    TO_ROWS(log_softmax)
#define WITH_GRADIENT(field) \
    KERNEL(reduce, field); \
    EACH_WIDTH { \
        int64_t n = widths[at]; \
        size_t count = (size_t)(ROWS * n); \
        float *result = result_of(count); \
        k->field(any_numbers(count, 2, edges), any_numbers(count, 3, edges), ROWS, n, result); \
        add_result(result, count); \
    }
    WITH_GRADIENT(softmax_gradient)
    WITH_GRADIENT(log_softmax_gradient)
    KERNEL(reduce, column_sums);
    EACH_WIDTH {
        int64_t n = widths[at];
        for (int accumulate = 0; accumulate < 2; accumulate++) {
            float *result = result_of((size_t)n);
            k->column_sums(any_numbers((size_t)(ROWS * n), 3, edges), ROWS, n, result, accumulate);
            add_result(result, (size_t)n);
        }
    }
    for (int64_t n = 1; n < 40; n += 18, release()) {
        // A column longer than a sum of floats may be.
        const int64_t height = 4200 + n;
        float *result = result_of((size_t)n);
        k->column_sums(numbers((size_t)(height * n), 3), height, n, result, 1);
        add_result(result, (size_t)n);
    }
    KERNEL(reduce, block_sums);
    EACH_WIDTH {
        int64_t n = widths[at], stride = n + 3;
        float *result = result_of((size_t)n);
        k->block_sums(
            any_numbers((size_t)(ROWS * stride), 3, edges), stride, ROWS, n, result, (int)(at % 2));
        add_result(result, (size_t)n);
    }
    KERNEL(reduce, row_exponentials);
    EACH_WIDTH {
        int64_t n = widths[at];
        size_t count = (size_t)(ROWS * n);
        float *x = any_numbers(count, 6, edges), *maxima = result_of(ROWS);
        float *sums = result_of(ROWS), *products = result_of(ROWS);
        float *weights = at % 2 ? numbers((size_t)n, 1) : NULL;
        k->row_exponentials(x, ROWS, n, weights, maxima, sums, products);
        add_result(x, count);
        add_result(maxima, ROWS);
        add_result(sums, ROWS);
        if (weights) add_result(products, ROWS);
    }
    KERNEL(reduce, scale_rows);
    EACH_WIDTH {
        int64_t n = widths[at], stride = n + 2;
        float *result = result_of((size_t)(ROWS * stride));
        float *weights = at % 2 ? numbers((size_t)n, 1) : NULL;
        k->scale_rows(
            any_numbers((size_t)(ROWS * n), 3, edges), ROWS, n, any_numbers(ROWS, 2, edges),
            numbers(ROWS, 1), weights, result, stride);
        add_result(result, (size_t)(ROWS * stride));
    }
    KERNEL(reduce, add_row);
    EACH_WIDTH {
        int64_t n = widths[at];
        size_t count = (size_t)(ROWS * n);
        float *result = result_of(count);
        k->add_row(any_numbers(count, 3, edges), any_numbers((size_t)n, 3, edges), ROWS, n, result);
        add_result(result, count);
    }
}

static void losses(const apus_reduce_kernels *k) {
    KERNEL(reduce, softmax_cross_entropy);
    EACH_WIDTH {
        int64_t n = widths[at];
        size_t count = (size_t)(ROWS * n);
        float *loss = result_of(ROWS), *gradient = result_of(count), *shares = result_of(count);
        int32_t *labels = integers(ROWS, (int32_t)n);
        labels[1] = -1;
        labels[3] = (int32_t)n;
        k->softmax_cross_entropy(
            any_numbers(count, 6, edges), labels, at % 2 ? numbers(ROWS, 1) : NULL, ROWS, n, loss,
            gradient, at % 3 ? shares : NULL);
        add_result(loss, ROWS);
        add_result(gradient, count);
        add_result(shares, count);
    }
    KERNEL(reduce, soft_cross_entropy);
    EACH_WIDTH {
        int64_t n = widths[at];
        size_t count = (size_t)(ROWS * n);
        float *loss = result_of(ROWS), *gradient = result_of(count), *shares = result_of(count);
        k->soft_cross_entropy(
            any_numbers(count, 6, edges), any_numbers(count, 1, edges), numbers(ROWS, 1), ROWS, n,
            loss, gradient, at % 3 ? shares : NULL);
        add_result(loss, ROWS);
        add_result(gradient, count);
        add_result(shares, count);
    }
    KERNEL(reduce, smoothed_cross_entropy);
    EACH_WIDTH {
        int64_t n = widths[at];
        size_t count = (size_t)(ROWS * n);
        float *loss = result_of(ROWS), *gradient = result_of(count);
        k->smoothed_cross_entropy(
            any_numbers(count, 6, edges), integers(ROWS, (int32_t)n),
            at % 2 ? numbers((size_t)n, 1) : NULL, 0.1f, numbers(ROWS, 1), ROWS, n, loss, gradient);
        add_result(loss, ROWS);
        add_result(gradient, count);
    }
    KERNEL(reduce, binary_cross_entropy);
    EACH_SIZE {
        float *loss = result_of(n), *gradient = result_of(n);
        k->binary_cross_entropy(
            any_numbers(n, 9, edges), any_numbers(n, 1, edges), 0.25f, (int64_t)n, loss, gradient);
        add_result(loss, n);
        add_result(gradient, n);
    }
}

int reduce_digests(void) {
    const apus_reduce_kernels *k = apus_reduce_kernels_for(isa);
    FAMILY(reduce);
    scalars(k);
    rows(k);
    losses(k);
    KERNEL(reduce, transpose);
    EACH_WIDTH {
        int64_t n = widths[at], height = 3 + 7 * (int64_t)at;
        float *result = result_of((size_t)(n * (height + 1)));
        k->transpose(
            edge_numbers((size_t)(height * (n + 2)), 1), n + 2, height, n, result, height + 1);
        add_result(result, (size_t)(n * (height + 1)));
    }
    KERNEL(reduce, scale);
    EACH_SIZE {
        float *result = result_of(n);
        k->scale(edges ? 3e38f : 0.3f, any_numbers(n, 3, edges), (int64_t)n, result);
        add_result(result, n);
    }
    KERNEL(reduce, axpy);
    EACH_SIZE {
        float *y = any_numbers(n, 3, edges);
        k->axpy(0.3f, any_numbers(n, 3, edges), (int64_t)n, y);
        add_result(y, n);
    }
    return end_family();
}
