#include "apus_matmul.h"

extern const apus_matmul_kernels apus_matmul_portable;
#if defined(__x86_64__)
extern const apus_matmul_kernels apus_matmul_avx2, apus_matmul_avx512;
#elif defined(__aarch64__)
extern const apus_matmul_kernels apus_matmul_neon;
#endif

const apus_matmul_kernels *apus_matmul_kernels_for(apus_isa isa) {
    switch (isa) {
#if defined(__x86_64__)
    case APUS_ISA_AVX2:
        return &apus_matmul_avx2;
    case APUS_ISA_AVX512:
        return &apus_matmul_avx512;
#elif defined(__aarch64__)
    case APUS_ISA_NEON:
        return &apus_matmul_neon;
#endif
    default:
        return &apus_matmul_portable;
    }
}
