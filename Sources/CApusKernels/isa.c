#include "apus_isa.h"

int apus_isa_supported(apus_isa isa) {
    switch (isa) {
    case APUS_ISA_PORTABLE:
        return 1;
#if defined(__x86_64__)
    case APUS_ISA_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case APUS_ISA_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
            && __builtin_cpu_supports("fma");
#elif defined(__aarch64__)
    case APUS_ISA_NEON:
        return 1;
#endif
    default:
        return 0;
    }
}

apus_isa apus_isa_best(void) {
    if (apus_isa_supported(APUS_ISA_AVX512)) return APUS_ISA_AVX512;
    if (apus_isa_supported(APUS_ISA_AVX2)) return APUS_ISA_AVX2;
    if (apus_isa_supported(APUS_ISA_NEON)) return APUS_ISA_NEON;
    return APUS_ISA_PORTABLE;
}
