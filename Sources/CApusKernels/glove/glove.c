#include "apus_glove.h"

extern const apus_glove_kernels apus_glove_portable;
#if defined(__x86_64__)
extern const apus_glove_kernels apus_glove_avx2, apus_glove_avx512;
#elif defined(__aarch64__)
extern const apus_glove_kernels apus_glove_neon;
#endif

const apus_glove_kernels *apus_glove_kernels_for(apus_isa isa) {
    switch (isa) {
    case APUS_ISA_PORTABLE:
        return &apus_glove_portable;
#if defined(__x86_64__)
    case APUS_ISA_AVX2:
        return &apus_glove_avx2;
    case APUS_ISA_AVX512:
        return &apus_glove_avx512;
#elif defined(__aarch64__)
    case APUS_ISA_NEON:
        return &apus_glove_neon;
#endif
    default:
        return 0;
    }
}
