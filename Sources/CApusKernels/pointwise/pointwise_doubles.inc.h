// The operations on double, and whatever else floats or integers alone do not hold: conversions,
// fractions among integers. Elementary functions are the C library's, one lane after the other.

#define ELEMENT double
#define LANES dlanes
#define KIND(name) APUS_NAME(APUS_CONCAT(name, doubles))

static inline APUS_INLINE dlanes KIND(all)(double x) { return all_wide_lanes(x); }
static inline APUS_INLINE dlanes KIND(load_first_at)(const double *p, int64_t count) {
    dlanes v = {0};
    memcpy(&v, p, (size_t)count * sizeof(double));
    return v;
}
static inline APUS_INLINE void KIND(store_first_at)(double *p, dlanes v, int64_t count) {
    memcpy(p, &v, (size_t)count * sizeof(double));
}

#include "pointwise_loops.inc.h"

static inline APUS_INLINE dlanes KIND(truth)(llanes mask) {
    return (dlanes)(mask & (llanes)all_wide_lanes(1.0));
}
static inline APUS_INLINE dlanes KIND(choose)(llanes mask, dlanes yes, dlanes no) {
    return (dlanes)((mask & (llanes)yes) | (~mask & (llanes)no));
}
static inline APUS_INLINE dlanes KIND(size)(dlanes a) {
    return (dlanes)((llanes)a & INT64_MAX);
}

#define APUS_EACH_LANE(NAME, FORMULA) \
    static dlanes KIND(NAME##_of)(dlanes v) { \
        dlanes result; \
        for (int i = 0; i < 16; i += 1) { \
            double x = v[i]; \
            result[i] = FORMULA; \
        } \
        return result; \
    } \
    APUS_LOOP(NAME, 1, KIND(NAME##_of)(a))

APUS_LOOP(add, 2, a + b)
APUS_LOOP(subtract, 2, a - b)
APUS_LOOP(multiply, 2, a * b)
APUS_LOOP(divide, 2, a / b)
APUS_LOOP(fma, 3, fma_wide_lanes(a, b, c))
APUS_LOOP(negate, 1, -a)
APUS_LOOP(absolute, 1, KIND(size)(a))
APUS_LOOP(minimum, 2, KIND(choose)((a < b) | (a != a), a, b))
APUS_LOOP(maximum, 2, KIND(choose)((a > b) | (a != a), a, b))
APUS_LOOP(square_root, 1, __builtin_elementwise_sqrt(a))
APUS_LOOP(floor, 1, __builtin_elementwise_floor(a))
APUS_EACH_LANE(exp, __builtin_exp(x))
APUS_EACH_LANE(log, __builtin_log(x))
APUS_EACH_LANE(log1p, __builtin_log1p(x))
APUS_EACH_LANE(expm1, __builtin_expm1(x))
APUS_EACH_LANE(tanh, __builtin_tanh(x))
APUS_EACH_LANE(erf, __builtin_erf(x))
APUS_EACH_LANE(sigmoid, 1 / (1 + __builtin_exp(-x)))
APUS_EACH_LANE(softplus, (x > 0 ? x : 0) + __builtin_log1p(__builtin_exp(-__builtin_fabs(x))))
APUS_EACH_LANE(sin, __builtin_sin(x))
APUS_EACH_LANE(cos, __builtin_cos(x))
APUS_EACH_LANE(gelu, x * 0.5 * __builtin_erfc(-x * 0x1.6a09e667f3bcdp-1))
APUS_EACH_LANE(gelu_slope, 0.5 * __builtin_erfc(-x * 0x1.6a09e667f3bcdp-1)
    + x * __builtin_exp(-0.5 * x * x) * 0x1.9884533d43651p-2)
static dlanes KIND(power_of)(dlanes a, dlanes b) {
    dlanes result;
    for (int i = 0; i < 16; i += 1) result[i] = __builtin_pow(a[i], b[i]);
    return result;
}
APUS_LOOP(power, 2, KIND(power_of)(a, b))
APUS_LOOP(sign, 1, KIND(choose)(a != a, a, KIND(truth)(a > 0) - KIND(truth)(a < 0)))
APUS_COMPARISONS(KIND(truth))
APUS_LOOP(select, 3, KIND(choose)(a != 0, b, c))
APUS_LOOP(is_finite, 1, KIND(truth)(KIND(size)(a) < __builtin_inf()))
#undef APUS_EACH_LANE

static const KIND(loop) KIND(loops)[APUS_OP_COUNT] = {
    APUS_ARITHMETIC_ENTRIES, APUS_FUNCTION_ENTRIES,
};

#define APUS_TAKE(TYPE, VECTOR) { \
    const TYPE *p = (const TYPE *)source + start; \
    for (; i + 16 <= n; i += 16) { \
        VECTOR v; \
        memcpy(&v, p + i, sizeof v); \
        KIND(store_at)(result + i, __builtin_convertvector(v, dlanes)); \
    } \
    for (; i < n; i += 1) result[i] = p[i]; \
}
static void KIND(take)(double *result, const void *source, int layout, int64_t start, int64_t n) {
    int64_t i = 0;
    if (layout == APUS_LAYOUT_FLOATS) APUS_TAKE(float, lanes)
    else if (layout == APUS_LAYOUT_INTS) APUS_TAKE(int32_t, ilanes)
    else APUS_TAKE(uint8_t, blanes)
}
#undef APUS_TAKE

// The integer that is left when the fraction is cut off; the nearest int32 beyond its range, 0 for
// NaN.
static inline APUS_INLINE ilanes KIND(cut)(dlanes v) {
    v = KIND(choose)(v == v, v, all_wide_lanes(0));
    v = KIND(choose)(v > INT32_MAX, all_wide_lanes(INT32_MAX), v);
    v = KIND(choose)(v < INT32_MIN, all_wide_lanes(INT32_MIN), v);
    return __builtin_convertvector(v, ilanes);
}
// Of 16 doubles the first `count` in another layout.
static inline APUS_INLINE void KIND(give_lanes)(
    void *target, int layout, int64_t at, dlanes v, int64_t count) {
    if (layout == APUS_LAYOUT_DOUBLES) {
        KIND(store_first_at)((double *)target + at, v, count);
    } else if (layout == APUS_LAYOUT_FLOATS) {
        lanes floats = __builtin_convertvector(v, lanes);
        memcpy((float *)target + at, &floats, (size_t)count * sizeof(float));
    } else if (layout == APUS_LAYOUT_INTS) {
        ilanes ints = KIND(cut)(v);
        memcpy((int32_t *)target + at, &ints, (size_t)count * sizeof(int32_t));
    } else {
        blanes bytes = __builtin_convertvector((v != 0) & 1, blanes);
        memcpy((uint8_t *)target + at, &bytes, (size_t)count);
    }
}
static void KIND(give)(
    void *target, int layout, int64_t start, KIND(register) source, int64_t n) {
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
        KIND(give_lanes)(target, layout, start + i, KIND(load)(source, i), 16);
    }
    if (i < n) {
        dlanes v = KIND(load_first)(source, i, n - i);
        KIND(give_lanes)(target, layout, start + i, v, n - i);
    }
}
static double KIND(single)(const void *source, int layout) {
    switch (layout) {
    case APUS_LAYOUT_FLOAT: return *(const float *)source;
    case APUS_LAYOUT_INT: return *(const int32_t *)source;
    case APUS_LAYOUT_DOUBLE: return *(const double *)source;
    default: return *(const uint8_t *)source;
    }
}

#define ELEMENTS_LAYOUT APUS_LAYOUT_DOUBLES
#define BLOCK 128
#include "pointwise_blocks.inc.h"
#undef ELEMENTS_LAYOUT
#undef BLOCK
#undef ELEMENT
#undef LANES
#undef KIND
