#include "../pointwise/math.inc.h"
#include "apus_reduce.h"

// Up to 16 floats at `p`; zeros, and nothing read, behind the first `left`.
static inline APUS_INLINE lanes load_left_lanes(const float *p, int64_t left) {
    return left >= 16 ? load_lanes(p) : load_first_lanes(p, left);
}

static inline APUS_INLINE void store_left_lanes(float *p, lanes v, int64_t left) {
    if (left >= 16) {
        store_lanes(p, v);
    } else {
        store_first_lanes(p, v, left);
    }
}

// t = scale·s + bias − slope·|j − p| of 16 keys from j on.
static inline APUS_INLINE lanes APUS_NAME(score)(
    const apus_attention_block *block, int64_t row, int64_t j, int64_t left, lanes s) {
    lanes t = s * block->scale;
    if (block->bias) {
        // −∞ hides a key whose score may be no number.
        lanes bias = load_left_lanes(block->bias + row * block->bias_row + j, left);
        t = select_lanes(bias == -__builtin_inff(), bias, t + bias);
    }
    if (block->slope != 0) {
        const ilanes lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        ilanes offset = lane + (int32_t)(j - block->position - row);
        lanes distance = absolute_lanes(__builtin_convertvector(offset, lanes));
        t = fma_lanes(all_lanes(-block->slope), distance, t);
    }
    return t;
}

// Set where the key is visible, of 16 keys from j on; `end` is behind the last.
static inline APUS_INLINE ilanes APUS_NAME(seen)(
    const apus_attention_block *block, int64_t j, int64_t end) {
    const ilanes lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    ilanes seen = lane < (int32_t)(end - j < 16 ? end - j : 16);
    if (block->visible) {
        uint8_t bytes[16] = {0};
        memcpy(bytes, block->visible + j, (size_t)(end - j < 16 ? end - j : 16));
        for (int k = 0; k < 16; k += 1) seen[k] &= bytes[k] ? -1 : 0;
    }
    return seen;
}

// The number of keys that a row may look at.
static inline APUS_INLINE int64_t APUS_NAME(row_end)(
    const apus_attention_block *block, int64_t row) {
    if (!block->is_causal) return block->keys;
    int64_t end = block->position + row + 1;
    if (end < 0) end = 0;
    return end < block->keys ? end : block->keys;
}

static inline APUS_INLINE void APUS_NAME(clear)(float *x, int64_t from, int64_t to) {
    if (from < to) memset(x + from, 0, (size_t)(to - from) * sizeof(float));
}

static inline APUS_INLINE float APUS_NAME(greatest_lane)(lanes v) {
    lanes w = __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    v = maximum_lanes(v, w);
    w = __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
    v = maximum_lanes(v, w);
    w = __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    v = maximum_lanes(v, w);
    w = __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
    return maximum_lanes(v, w)[0];
}

static void APUS_NAME(weights)(
    const apus_attention_block *block, float *scores, float *sums, float *log_sums) {
    const lanes hidden = all_lanes(-__builtin_inff());
    for (int64_t row = 0; row < block->rows; row += 1) {
        float *x = scores + row * block->stride;
        const float *factors = block->factors ? block->factors + row * block->stride : 0;
        const int64_t end = APUS_NAME(row_end)(block, row);
        lanes best = hidden;
        for (int64_t j = 0; j < end; j += 16) {
            const int64_t left = end - j;
            lanes t = APUS_NAME(score)(block, row, j, left, load_left_lanes(x + j, left));
            if (left < 16 || block->visible) {
                t = select_lanes(APUS_NAME(seen)(block, j, end), t, hidden);
            }
            best = maximum_lanes(best, t);
            store_left_lanes(x + j, t, left);
        }
        float greatest = APUS_NAME(greatest_lane)(best) + 0.0f;
        // Nothing to be seen: −∞ − −∞ would be NaN.
        float shift = greatest == -__builtin_inff() ? 0.0f : greatest;
        const int64_t piece = APUS_SUM_PIECE(end);
        double pieces = 0;
        for (int64_t start = 0; start < end; start += piece) {
            const int64_t stop = end - start < piece ? end : start + piece;
            lanes sum = all_lanes(0);
            for (int64_t j = start; j < stop; j += 16) {
                const int64_t left = stop - j;
                lanes e = exp_lanes(load_left_lanes(x + j, left) - shift);
                if (left < 16) {
                    e = select_lanes(APUS_NAME(seen)(block, j, stop), e, all_lanes(0));
                }
                sum += e;
                if (factors) e *= load_left_lanes(factors + j, left);
                store_left_lanes(x + j, e, left);
            }
            pieces += sum_of_lanes(sum);
        }
        const float total = (float)pieces;
        sums[row] = total;
        log_sums[row] = shift + log_single(all_single(total))[0];
        APUS_NAME(clear)(x, end, block->keys);
    }
}

static void APUS_NAME(divide)(
    int64_t rows, int64_t size, int64_t stride, const float *sums, float *x) {
    for (int64_t row = 0; row < rows; row += 1, x += stride) {
        float inverse = sums[row] == 0 ? 0 : 1.0f / sums[row];
        for (int64_t j = 0; j < size; j += 16) {
            store_left_lanes(x + j, load_left_lanes(x + j, size - j) * inverse, size - j);
        }
    }
}

static void APUS_NAME(row_dots)(
    int64_t rows, int64_t size, const float *x, int64_t x_stride, const float *y, int64_t y_stride,
    float *dots) {
    for (int64_t row = 0; row < rows; row += 1, x += x_stride, y += y_stride) {
        const int64_t piece = APUS_SUM_PIECE(size);
        double total = 0;
        for (int64_t start = 0; start < size; start += piece) {
            const int64_t stop = size - start < piece ? size : start + piece;
            lanes sum = all_lanes(0);
            for (int64_t j = start; j < stop; j += 16) {
                sum = fma_lanes(
                    load_left_lanes(x + j, stop - j), load_left_lanes(y + j, stop - j), sum);
            }
            total += sum_of_lanes(sum);
        }
        dots[row] = (float)total;
    }
}

static void APUS_NAME(gradients)(
    const apus_attention_block *block, const float *log_sums, const float *dots, float *scores,
    float *gradient, float *bias_gradient) {
    for (int64_t row = 0; row < block->rows; row += 1) {
        float *x = scores + row * block->stride, *g = gradient + row * block->stride;
        const float *factors = block->factors ? block->factors + row * block->stride : 0;
        float *b = bias_gradient ? bias_gradient + row * block->bias_row : 0;
        const int64_t end = APUS_NAME(row_end)(block, row);
        const float shift = log_sums[row] == -__builtin_inff() ? 0.0f : log_sums[row];
        const float dot = dots[row];
        if (block->idle && block->idle[row]) {
            APUS_NAME(clear)(x, 0, block->keys);
            APUS_NAME(clear)(g, 0, block->keys);
            continue;
        }
        for (int64_t j = 0; j < end; j += 16) {
            const int64_t left = end - j;
            lanes t = APUS_NAME(score)(block, row, j, left, load_left_lanes(x + j, left));
            lanes w = exp_lanes(t - shift);
            if (block->visible) {
                w = select_lanes(APUS_NAME(seen)(block, j, end), w, all_lanes(0));
            }
            lanes back = load_left_lanes(g + j, left);
            lanes passed = w;
            if (factors) {
                lanes factor = load_left_lanes(factors + j, left);
                back *= factor;
                passed = w * factor;
            }
            // A hidden key's value may be infinite: 0 · ∞ would be no number.
            lanes d = select_lanes(w == 0.0f, all_lanes(0), w * (back - dot));
            store_left_lanes(x + j, passed, left);
            store_left_lanes(g + j, d * block->scale, left);
            if (b) store_left_lanes(b + j, load_left_lanes(b + j, left) + d, left);
        }
        APUS_NAME(clear)(x, end, block->keys);
        APUS_NAME(clear)(g, end, block->keys);
    }
}

const apus_attention_kernels APUS_NAME(apus_attention_kernels) = {
    .weights = APUS_NAME(weights),
    .divide = APUS_NAME(divide),
    .row_dots = APUS_NAME(row_dots),
    .gradients = APUS_NAME(gradients),
};
