#include "apus_random.h"

extern const apus_random_kernels apus_random_portable;
#if defined(__x86_64__)
extern const apus_random_kernels apus_random_avx2, apus_random_avx512;
#elif defined(__aarch64__)
extern const apus_random_kernels apus_random_neon;
#endif

const apus_random_kernels *apus_random_kernels_for(apus_isa isa) {
    switch (isa) {
    case APUS_ISA_PORTABLE:
        return &apus_random_portable;
#if defined(__x86_64__)
    case APUS_ISA_AVX2:
        return &apus_random_avx2;
    case APUS_ISA_AVX512:
        return &apus_random_avx512;
#elif defined(__aarch64__)
    case APUS_ISA_NEON:
        return &apus_random_neon;
#endif
    default:
        return 0;
    }
}
