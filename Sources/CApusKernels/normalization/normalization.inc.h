// Layer and RMS normalization of rows. A row is read two or three times, but from the first-level cache: from
// memory once. Four rows go side by side, because one sum alone waits for its own additions.

#include "apus_reduce.h"

#define MOST_ROWS 4

static inline APUS_INLINE lanes norm_load(const float *p, int64_t left) {
    return left == 16 ? load_lanes(p) : load_first_lanes(p, left);
}

static inline APUS_INLINE void norm_store(float *p, lanes v, int64_t left) {
    if (left == 16) {
        store_lanes(p, v);
    } else {
        store_first_lanes(p, v, left);
    }
}

// The statements for i = start, start + 16, …, with `left` = 16, and once more for what is left before the end.
#define NORM_EACH_16(START, END, ...) \
    { \
        int64_t i = (START); \
        for (; i + 16 <= (END); i += 16) { \
            const int64_t left = 16; \
            __VA_ARGS__; \
        } \
        if (i < (END)) { \
            const int64_t left = (END) - i; \
            __VA_ARGS__; \
        } \
    }

// v in the lanes of elements that exist, 0 behind them.
static inline APUS_INLINE lanes norm_keep(lanes v, int64_t left) {
    if (left == 16) return v;
    const ilanes index = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return (lanes)((ilanes)v & (index < (int32_t)left));
}

// Σ (x − mean)², or Σ x where `squared` is 0, of `count` rows side by side.
static inline APUS_INLINE void norm_sums(
    int count, int squared, const float *x, int64_t n, const float *means, float *sums) {
    const int64_t piece = APUS_SUM_PIECE(n);
    double totals[MOST_ROWS] = {0};
    for (int64_t start = 0; start < n; start += piece) {
        int64_t end = n - start < piece ? n : start + piece;
        lanes sum[MOST_ROWS];
        for (int k = 0; k < count; k += 1) sum[k] = all_lanes(0);
        NORM_EACH_16(start, end,
            for (int k = 0; k < count; k += 1) {
                lanes v = norm_load(x + k * n + i, left);
                if (squared) {
                    v = norm_keep(v - all_lanes(means[k]), left);
                    sum[k] = fma_lanes(v, v, sum[k]);
                } else {
                    sum[k] += v;
                }
            })
        for (int k = 0; k < count; k += 1) totals[k] += sum_of_lanes(sum[k]);
    }
    for (int k = 0; k < count; k += 1) sums[k] = (float)totals[k];
}

static inline APUS_INLINE void norm_forward_rows(
    int count, const float *x, const float *gain, const float *bias, int64_t n, float epsilon,
    int centered, float *y, float *means, float *scales) {
    float sums[MOST_ROWS];
    if (centered) {
        norm_sums(count, 0, x, n, means, sums);
        for (int k = 0; k < count; k += 1) means[k] = sums[k] / (float)n;
    } else {
        for (int k = 0; k < count; k += 1) means[k] = 0;
    }
    norm_sums(count, 1, x, n, means, sums);
    for (int k = 0; k < count; k += 1) {
        lanes root = __builtin_elementwise_sqrt(all_lanes(sums[k] / (float)n + epsilon));
        scales[k] = 1.0f / root[0];
    }
    NORM_EACH_16(0, n,
        lanes factor = gain ? norm_load(gain + i, left) : all_lanes(1);
        lanes shift = bias ? norm_load(bias + i, left) : all_lanes(0);
        for (int k = 0; k < count; k += 1) {
            lanes v = norm_load(x + k * n + i, left) - all_lanes(means[k]);
            v *= all_lanes(scales[k]);
            if (bias) {
                v = fma_lanes(v, factor, shift);
            } else if (gain) {
                v *= factor;
            }
            norm_store(y + k * n + i, v, left);
        })
}

static void APUS_NAME(normalization_forward)(
    const float *x, const float *gain, const float *bias, int64_t rows, int64_t n, float epsilon,
    int centered, float *y, float *means, float *scales) {
    int64_t row = 0;
    for (; row + MOST_ROWS <= rows; row += MOST_ROWS) {
        norm_forward_rows(MOST_ROWS, x + row * n, gain, bias, n, epsilon, centered, y + row * n,
            means + row, scales + row);
    }
    for (; row < rows; row += 1) {
        norm_forward_rows(
            1, x + row * n, gain, bias, n, epsilon, centered, y + row * n, means + row, scales + row);
    }
}

static inline APUS_INLINE void norm_backward_rows(
    int count, const float *gradient, const float *x, const float *gain, const float *means,
    const float *scales, int64_t n, int centered, float *dx, float *dgain, float *dbias) {
    const int64_t piece = APUS_SUM_PIECE(n);
    double sumTotals[MOST_ROWS] = {0}, productTotals[MOST_ROWS] = {0};
    for (int64_t start = 0; start < n; start += piece) {
        int64_t end = n - start < piece ? n : start + piece;
        lanes sum[MOST_ROWS], product[MOST_ROWS];
        for (int k = 0; k < count; k += 1) sum[k] = product[k] = all_lanes(0);
        NORM_EACH_16(start, end,
            lanes factor = gain ? norm_load(gain + i, left) : all_lanes(1);
            for (int k = 0; k < count; k += 1) {
                lanes h = norm_load(gradient + k * n + i, left);
                if (gain) h *= factor;
                lanes v = norm_load(x + k * n + i, left) - all_lanes(means[k]);
                v = norm_keep(v * all_lanes(scales[k]), left);
                sum[k] += h;
                product[k] = fma_lanes(h, v, product[k]);
            })
        for (int k = 0; k < count; k += 1) {
            sumTotals[k] += sum_of_lanes(sum[k]);
            productTotals[k] += sum_of_lanes(product[k]);
        }
    }
    float sums[MOST_ROWS], products[MOST_ROWS];
    for (int k = 0; k < count; k += 1) {
        sums[k] = (float)sumTotals[k] / (float)n;
        products[k] = (float)productTotals[k] / (float)n;
    }
    NORM_EACH_16(0, n,
        lanes factor = gain ? norm_load(gain + i, left) : all_lanes(1);
        lanes gains = dgain ? norm_load(dgain + i, left) : all_lanes(0);
        lanes biases = dbias ? norm_load(dbias + i, left) : all_lanes(0);
        for (int k = 0; k < count; k += 1) {
            lanes g = norm_load(gradient + k * n + i, left);
            lanes v = norm_load(x + k * n + i, left) - all_lanes(means[k]);
            v *= all_lanes(scales[k]);
            lanes h = gain ? g * factor : g;
            if (centered) h -= all_lanes(sums[k]);
            h = fma_lanes(-v, all_lanes(products[k]), h) * all_lanes(scales[k]);
            norm_store(dx + k * n + i, h, left);
            gains = fma_lanes(g, v, gains);
            biases += g;
        }
        if (dgain) norm_store(dgain + i, gains, left);
        if (dbias) norm_store(dbias + i, biases, left);)
}

static void APUS_NAME(normalization_backward)(
    const float *gradient, const float *x, const float *gain, const float *means,
    const float *scales, int64_t rows, int64_t n, int centered, float *dx, float *dgain,
    float *dbias) {
    if (dgain) memset(dgain, 0, (size_t)n * sizeof(float));
    if (dbias) memset(dbias, 0, (size_t)n * sizeof(float));
    int64_t row = 0;
    for (; row + MOST_ROWS <= rows; row += MOST_ROWS) {
        norm_backward_rows(MOST_ROWS, gradient + row * n, x + row * n, gain, means + row,
            scales + row, n, centered, dx + row * n, dgain, dbias);
    }
    for (; row < rows; row += 1) {
        norm_backward_rows(1, gradient + row * n, x + row * n, gain, means + row, scales + row, n,
            centered, dx + row * n, dgain, dbias);
    }
}

#undef NORM_EACH_16
#undef MOST_ROWS

const apus_normalization_kernels APUS_NAME(apus_normalization_kernels) = {
    .forward = APUS_NAME(normalization_forward),
    .backward = APUS_NAME(normalization_backward),
};
