// Opens a section that is compiled for one instruction set. A family `foo` has its code in `foo.inc.h`, and
// a file `foo_avx512.c` that reads
//
//     #define APUS_TARGET avx512
//     #include "isa_begin.h"
//     #include "foo.inc.h"
//     #include "isa_end.h"
//
// Inside, APUS_NAME(x) is x_avx512. Helpers are `static inline APUS_INLINE`; vectors are Clang's
// (`lanes`: 16 floats whatever the register width: the compiler splits them).
//
// Two rules keep the bits equal on every instruction set: multiply-add is written `fma_lanes` and nothing is
// contracted behind our back (the pragma below), and sums use the 16 lanes of `lanes` in a fixed tree.

#pragma STDC FP_CONTRACT OFF

// The helpers that pass `lanes` by value are always inlined: how a call would pass them does not matter.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define APUS_CONCAT_(a, b) a##_##b
#define APUS_CONCAT(a, b) APUS_CONCAT_(a, b)
#define APUS_NAME(name) APUS_CONCAT(name, APUS_TARGET)
#define APUS_INLINE __attribute__((always_inline))

#define APUS_TARGET_IS_portable 1
#define APUS_TARGET_IS_avx2 2
#define APUS_TARGET_IS_avx512 3
#define APUS_TARGET_IS_neon 4
#define APUS_TARGET_CODE APUS_CONCAT(APUS_TARGET_IS, APUS_TARGET)

#if APUS_TARGET_CODE == APUS_TARGET_IS_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#elif APUS_TARGET_CODE == APUS_TARGET_IS_avx512
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), \
    apply_to = function)
#endif

typedef float lanes __attribute__((vector_size(64)));
typedef float lanes_unaligned __attribute__((vector_size(64), aligned(4)));
typedef int32_t ilanes __attribute__((vector_size(64)));
typedef int32_t ilanes_unaligned __attribute__((vector_size(64), aligned(4)));

static inline APUS_INLINE lanes load_lanes(const float *p) { return *(const lanes_unaligned *)p; }
static inline APUS_INLINE void store_lanes(float *p, lanes v) { *(lanes_unaligned *)p = v; }
static inline APUS_INLINE lanes all_lanes(float x) {
    return (lanes){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x};
}
typedef float lanes4 __attribute__((vector_size(16)));
typedef float lanes4_unaligned __attribute__((vector_size(16), aligned(4)));
typedef float lanes8 __attribute__((vector_size(32)));

static inline APUS_INLINE lanes8 join_4_4(lanes4 a, lanes4 b) {
    return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7);
}
static inline APUS_INLINE lanes join_8_8(lanes8 a, lanes8 b) {
    return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
// Plain x86-64 has no fused multiply-add: each lane would be a call into the C library.
#if defined(__x86_64__) && !defined(__FMA__) && APUS_TARGET_CODE == APUS_TARGET_IS_portable
#define APUS_FMA_IS_EMULATED 1
#include "exact_fma.inc.h"
#else
#define APUS_FMA_IS_EMULATED 0
#endif

static inline APUS_INLINE lanes fma_lanes(lanes a, lanes b, lanes c) {
#if APUS_FMA_IS_EMULATED
    return exact_fma_lanes(a, b, c);
#else
    return __builtin_elementwise_fma(a, b, c);
#endif
}
static inline APUS_INLINE float fma_one(float a, float b, float c) {
#if APUS_FMA_IS_EMULATED
    return exact_fma_one(a, b, c);
#else
    return __builtin_fmaf(a, b, c);
#endif
}

static inline APUS_INLINE lanes4 load_first_4(const float *p, int64_t count) {
    if (count >= 4) return *(const lanes4_unaligned *)p;
    return (lanes4){count > 0 ? p[0] : 0, count > 1 ? p[1] : 0, count > 2 ? p[2] : 0, 0};
}

/// The first `count` (0 to 16) floats at `p`, zero in the lanes behind them; reads nothing past them.
/// Without masks it is put together in registers: a buffer in memory would stall until it is written.
static inline APUS_INLINE lanes load_first_lanes(const float *p, int64_t count) {
#if APUS_TARGET_CODE == APUS_TARGET_IS_avx512
    return (lanes)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), p);
#elif APUS_TARGET_CODE == APUS_TARGET_IS_avx2
    __m256i index = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    __m256i low = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), index);
    __m256i high = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count - 8), index);
    return join_8_8((lanes8)_mm256_maskload_ps(p, low), (lanes8)_mm256_maskload_ps(p + 8, high));
#else
    return join_8_8(join_4_4(load_first_4(p, count), load_first_4(p + 4, count - 4)),
                    join_4_4(load_first_4(p + 8, count - 8), load_first_4(p + 12, count - 12)));
#endif
}
/// Writes the first `count` (0 to 16) lanes to `p` and nothing past them.
static inline APUS_INLINE void store_first_lanes(float *p, lanes v, int64_t count) {
#if APUS_TARGET_CODE == APUS_TARGET_IS_avx512
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), (__m512)v);
#else
    float buffer[16] __attribute__((aligned(64)));
    *(lanes *)buffer = v;
    int64_t done = 0;
    if (count & 16) memcpy(p, buffer, 64);
    if (count & 8) memcpy(p, buffer, 32), done = 8;
    if (count & 4) memcpy(p + done, buffer + done, 16), done += 4;
    if (count & 2) memcpy(p + done, buffer + done, 8), done += 2;
    if (count & 1) p[done] = buffer[done];
#endif
}
/// The sum over the lanes by the fixed tree: lane l + lane l + 8, then l + 4, l + 2, l + 1.
static inline APUS_INLINE float sum_of_lanes(lanes v) {
    lanes8 eight = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7)
        + __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    lanes4 four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3)
        + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
    return (four[0] + four[2]) + (four[1] + four[3]);
}
