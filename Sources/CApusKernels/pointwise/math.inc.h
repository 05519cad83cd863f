// The elementary functions on `lanes` (exp_lanes, …) and on one number (exp_single, …), from one
// text.

typedef uint32_t ulanes __attribute__((vector_size(64)));
typedef double dlanes __attribute__((vector_size(128)));
typedef int64_t llanes __attribute__((vector_size(128)));
typedef uint64_t ullanes __attribute__((vector_size(128)));

typedef float single __attribute__((vector_size(4)));
typedef int32_t isingle __attribute__((vector_size(4)));
typedef uint32_t usingle __attribute__((vector_size(4)));
typedef double dsingle __attribute__((vector_size(8)));
typedef int64_t lsingle __attribute__((vector_size(8)));
typedef uint64_t ulsingle __attribute__((vector_size(8)));

static inline APUS_INLINE dlanes all_wide_lanes(double x) {
    return (dlanes){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x};
}
#if APUS_FMA_IS_EMULATED
static __attribute__((noinline, cold)) void careful_fma_wide(
    const double *a, const double *b, const double *c, double *result
) {
    for (int lane = 0; lane < 16; lane++) {
        result[lane] = __builtin_fma(a[lane], b[lane], c[lane]);
    }
}
#endif
static inline APUS_INLINE dlanes fma_wide_lanes(dlanes a, dlanes b, dlanes c) {
#if APUS_FMA_IS_EMULATED
    exact_pair as[8], bs[8], cs[8], results[8];
    memcpy(as, &a, sizeof a), memcpy(bs, &b, sizeof b), memcpy(cs, &c, sizeof c);
    exact_pair_bits doubtful = {0};
    for (int i = 0; i < 8; i++) results[i] = quick_fma_wide(as[i], bs[i], cs[i], &doubtful);
    dlanes result;
    memcpy(&result, results, sizeof result);
    if (__builtin_expect(any_doubtful((exact_quad_bits)doubtful), 0)) {
        careful_fma_wide(
            (const double *)&a, (const double *)&b, (const double *)&c, (double *)&result);
    }
    return result;
#else
    return __builtin_elementwise_fma(a, b, c);
#endif
}
static inline APUS_INLINE single all_single(float x) { return (single){x}; }
static inline APUS_INLINE single fma_single(single a, single b, single c) {
    return (single){fma_one(a[0], b[0], c[0])};
}
static inline APUS_INLINE dsingle all_wide_single(double x) { return (dsingle){x}; }
static inline APUS_INLINE dsingle fma_wide_single(dsingle a, dsingle b, dsingle c) {
    return __builtin_elementwise_fma(a, b, c);
}

#include "math_reduction.inc.h"

#define MATH(name) APUS_CONCAT(name, lanes)
#define FLOATS lanes
#define INTS ilanes
#define BITS ulanes
#define DOUBLES dlanes
#define LONGS llanes
#define LONG_BITS ullanes
#include "math_formulas.inc.h"
#include "math_angles.inc.h"
#undef MATH
#undef FLOATS
#undef INTS
#undef BITS
#undef DOUBLES
#undef LONGS
#undef LONG_BITS

#define MATH(name) APUS_CONCAT(name, single)
#define FLOATS single
#define INTS isingle
#define BITS usingle
#define DOUBLES dsingle
#define LONGS lsingle
#define LONG_BITS ulsingle
#include "math_formulas.inc.h"
#include "math_angles.inc.h"
#undef MATH
#undef FLOATS
#undef INTS
#undef BITS
#undef DOUBLES
#undef LONGS
#undef LONG_BITS
