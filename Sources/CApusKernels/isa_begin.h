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

#include <stddef.h>
#include <stdint.h>
#include <string.h>

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
static inline APUS_INLINE lanes fma_lanes(lanes a, lanes b, lanes c) {
    return __builtin_elementwise_fma(a, b, c);
}
