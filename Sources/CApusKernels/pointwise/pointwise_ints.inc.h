// The operations on int32_t. What leaves its range wraps around (modulo 2³²); a quotient is cut
// towards zero, one by 0 is 0; x⁻ⁿ is 0 but for x = ±1. A truth value counts as 1 or 0.

#define ELEMENT int32_t
#define LANES ilanes
#define KIND(name) APUS_NAME(APUS_CONCAT(name, ints))

static inline APUS_INLINE ilanes KIND(all)(double x) { return (int32_t)x - (ilanes){0}; }
static inline APUS_INLINE ilanes KIND(load_first_at)(const int32_t *p, int64_t count) {
    return (ilanes)load_first_lanes((const float *)p, count);
}
static inline APUS_INLINE void KIND(store_first_at)(int32_t *p, ilanes v, int64_t count) {
    store_first_lanes((float *)p, (lanes)v, count);
}

#include "pointwise_loops.inc.h"

static inline APUS_INLINE ilanes KIND(truth)(ilanes mask) { return mask & 1; }
static inline APUS_INLINE ilanes KIND(choose)(ilanes mask, ilanes yes, ilanes no) {
    return (mask & yes) | (~mask & no);
}
static inline APUS_INLINE ilanes KIND(negative)(ilanes a) { return (ilanes)(-(ulanes)a); }
static inline APUS_INLINE ilanes KIND(product)(ilanes a, ilanes b) {
    return (ilanes)((ulanes)a * (ulanes)b);
}
// A double holds the quotient of two int32 so well that cutting it gives the integer one.
static inline APUS_INLINE ilanes KIND(quotient)(ilanes a, ilanes b) {
    ilanes special = (b == 0) | (b == -1);
    ilanes divisor = KIND(choose)(special, KIND(all)(1), b);
    dlanes quotient =
        __builtin_convertvector(a, dlanes) / __builtin_convertvector(divisor, dlanes);
    ilanes result = __builtin_convertvector(quotient, ilanes);
    return KIND(choose)(special, (b != 0) & KIND(negative)(a), result);
}
// By repeated squaring, all lanes for as long as one needs it.
static inline APUS_INLINE ilanes KIND(power_of)(ilanes base, ilanes exponent) {
    ilanes one = KIND(all)(1), result = one;
    ilanes falls = (exponent < 0) & (base != 1) & (base != -1);
    // (±1)⁻ⁿ = (±1)ⁿ; the exponent's lowest bit is all that counts then.
    ilanes rest = KIND(choose)(exponent < 0, exponent & 1, exponent);
    while (__builtin_reduce_or(rest)) {
        result = KIND(choose)((rest & 1) != 0, KIND(product)(result, base), result);
        base = KIND(product)(base, base);
        rest >>= 1;
    }
    return ~falls & result;
}

APUS_LOOP(add, 2, (ilanes)((ulanes)a + (ulanes)b))
APUS_LOOP(subtract, 2, (ilanes)((ulanes)a - (ulanes)b))
APUS_LOOP(multiply, 2, KIND(product)(a, b))
APUS_LOOP(divide, 2, KIND(quotient)(a, b))
APUS_LOOP(fma, 3, (ilanes)((ulanes)a * (ulanes)b + (ulanes)c))
APUS_LOOP(negate, 1, KIND(negative)(a))
APUS_LOOP(absolute, 1, KIND(choose)(a < 0, KIND(negative)(a), a))
APUS_LOOP(minimum, 2, KIND(choose)(a < b, a, b))
APUS_LOOP(maximum, 2, KIND(choose)(a > b, a, b))
APUS_LOOP(floor, 1, a)
APUS_LOOP(power, 2, KIND(power_of)(a, b))
APUS_LOOP(sign, 1, (a < 0) - (a > 0))
APUS_COMPARISONS(KIND(truth))
APUS_LOOP(select, 3, KIND(choose)(a != 0, b, c))
APUS_LOOP(is_finite, 1, KIND(all)(1) + (a & 0))

static const KIND(loop) KIND(loops)[APUS_OP_COUNT] = {APUS_ARITHMETIC_ENTRIES};

static void KIND(take)(int32_t *result, const void *source, int layout, int64_t start, int64_t n) {
    (void)layout;  // nothing but bools comes this way
    const uint8_t *bools = (const uint8_t *)source + start;
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
        blanes bytes;
        memcpy(&bytes, bools + i, 16);
        KIND(store_at)(result + i, __builtin_convertvector(bytes, ilanes));
    }
    for (; i < n; i += 1) result[i] = bools[i];
}
static void KIND(give)(
    void *target, int layout, int64_t start, KIND(register) source, int64_t n) {
    if (layout == APUS_LAYOUT_INTS) return KIND(copy)((int32_t *)target + start, source, n);
    uint8_t *bools = (uint8_t *)target + start;
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
        blanes bytes = __builtin_convertvector((KIND(load)(source, i) != 0) & 1, blanes);
        memcpy(bools + i, &bytes, 16);
    }
    for (; i < n; i += 1) bools[i] = source.elements[i * source.step] != 0;
}
static double KIND(single)(const void *source, int layout) {
    return layout == APUS_LAYOUT_INT ? *(const int32_t *)source : *(const uint8_t *)source;
}

#define ELEMENTS_LAYOUT APUS_LAYOUT_INTS
#define BLOCK 256
#include "pointwise_blocks.inc.h"
#undef ELEMENTS_LAYOUT
#undef BLOCK
#undef ELEMENT
#undef LANES
#undef KIND

// Whether int32 holds every number of the program: its operations keep integers, its constants are
// some.
static int APUS_NAME(is_integral)(const apus_instruction *program, int count) {
    for (int i = 0; i < count; i += 1) {
        if (program[i].op == APUS_OP_CONSTANT) {
            double value = program[i].value;
            if (!(value >= INT32_MIN && value <= INT32_MAX && value == (int32_t)value)) return 0;
        } else if (!APUS_NAME(APUS_CONCAT(loops, ints))[program[i].op]) {
            return 0;
        }
    }
    return 1;
}
