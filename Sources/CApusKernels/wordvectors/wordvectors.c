#include "apus_wordvectors.h"

extern const apus_wordvector_kernels apus_wordvectors_portable;
#if defined(__x86_64__)
extern const apus_wordvector_kernels apus_wordvectors_avx2, apus_wordvectors_avx512;
#elif defined(__aarch64__)
extern const apus_wordvector_kernels apus_wordvectors_neon;
#endif

const apus_wordvector_kernels *apus_wordvector_kernels_for(apus_isa isa) {
    switch (isa) {
    case APUS_ISA_PORTABLE:
        return &apus_wordvectors_portable;
#if defined(__x86_64__)
    case APUS_ISA_AVX2:
        return &apus_wordvectors_avx2;
    case APUS_ISA_AVX512:
        return &apus_wordvectors_avx512;
#elif defined(__aarch64__)
    case APUS_ISA_NEON:
        return &apus_wordvectors_neon;
#endif
    default:
        return 0;
    }
}
