// The operations on float.

#define ELEMENT float
#define LANES lanes
#define KIND(name) APUS_NAME(APUS_CONCAT(name, floats))

static inline APUS_INLINE lanes KIND(all)(double x) { return all_lanes((float)x); }
static inline APUS_INLINE lanes KIND(load_first_at)(const float *p, int64_t count) {
    return load_first_lanes(p, count);
}
static inline APUS_INLINE void KIND(store_first_at)(float *p, lanes v, int64_t count) {
    store_first_lanes(p, v, count);
}

#include "pointwise_loops.inc.h"

// 1 where the mask is set, else 0.
static inline APUS_INLINE lanes KIND(truth)(ilanes mask) {
    return (lanes)(mask & (ilanes)all_lanes(1.0f));
}

APUS_LOOP(add, 2, a + b)
APUS_LOOP(subtract, 2, a - b)
APUS_LOOP(multiply, 2, a * b)
APUS_LOOP(divide, 2, a / b)
APUS_LOOP(fma, 3, fma_lanes(a, b, c))
APUS_LOOP(negate, 1, -a)
APUS_LOOP(absolute, 1, absolute_lanes(a))
APUS_LOOP(minimum, 2, minimum_lanes(a, b))
APUS_LOOP(maximum, 2, maximum_lanes(a, b))
APUS_LOOP(square_root, 1, __builtin_elementwise_sqrt(a))
APUS_LOOP(floor, 1, __builtin_elementwise_floor(a))
APUS_LOOP(exp, 1, exp_lanes(a))
APUS_LOOP(log, 1, log_lanes(a))
APUS_LOOP(log1p, 1, log1p_lanes(a))
APUS_LOOP(expm1, 1, expm1_lanes(a))
APUS_LOOP(tanh, 1, tanh_lanes(a))
APUS_LOOP(erf, 1, erf_lanes(a))
APUS_LOOP(sigmoid, 1, sigmoid_lanes(a))
APUS_LOOP(softplus, 1, softplus_lanes(a))
APUS_LOOP(sin, 1, sin_lanes(a))
APUS_LOOP(cos, 1, cos_lanes(a))
APUS_LOOP(gelu, 1, gelu_lanes(a))
APUS_LOOP(gelu_slope, 1, gelu_slope_lanes(a))
APUS_LOOP(power, 2, power_lanes(a, b))
APUS_LOOP(sign, 1, select_lanes(a != a, a, KIND(truth)(a > 0.0f) - KIND(truth)(a < 0.0f)))
APUS_COMPARISONS(KIND(truth))
APUS_LOOP(select, 3, select_lanes(a != 0.0f, b, c))
APUS_LOOP(is_finite, 1, KIND(truth)(absolute_lanes(a) < __builtin_inff()))

static const KIND(loop) KIND(loops)[APUS_OP_COUNT] = {
    APUS_ARITHMETIC_ENTRIES, APUS_FUNCTION_ENTRIES,
};

// From and to the other layouts, `start` elements on.
static void KIND(take)(float *result, const void *source, int layout, int64_t start, int64_t n) {
    int64_t i = 0;
    if (layout == APUS_LAYOUT_INTS) {
        const int32_t *ints = (const int32_t *)source + start;
        for (; i + 16 <= n; i += 16) {
            ilanes v;
            memcpy(&v, ints + i, 64);
            store_lanes(result + i, __builtin_convertvector(v, lanes));
        }
        for (; i < n; i += 1) result[i] = (float)ints[i];
        return;
    }
    const uint8_t *bools = (const uint8_t *)source + start;
    for (; i + 16 <= n; i += 16) {
        blanes bytes;
        memcpy(&bytes, bools + i, 16);
        store_lanes(result + i, __builtin_convertvector(bytes, lanes));
    }
    for (; i < n; i += 1) result[i] = bools[i];
}
static void KIND(give)(
    void *target, int layout, int64_t start, KIND(register) source, int64_t n) {
    if (layout == APUS_LAYOUT_FLOATS) return KIND(copy)((float *)target + start, source, n);
    uint8_t *bools = (uint8_t *)target + start;
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
        ilanes truth = (KIND(load)(source, i) != 0.0f) & 1;
        blanes bytes = __builtin_convertvector(truth, blanes);
        memcpy(bools + i, &bytes, 16);
    }
    for (; i < n; i += 1) bools[i] = source.elements[i * source.step] != 0.0f;
}
static double KIND(single)(const void *source, int layout) {
    return layout == APUS_LAYOUT_FLOAT ? *(const float *)source : *(const uint8_t *)source;
}

#define ELEMENTS_LAYOUT APUS_LAYOUT_FLOATS
#define BLOCK 256
#include "pointwise_blocks.inc.h"
#undef ELEMENTS_LAYOUT
#undef BLOCK
#undef ELEMENT
#undef LANES
#undef KIND
